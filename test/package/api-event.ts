import type { APIGatewayProxyEventV2 } from 'aws-lambda'

export interface Request {
  route: string
  id?: string
  query?: Readonly<Record<string, string>>
  body?: unknown
  token?: string
  key?: string
}

/** As much of an API Gateway event as the functions read. */
export function apiEvent({ route, id, query, body, token, key }: Request): APIGatewayProxyEventV2 {
  const [method = '', template = ''] = route.split(' ')
  const headers = { ...(token && { authorization: `Bearer ${token}` }), ...(key && { 'idempotency-key': key }) }
  const partial = {
    routeKey: route,
    rawPath: template,
    rawQueryString: '',
    ...(query && { queryStringParameters: query }),
    headers,
    requestContext: { requestId: 'r1', http: { method, path: template, sourceIp: '127.0.0.1' } },
    ...(id && { pathParameters: { id } }),
    ...(body !== undefined && { body: JSON.stringify(body) }),
    isBase64Encoded: false,
  }
  return partial as unknown as APIGatewayProxyEventV2
}
