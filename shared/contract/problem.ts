import * as z from 'zod/mini'

/** Every fault the API can answer with: code → HTTP status. Titles and next steps: `shared/copy`, keyed by code. */
export const PROBLEMS = {
  MALFORMED_JSON: 400,
  BAD_CURSOR: 400,
  UNAUTHENTICATED: 401,
  SIGN_IN_REFUSED: 401,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  BODY_TOO_LARGE: 413,
  WRONG_HOST: 421,
  INVALID_FIELDS: 422,
  NOT_AN_INVOICE: 422,
  KEY_REUSED: 422,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
} as const

export type ProblemCode = keyof typeof PROBLEMS

/** RFC 9457 problem details. `code` is stable; `title` and `detail` are sentences in the reader's language. */
export const Problem = z.object({
  type: z.string(),
  status: z.number(),
  /** Any string, so that an older client can still read a newer server's problem. */
  code: z.string(),
  title: z.string(),
  detail: z.string(),
  requestId: z.string(),
  fields: z.optional(z.array(z.object({ field: z.string(), reason: z.string(), code: z.string() }))),
})
export type Problem = z.infer<typeof Problem>

/** Why a call gave a client no answer: the network, the server's refusal, or an answer this version cannot read. */
export type Failure =
  | { kind: 'network' }
  | { kind: 'problem'; problem: Problem; retryAfterSeconds: number | null }
  | { kind: 'unreadable'; requestId: string }
