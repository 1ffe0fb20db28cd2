import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Endpoint } from '@shared/contract/endpoint'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { readBody } from '../web/read-body'
import { sendProblem } from '../web/send-problem'
import { gatewayEvent } from './gateway-event'
import { invoke, TimedOut } from './invocation'
import { matchRoute } from './route-table'

export interface Handler {
  (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2>
  endpoints: readonly Endpoint[]
}

export interface GatewayOptions {
  functions: readonly Handler[]
  /** Takes every request that no route fits. */
  fallback: Handler
  now(): number
  onFault(error: unknown): void
  timeoutMs?: number
}

const MAX_BODY = 10 * 1024 * 1024
/** API Gateway gives up after 30 s; the functions' own limits are below. */
const TIMEOUT_MS = 29_000

function send(response: ServerResponse, result: APIGatewayProxyStructuredResultV2): void {
  const { statusCode = 200, headers = {}, cookies = [], body = '', isBase64Encoded = false } = result
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value))
  if (cookies.length > 0) response.setHeader('set-cookie', cookies)
  response.setHeader('x-content-type-options', 'nosniff')
  response.statusCode = statusCode
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')
  if (statusCode !== 204) response.setHeader('content-length', bytes.length)
  response.end(statusCode === 204 ? undefined : bytes)
}

/** Malformed percent-encoding names nothing; API Gateway, too, keeps it from the functions. */
function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

/** The API: the same handlers as in the cloud behind API Gateway's event, limits and answers. */
export function gateway(options: GatewayOptions) {
  const { functions, fallback, now, onFault, timeoutMs = TIMEOUT_MS } = options
  const endpoints = functions.flatMap(handler => [...handler.endpoints])
  const byRoute = new Map<string, Handler>(
    functions.flatMap(handler =>
      handler.endpoints.map(({ method, path }) => [`${method} ${path}`, handler] as [string, Handler]),
    ),
  )

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request, MAX_BODY)
    if (body === 'too_large') return void sendProblem(request, response, 'BODY_TOO_LARGE')
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    if (!isDecodable(path)) return void sendProblem(request, response, 'NOT_FOUND')
    const matched = matchRoute(endpoints, request.method ?? 'GET', path)
    const handler = byRoute.get(matched.routeKey) ?? fallback
    const event = gatewayEvent({ request, body, matched, requestId: randomUUID(), now: now() })
    try {
      send(response, await invoke(timeoutMs, () => handler(event)))
    } catch (error) {
      onFault(error)
      if (error instanceof TimedOut) return void sendProblem(request, response, 'UNAVAILABLE')
      // What API Gateway says when a function dies; a handler that lets an error through shows here, too.
      send(response, {
        statusCode: 500,
        headers: { 'content-type': 'application/json' },
        body: '{"message":"Internal Server Error"}',
      })
    }
  }
}
