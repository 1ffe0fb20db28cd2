import type * as z from 'zod/mini'

/** An answer that is no JSON, such as a feed. */
export interface TextAnswer {
  contentType: string
}

export const text = (contentType: string): TextAnswer => ({ contentType })

export const isText = (answer: z.ZodMiniType | TextAnswer | null | undefined): answer is TextAnswer =>
  answer !== null && answer !== undefined && 'contentType' in answer

/** One call of the HTTP API: the same const routes the server, types the client and writes the OpenAPI document. */
export interface Endpoint {
  name: string
  summary: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Template below the origin, API Gateway's own form: `/v1/verifications/{id}`. */
  path: `/v1/${string}`
  /** `user` needs a session token, `operator` an operator's (others find no such call); `anyone` takes none. */
  auth: 'anyone' | 'user' | 'operator'
  /** Honours the `Idempotency-Key` header. */
  idempotent?: true
  /** Which budget of calls per minute the endpoint draws on. */
  rate?: 'parse' | 'sessions' | 'reads'
  request: { params?: z.ZodMiniType; query?: z.ZodMiniType; body?: z.ZodMiniType }
  /** Status → schema of the answer, or its content type; `null` is an answer without a body. */
  response: Readonly<Record<number, z.ZodMiniType | TextAnswer | null>>
}

export type BodyOf<E extends Endpoint> = E['request']['body'] extends z.ZodMiniType
  ? z.infer<E['request']['body']>
  : undefined
export type QueryOf<E extends Endpoint> = E['request']['query'] extends z.ZodMiniType
  ? z.infer<E['request']['query']>
  : undefined
export type ParamsOf<E extends Endpoint> = E['request']['params'] extends z.ZodMiniType
  ? z.infer<E['request']['params']>
  : undefined
export type AnswerOf<E extends Endpoint> = {
  [S in keyof E['response']]: E['response'][S] extends z.ZodMiniType
    ? z.infer<E['response'][S]>
    : E['response'][S] extends TextAnswer
      ? string
      : undefined
}[keyof E['response']]
