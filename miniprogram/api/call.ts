import type { AnswerOf, BodyOf, Endpoint, ParamsOf, QueryOf } from '@shared/contract/endpoint'
import { type Failure, Problem } from '@shared/contract/problem'
import * as z from 'zod/mini'
import { send } from '../platform/network'
import { type Identity, person } from './session'

export type Result<T> = { ok: true; status: number; data: T } | { ok: false; failure: Failure }

interface CallOptions<E extends Endpoint> {
  params?: ParamsOf<E>
  query?: QueryOf<E>
  body?: BodyOf<E>
  idempotencyKey?: string
  language?: string
  /** Who asks; the person who holds the phone when absent. */
  as?: Identity
}

/** The API answers within 30 s; a little more, so that its own time-out reaches us as an answer. */
const TIMEOUT_MS = 32_000

/** The only function that asks the server: contract in, parsed answer or failure out. */
export async function call<E extends Endpoint>(
  endpoint: E,
  options: CallOptions<E> = {},
): Promise<Result<AnswerOf<E>>> {
  const first = await attempt(endpoint, options)
  if (first.ok || !signedOut(first.failure) || endpoint.auth === 'anyone') return first
  return attempt(endpoint, options)
}

function signedOut(failure: Failure): boolean {
  return failure.kind === 'problem' && failure.problem.status === 401
}

async function attempt<E extends Endpoint>(endpoint: E, options: CallOptions<E>): Promise<Result<AnswerOf<E>>> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (options.body !== undefined) headers['content-type'] = 'application/json'
  if (options.language) headers['accept-language'] = options.language
  if (options.idempotencyKey) headers['idempotency-key'] = options.idempotencyKey
  const who = options.as ?? person
  let token = ''
  if (endpoint.auth !== 'anyone') {
    const signedIn = await who.session()
    if (!signedIn) return { ok: false, failure: { kind: 'network' } }
    token = signedIn.token
    headers.authorization = `Bearer ${token}`
  }
  const answer = await send({
    method: endpoint.method,
    url: addressOf(endpoint, options),
    headers,
    body: options.body,
    timeoutMs: TIMEOUT_MS,
  })
  if (answer.status === 0) return { ok: false, failure: { kind: 'network' } }
  if (answer.status === 401 && token) who.end(token)
  return read(endpoint, answer.status, answer.headers, answer.data)
}

function addressOf<E extends Endpoint>(endpoint: E, { params, query }: CallOptions<E>): string {
  const values = (params ?? {}) as Record<string, string>
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''))
  const pairs = Object.entries((query ?? {}) as Record<string, string | undefined>).filter(([, value]) => value)
  return pairs.length
    ? `${path}?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&')}`
    : path
}

function read<E extends Endpoint>(
  endpoint: E,
  status: number,
  headers: Record<string, string>,
  data: unknown,
): Result<AnswerOf<E>> {
  const requestId = headers['x-request-id'] ?? ''
  const schema = endpoint.response[status]
  if (schema === null) return { ok: true, status, data: undefined as AnswerOf<E> }
  // Texts are for other programs: no page asks for one.
  if (schema && !('contentType' in schema)) {
    const parsed = z.safeParse(schema, data)
    if (parsed.success) return { ok: true, status, data: parsed.data as AnswerOf<E> }
    return { ok: false, failure: { kind: 'unreadable', requestId } }
  }
  const problem = z.safeParse(Problem, data)
  if (!problem.success) return { ok: false, failure: { kind: 'unreadable', requestId } }
  const wait = Number(headers['retry-after'])
  return { ok: false, failure: { kind: 'problem', problem: problem.data, retryAfterSeconds: wait > 0 ? wait : null } }
}
