import type { Problem } from '@shared/contract/problem'
import type { Verification } from '@shared/contract/verification'
import type { APIGatewayProxyEventV2, SQSEvent } from 'aws-lambda'
import type { World } from './given'

export interface Request {
  headers?: Record<string, string>
  body?: unknown
  /** Sent as it is instead of `body`. */
  rawBody?: string
  base64?: boolean
  query?: Record<string, string>
  params?: Record<string, string>
  sourceIp?: string
}

export interface Reply<T> {
  status: number
  headers: Record<string, unknown>
  body: T
}

let requests = 0

/** A call as API Gateway hands it on. */
export function event(routeKey: string, request: Request): APIGatewayProxyEventV2 {
  const [method = 'GET', template = '/'] = routeKey.split(' ')
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => request.params?.[name] ?? '')
  const text = request.rawBody ?? (request.body === undefined ? undefined : JSON.stringify(request.body))
  const query = new URLSearchParams(request.query).toString()
  requests++
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: query,
    headers: { 'content-type': 'application/json', ...request.headers },
    ...(request.query && { queryStringParameters: request.query }),
    ...(request.params && { pathParameters: request.params }),
    requestContext: {
      accountId: '0',
      apiId: 'test',
      domainName: 'test',
      domainPrefix: 'test',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: request.sourceIp ?? '192.0.2.1', userAgent: 'jest' },
      requestId: `req-${requests}`,
      routeKey,
      stage: '$default',
      time: '',
      timeEpoch: 0,
    },
    ...(text !== undefined && { body: request.base64 ? Buffer.from(text).toString('base64') : text }),
    isBase64Encoded: request.base64 ?? false,
  }
}

/** Sends a request to whichever function serves the route; an unknown route goes to `public`, as in API Gateway. */
export async function send<T = Verification>(world: World, route: string, request: Request = {}): Promise<Reply<T>> {
  const { verify, api, public: open } = world.functions
  const serves = [verify, api, open].find(one =>
    one.endpoints.some(({ method, path }) => `${method} ${path}` === route),
  )
  const sent = event(route, request)
  const answer = await (serves ?? open)(serves ? sent : { ...sent, routeKey: '$default' })
  return {
    status: answer.statusCode ?? 0,
    headers: answer.headers ?? {},
    body: (answer.body === undefined ? undefined : JSON.parse(answer.body)) as T,
  }
}

/** A person who is signed in. */
export interface Person {
  userId: string
  token: string
  headers: { authorization: string }
}

export async function signIn(world: World, name = `person ${Math.random()}`): Promise<Person> {
  const { status, body } = await send<{ token: string; userId: string }>(world, 'POST /v1/sessions', {
    body: { code: `user-${name}` },
  })
  if (status !== 201) throw new Error(`sign-in answered ${status}`)
  return { ...body, headers: { authorization: `Bearer ${body.token}` } }
}

export const check = (world: World, person: Person, body: unknown, key?: string) =>
  send<Verification>(world, 'POST /v1/verifications', {
    body,
    headers: { ...person.headers, ...(key !== undefined && { 'idempotency-key': key }) },
  })

export const recheck = (world: World, person: Person, id: string, key?: string) =>
  send<Verification>(world, 'POST /v1/verifications/{id}/recheck', {
    params: { id },
    headers: { ...person.headers, ...(key !== undefined && { 'idempotency-key': key }) },
  })

export const read = (world: World, person: Person, id: string) =>
  send<Verification>(world, 'GET /v1/verifications/{id}', { params: { id }, headers: person.headers })

export interface Page {
  items: Verification[]
  nextCursor: string | null
}

export const list = (world: World, person: Person, query: Record<string, string> = {}) =>
  send<Page>(world, 'GET /v1/verifications', { query, headers: person.headers })

/** An event of the queue as the worker gets it. */
export const queueEvent = (jobs: readonly { userId: string; id: string }[]) =>
  ({
    Records: jobs.map((job, at) => ({ messageId: String(at), body: JSON.stringify(job) })),
  }) as unknown as SQSEvent

/** The minute's sweep, then the worker on everything that is due by now, as often as that makes more due. */
export async function runDueWork(world: World): Promise<void> {
  await world.functions.sweep()
  for (;;) {
    const due = world.queue.filter(({ at }) => at <= world.clock.now())
    if (due.length === 0) return
    world.queue.splice(0, world.queue.length, ...world.queue.filter(({ at }) => at > world.clock.now()))
    const { batchItemFailures } = await world.functions.worker(queueEvent(due.map(({ job }) => job)))
    if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} jobs failed`)
  }
}

/** The problem in a reply, for tests that expect one. */
export const problemOf = (reply: Reply<unknown>) => reply.body as Problem
