import {
  type AnswerOf,
  type BodyOf,
  type Endpoint,
  isText,
  type ParamsOf,
  type QueryOf,
} from '@shared/contract/endpoint'
import { type Copy, copyFor, localeOf } from '@shared/copy/copy'
import type { FieldProblem } from '@shared/invoice/hint'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { invalidField, ServiceError } from '../errors'
import type { Clock, KeyedHash } from '../verification/ports'
import { parsePart } from './field-problems'
import { jsonBody } from './json-body'
import { faultOf, problemResponse } from './problem-response'
import { RateLimit } from './rate-limit'
import { type Notes, requestLine } from './request-log'
import { readSession, type SessionKeys } from './session-token'
import { unknownRoute } from './unknown-route'

/** One authenticated, parsed call. */
export interface Call<E extends Endpoint> {
  params: ParamsOf<E>
  query: QueryOf<E>
  body: BodyOf<E>
  /** Empty when the endpoint takes no session. */
  userId: string
  /** The Idempotency-Key, or a fresh random one. */
  key: string
  copy: Copy
  note(notes: Notes): void
}

/** The status is one that the contract names; a 204 has no body. */
export interface Answer<E extends Endpoint> {
  status: number
  body?: AnswerOf<E>
  /** Beside those that every answer has, or in their place. */
  headers?: Readonly<Record<string, string>>
}

type AnyCall = Omit<Call<Endpoint>, 'params' | 'query' | 'body'> & { params: unknown; query: unknown; body: unknown }
type Noted = Notes & { user?: string }

/** Problems of a body that its contract refuses already, in whatever of it can be read. */
type BodyJudge = (body: unknown, now: number) => readonly FieldProblem[]

export interface Route {
  endpoint: Endpoint
  judgeBody?: BodyJudge
  handle(call: AnyCall): Promise<Answer<Endpoint>>
}

export function route<E extends Endpoint>(
  endpoint: E,
  handle: (call: Call<E>) => Promise<Answer<E>>,
  judgeBody?: BodyJudge,
): Route {
  // Safe: the call was parsed by this endpoint's own schemas just before the handler runs.
  return { endpoint, handle: handle as unknown as Route['handle'], judgeBody }
}

export interface EndpointDeps {
  clock: Clock
  random(bytes: number): Uint8Array
  log(line: Record<string, unknown>): void
  isExempt(sourceIp: string): boolean
  /** Absent in a function that serves nobody's own data and so holds no key. */
  session?: () => Promise<{ keys: SessionKeys; hash: KeyedHash }>
}

export interface HttpFunction {
  (event: APIGatewayProxyEventV2, context?: unknown): Promise<APIGatewayProxyStructuredResultV2>
  endpoints: readonly Endpoint[]
}

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/

function idempotencyKey(event: APIGatewayProxyEventV2, random: (bytes: number) => Uint8Array): string {
  const given = event.headers['idempotency-key']
  if (given === undefined) return Buffer.from(random(18)).toString('base64url')
  if (!IDEMPOTENCY_KEY.test(given)) throw invalidField('Idempotency-Key', 'idempotency_key')
  return given
}

/** A function of API Gateway's HTTP API: authenticates, limits, parses, calls, serialises, and logs one line. */
export function httpFunction(deps: EndpointDeps, routes: readonly Route[]): HttpFunction {
  const table = new Map(routes.map(entry => [`${entry.endpoint.method} ${entry.endpoint.path}`, entry]))
  const limit = new RateLimit()

  /** Who calls; a caller beyond the budget of the minute is turned away. */
  async function admit(event: APIGatewayProxyEventV2, endpoint: Endpoint, noted: Noted): Promise<string> {
    const { sourceIp } = event.requestContext.http
    const budget = deps.isExempt(sourceIp) ? undefined : endpoint.rate
    if (endpoint.auth === 'anyone') {
      if (budget !== undefined) limit.spend(budget, sourceIp, deps.clock.now())
      return ''
    }
    if (deps.session === undefined) throw new Error(`no session keys for ${event.routeKey}`)
    const { keys, hash } = await deps.session()
    const { userId, operator } = readSession(keys, deps.clock, event.headers.authorization)
    noted.user = hash('log', userId).slice(0, 12)
    if (budget !== undefined) limit.spend(budget, noted.user, deps.clock.now())
    if (endpoint.auth === 'operator' && !operator) throw new ServiceError('NOT_FOUND')
    return userId
  }

  async function answer(event: APIGatewayProxyEventV2, copy: Copy, noted: Noted): Promise<Answer<Endpoint>> {
    const found = table.get(event.routeKey)
    if (found === undefined) throw unknownRoute(event)
    const { endpoint, handle, judgeBody } = found
    const userId = await admit(event, endpoint, noted)
    const { params, query, body } = endpoint.request
    return handle({
      params: params && parsePart(params, event.pathParameters ?? {}),
      query: query && parsePart(query, event.queryStringParameters ?? {}),
      body: body && parsePart(body, jsonBody(event), input => judgeBody?.(input, deps.clock.now()) ?? []),
      userId,
      key: endpoint.idempotent ? idempotencyKey(event, deps.random) : '',
      copy,
      note: notes => Object.assign(noted, notes),
    })
  }

  const handler = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const started = performance.now()
    const { requestId } = event.requestContext
    const copy = copyFor(localeOf(event.headers['accept-language']))
    const noted: Noted = {}
    const line = (status: number, rest: { code?: string; error?: string } = {}) =>
      deps.log(
        requestLine(
          { route: event.routeKey, status, ...rest, ms: Math.round(performance.now() - started), requestId, ...noted },
          deps.clock.now(),
        ),
      )
    try {
      const { status, body, headers: own } = await answer(event, copy, noted)
      line(status)
      const headers = { 'cache-control': 'no-store', 'x-request-id': requestId, ...own }
      if (body === undefined) return { statusCode: status, headers }
      const told = table.get(event.routeKey)?.endpoint.response[status]
      if (isText(told)) {
        return { statusCode: status, headers: { ...headers, 'content-type': told.contentType }, body: String(body) }
      }
      return {
        statusCode: status,
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }
    } catch (error) {
      const fault = faultOf(error)
      line(fault.status, { code: fault.code, ...(fault.status >= 500 && { error: causeText(fault) }) })
      return problemResponse(fault, copy, requestId)
    }
  }
  return Object.assign(handler, { endpoints: routes.map(entry => entry.endpoint) })
}

/** Name and first line only: messages of our own code and the SDK hold no field values. */
function causeText(fault: ServiceError): string {
  const cause = fault.cause
  return cause instanceof Error ? `${cause.name}: ${cause.message.split('\n')[0]?.slice(0, 300)}` : String(cause)
}
