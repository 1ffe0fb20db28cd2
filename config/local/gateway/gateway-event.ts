import type { IncomingMessage } from 'node:http'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import type { Matched } from './route-table'

const TEXT_BODY = /^(text\/|application\/(json|javascript|xml)\b|application\/[\w.+-]+\+json\b)/i
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function clfTime(at: number): string {
  const iso = new Date(at).toISOString()
  const month = MONTHS[Number(iso.slice(5, 7)) - 1]
  return `${iso.slice(8, 10)}/${month}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`
}

/** Lower-case names; a header sent twice is joined with a comma; cookies go their own way. */
function headersOf(request: IncomingMessage): Record<string, string> {
  const entries = Object.entries(request.headersDistinct).map(([name, values]) => [name, (values ?? []).join(',')])
  return Object.fromEntries(entries.filter(([name]) => name !== 'cookie'))
}

function queryOf(search: string): Record<string, string> | undefined {
  if (search === '') return undefined
  const query = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(search)) {
    const earlier = query.get(name)
    query.set(name, earlier === undefined ? value : `${earlier},${value}`)
  }
  return Object.fromEntries(query)
}

interface Arrived {
  request: IncomingMessage
  body: Buffer
  matched: Matched
  requestId: string
  /** Product time, ms. */
  now: number
}

/**
 * A request as API Gateway's HTTP API hands it to Lambda, payload format 2.0. The address is the socket's: a client can
 * write what it likes into X-Forwarded-For.
 */
export function gatewayEvent({ request, body, matched, requestId, now }: Arrived): APIGatewayProxyEventV2 {
  const { url = '/', method = 'GET' } = request
  const [rawPath = '/', rawQueryString = ''] = url.split(/\?(.*)/s)
  const headers = headersOf(request)
  const query = queryOf(rawQueryString)
  const cookies = request.headers.cookie?.split(/; */)
  const asText = TEXT_BODY.test(headers['content-type'] ?? '')
  return {
    version: '2.0',
    routeKey: matched.routeKey,
    rawPath,
    rawQueryString,
    ...(cookies && { cookies }),
    headers,
    ...(query && { queryStringParameters: query }),
    ...(matched.pathParameters && { pathParameters: matched.pathParameters }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: headers.host ?? '',
      domainPrefix: 'local',
      http: {
        method,
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: (request.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey: matched.routeKey,
      stage: '$default',
      time: clfTime(now),
      timeEpoch: now,
    },
    ...(body.length > 0 && { body: body.toString(asText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !asText,
  }
}
