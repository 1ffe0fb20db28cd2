import { type IncomingMessage, request } from 'node:http'
import { connect, createServer } from 'node:net'
import { ENDPOINTS } from '@shared/contract/every-endpoint'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { gateway, type Handler } from '../../../config/local/gateway/gateway'
import { whileAwake } from '../../../config/local/gateway/invocation'
import { type LoopbackServer, listenOnLoopback } from '../../../config/local/web/loopback-server'

let server: LoopbackServer | null = null
afterEach(() => server?.close())

type Handle = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>

async function serve(handle: Handle, timeoutMs?: number) {
  const handler: Handler = Object.assign(handle, { endpoints: ENDPOINTS })
  const faults: unknown[] = []
  const options = { functions: [handler], fallback: handler, now: () => 1_795_311_849_000, timeoutMs }
  server = await listenOnLoopback(0, 'PORT', gateway({ ...options, onFault: fault => faults.push(fault) }))
  return { port: server.port, faults }
}

/** Sends exactly these headers and this path: `fetch` would tidy both. */
function send(port: number, method: string, path: string, headers: Record<string, string | string[]> = {}, body = '') {
  return new Promise<{ answer: IncomingMessage; text: string }>((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', method, path, headers }, answer => {
      let text = ''
      answer.on('data', chunk => {
        text += String(chunk)
      })
      answer.on('end', () => resolve({ answer, text }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

async function eventOf(method: string, path: string, headers: Record<string, string | string[]> = {}, body = '') {
  const events: APIGatewayProxyEventV2[] = []
  const { port } = await serve(async event => {
    events.push(event)
    return { statusCode: 204 }
  })
  await send(port, method, path, headers, body)
  return events[0]
}

const JSON_TYPE = { 'content-type': 'application/json' }

test.each<[string, Parameters<typeof eventOf>, object]>([
  ['a fixed path', ['GET', '/v1/health'], { routeKey: 'GET /v1/health', rawPath: '/v1/health', rawQueryString: '' }],
  [
    'a path parameter, decoded',
    ['GET', '/v1/verifications/a%2Fb%E7%A5%A8'],
    {
      routeKey: 'GET /v1/verifications/{id}',
      pathParameters: { id: 'a/b票' },
      rawPath: '/v1/verifications/a%2Fb%E7%A5%A8',
    },
  ],
  ['an empty parameter', ['GET', '/v1/verifications/'], { routeKey: '$default' }],
  ['a trailing slash', ['GET', '/v1/health/'], { routeKey: '$default' }],
  ['an unknown path', ['GET', '/v1/odd'], { routeKey: '$default' }],
  ['a wrong method', ['PUT', '/v1/health'], { routeKey: '$default', requestContext: { http: { method: 'PUT' } } }],
  [
    'a query with a name twice and an encoded value',
    ['GET', '/v1/verifications?outcome=not_found&q=%E7%A5%A8&q=b+c'],
    {
      rawQueryString: 'outcome=not_found&q=%E7%A5%A8&q=b+c',
      queryStringParameters: { outcome: 'not_found', q: '票,b c' },
    },
  ],
  ['cookies', ['GET', '/v1/health', { cookie: 'a=1; b=2' }], { cookies: ['a=1', 'b=2'] }],
  ['header names in any case', ['GET', '/v1/health', { 'X-Odd': 'Value' }], { headers: { 'x-odd': 'Value' } }],
  ['a header twice', ['GET', '/v1/health', { 'x-odd': ['a', 'b'] }], { headers: { 'x-odd': 'a,b' } }],
  [
    'a JSON body as text',
    ['POST', '/v1/parse', JSON_TYPE, '{"text":"票"}'],
    { body: '{"text":"票"}', isBase64Encoded: false },
  ],
  [
    'another body as base64',
    ['POST', '/v1/parse', { 'content-type': 'application/octet-stream' }, 'abc'],
    { body: 'YWJj', isBase64Encoded: true },
  ],
  ['a body without a type as base64', ['POST', '/v1/parse', {}, 'abc'], { body: 'YWJj', isBase64Encoded: true }],
  [
    'the address of the socket, whatever the headers claim',
    ['GET', '/v1/health', { 'x-forwarded-for': '203.0.113.9', forwarded: 'for=203.0.113.9' }],
    { requestContext: { http: { sourceIp: '127.0.0.1' } } },
  ],
  [
    'the time',
    ['GET', '/v1/health'],
    { requestContext: { timeEpoch: 1_795_311_849_000, time: '22/Nov/2026:01:44:09 +0000' } },
  ],
])('%s arrives as in the cloud', async (_, sent, expected) => {
  expect(await eventOf(...sent)).toMatchObject({ version: '2.0', ...expected })
})

test('an event without body, query, cookies or parameters leaves them out', async () => {
  const event = await eventOf('GET', '/v1/health', { cookie: '' })
  for (const name of ['body', 'queryStringParameters', 'pathParameters']) expect(event).not.toHaveProperty(name)
  expect(event?.headers).not.toHaveProperty('cookie')
  expect(event?.isBase64Encoded).toBe(false)
})

test.each<[string, APIGatewayProxyStructuredResultV2, object, string]>([
  ['text', { statusCode: 201, headers: { 'x-a': 1 }, body: '票' }, { 'x-a': '1', 'content-length': '3' }, '票'],
  ['base64', { statusCode: 200, body: 'YWJj', isBase64Encoded: true }, { 'content-length': '3' }, 'abc'],
  ['cookies', { statusCode: 200, cookies: ['a=1', 'b=2'] }, { 'set-cookie': ['a=1', 'b=2'] }, ''],
  ['no body', { statusCode: 204 }, {}, ''],
])('an answer with %s is sent as the cloud sends it', async (_, result, headers, text) => {
  const { port } = await serve(async () => result)
  const sent = await send(port, 'GET', '/v1/health')
  expect(sent.answer.statusCode).toBe(result.statusCode)
  expect(sent.answer.headers).toMatchObject(headers)
  expect(sent.text).toBe(text)
})

test('malformed percent-encoding is a 404 problem and reaches no handler', async () => {
  let called = 0
  const { port } = await serve(async () => {
    called += 1
    return { statusCode: 200 }
  })
  const { answer, text } = await send(port, 'GET', '/v1/verifications/%zz')
  expect([answer.statusCode, JSON.parse(text).code, called]).toEqual([404, 'NOT_FOUND', 0])
})

test('a handler that lets an error through is a bare 500, and the error is reported', async () => {
  const { port, faults } = await serve(async () => {
    throw new Error('secret detail')
  })
  const { answer, text } = await send(port, 'GET', '/v1/health')
  expect([answer.statusCode, text]).toEqual([500, '{"message":"Internal Server Error"}'])
  expect(faults).toHaveLength(1)
})

test('a handler that takes too long is a 503 problem', async () => {
  const { port } = await serve(() => new Promise(() => {}), 50)
  const { answer, text } = await send(port, 'GET', '/v1/health')
  expect(answer.headers['content-type']).toContain('application/problem+json')
  expect(JSON.parse(text)).toMatchObject({ status: 503, code: 'UNAVAILABLE' })
})

test('a body over 10 MB is refused before the handler, declared or not', async () => {
  let called = 0
  const { port } = await serve(async () => {
    called += 1
    return { statusCode: 200 }
  })
  const big = 'x'.repeat(10 * 1024 * 1024 + 1)
  const { answer, text } = await send(port, 'POST', '/v1/parse', JSON_TYPE, big)
  expect([answer.statusCode, JSON.parse(text).code, called]).toEqual([413, 'BODY_TOO_LARGE', 0])
})

test('a client that goes away in the middle of its body harms nobody', async () => {
  const { port } = await serve(async () => ({ statusCode: 200 }))
  await new Promise<void>(done => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write('POST /v1/parse HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nabc', () => socket.destroy())
    })
    socket.on('close', () => done())
  })
  expect((await send(port, 'GET', '/v1/health')).answer.statusCode).toBe(200)
})

test('what a handler leaves behind is frozen with its answer', async () => {
  const done: string[] = []
  const port = async (name: string, ms: number) => {
    await whileAwake(() => new Promise(resolve => setTimeout(resolve, ms)))
    done.push(name)
  }
  const stack = await serve(async () => {
    await port('before', 1)
    void port('in flight', 30)
    setTimeout(() => void port('after', 1), 30)
    return { statusCode: 200 }
  })
  await send(stack.port, 'GET', '/v1/health')
  await new Promise(resolve => setTimeout(resolve, 120))
  expect(done).toEqual(['before'])
})

test('one invocation that is over does not stop another', async () => {
  let calls = 0
  const { port } = await serve(async () => {
    calls += 1
    const slow = calls === 1 ? 60 : 1
    await whileAwake(() => new Promise(resolve => setTimeout(resolve, slow)))
    return { statusCode: 200, body: String(slow) }
  })
  const [first, second] = await Promise.all([send(port, 'GET', '/v1/health'), send(port, 'GET', '/v1/health')])
  expect([first.text, second.text].sort()).toEqual(['1', '60'])
})

test('a fault of the server itself is a problem whose request id is in the report', async () => {
  server = await listenOnLoopback(0, 'PORT', async () => {
    throw new Error('secret detail')
  })
  const said = jest.spyOn(process.stderr, 'write').mockReturnValue(true)
  const { answer, text } = await send(server.port, 'GET', '/v1/health')
  const report = String(said.mock.calls[0]?.[0])
  said.mockRestore()
  expect(answer.headers['content-type']).toContain('application/problem+json')
  expect(JSON.parse(text)).toMatchObject({ status: 500, code: 'INTERNAL', requestId: answer.headers['x-request-id'] })
  expect(text).not.toContain('secret')
  expect(JSON.parse(report)).toMatchObject({ requestId: answer.headers['x-request-id'], error: 'Error: secret detail' })
})

test('a port in use is refused with the setting to change', async () => {
  const holder = createServer()
  await new Promise<void>(done => holder.listen(0, '127.0.0.1', done))
  const { port } = holder.address() as { port: number }
  await expect(listenOnLoopback(port, 'PORT', async () => {})).rejects.toThrow(`Port ${port} is in use; set PORT`)
  holder.close()
})
