import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AskedInvoice } from '@shared/invoice/invoice'
import { acs3Fault } from '../../config/local/simulator/acs3-signature'
import { ALIYUN } from '../../functions/providers/aliyun'
import { readFailure } from '../../functions/providers/aliyun-failure'
import { samples } from './wire-samples'

const KEYS = { 'access-key-id': 'LTAIsynthetic', 'access-key-secret': 'synthetic-key-secret' }
const ASKED: AskedInvoice = {
  kind: 'DIGITAL_SPECIAL',
  invoiceCode: null,
  invoiceNumber: '25332000000000000001',
  issueDate: '2025-11-20',
  amount: '106.00',
  checkCode: null,
  sellerTaxId: null,
}
const success = JSON.stringify(new Map(samples('aliyun.')).get('verify.success')?.response.body)

let server: Server
let origin: string
let answer: (response: ServerResponse, request: IncomingMessage) => void
let requests = 0
const closed: Promise<void>[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    requests++
    closed.push(new Promise(resolve => request.socket.once('close', () => resolve())))
    answer(response, request)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  // The SDK loads in the first call: not to be measured as part of a deadline.
  answer = response => response.end('{}')
  await verify()
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise<void>(resolve => server.close(() => resolve()))
})
beforeEach(() => {
  requests = 0
  closed.length = 0
})

function verify(timeoutMs = 5000, secrets: () => Promise<typeof KEYS> = async () => KEYS, baseUrl = origin) {
  return ALIYUN.connect({ baseUrl, secrets })(ASKED, timeoutMs)
}

const LOST = { outcome: 'could_not_check', cause: 'network', charged: 'unknown', counted: 'unknown', retry: 'delayed' }
const UNSENT = { outcome: 'could_not_check', cause: 'network', charged: 'no', counted: 'no', retry: 'elsewhere' }
const UNREAD = { outcome: 'could_not_check', cause: 'unknown_answer', charged: 'unknown', codeKnown: false }

function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  let at = 0
  const timer = setInterval(() => response.write(success[at++ % success.length]), 20)
  response.once('close', () => clearInterval(timer))
}

const LATE: [string, typeof answer][] = [
  ['says nothing', () => undefined],
  ['sends the head alone', response => response.writeHead(200).flushHeaders()],
  ['drips its body', drip],
]

test.each(LATE)('a provider that %s is given up by the deadline, its connection with it', async (_, way) => {
  answer = way
  const before = performance.now()
  expect(await verify(300)).toMatchObject(LOST)
  const waited = performance.now() - before
  expect(waited).toBeGreaterThanOrEqual(295)
  expect(waited).toBeLessThan(600)
  // At once, not when the SDK's own timers come round half a second later.
  await Promise.all(closed)
  expect(performance.now() - before).toBeLessThan(700)
  expect(requests).toBe(1)
})

test('calls one after the other are ended by their own deadlines, not by timers of an earlier one', async () => {
  for (const [way, expected] of [
    [(response: ServerResponse) => response.end(success), { outcome: 'consistent' }],
    [drip, LOST],
    [(response: ServerResponse) => response.end(success), { outcome: 'consistent' }],
  ] as const) {
    answer = way
    expect(await verify(300)).toMatchObject(expected)
  }
})

test.each<[string, string, object, number, Record<string, string>]>([
  ['a page that says 503 in front of the gateway', '<html>', UNSENT, 503, { 'content-type': 'text/html' }],
  ['a page that says 502', '<html>', LOST, 502, { 'content-type': 'text/html' }],
  ['a page that says 504', 'gateway timeout', LOST, 504, {}],
  ['an error 500 without a code', '{}', LOST, 500, {}],
  ['a refusal without a code', '{"Message":"x"}', UNREAD, 403, {}],
  ['a refusal of nothing', 'null', UNREAD, 400, {}],
  ['a redirection', '{}', UNREAD, 302, { location: '/' }],
  ['a page with status 200', '<html>certificate ECONNREFUSED</html>', UNREAD, 200, {}],
  ['an empty body', '', UNREAD, 200, {}],
  ['a body of null', 'null', UNREAD, 200, {}],
  ['Data as an object', '{"Data":{"code":"001"}}', UNREAD, 200, {}],
])('%s is what it proves and no more', async (_, body, expected, status, headers) => {
  answer = response => response.writeHead(status, headers).end(body)
  expect(await verify()).toMatchObject(expected)
  expect(requests).toBe(1)
})

test('an error in XML is read too', async () => {
  answer = response =>
    response
      .writeHead(403, { 'content-type': 'text/xml;charset=utf-8' })
      .end('<?xml version="1.0"?><Error><Code>Forbidden.RAM</Code><RequestId>q</RequestId></Error>')
  expect(await verify()).toMatchObject({ cause: 'provider_account', requestId: 'q', rawCode: 'HTTP 403 Forbidden.RAM' })
})

test.each<[string, typeof answer]>([
  ['before a word', (_, request) => request.socket.destroy()],
  [
    'in the middle of the body',
    (response, request) => {
      response.writeHead(200, { 'content-length': '9999' }).write('{"Data":')
      setTimeout(() => request.socket.destroy(), 20)
    },
  ],
])('a connection that breaks %s is an answer lost', async (_, way) => {
  answer = way
  expect(await verify()).toMatchObject(LOST)
  expect(requests).toBe(1)
})

test('a body that is cut at any of many bytes never becomes another outcome', async () => {
  const bytes = Buffer.from(success)
  for (let length = 0; length < bytes.length; length += 17) {
    answer = response => response.writeHead(200, { 'content-type': 'application/json' }).end(bytes.subarray(0, length))
    expect(await verify()).toMatchObject({ ...UNREAD, rawCode: 'malformed' })
  }
  answer = response => response.end(bytes)
  expect(await verify()).toMatchObject({ outcome: 'consistent', lifecycle: 'normal' })
})

test('a refused connection is proved not to have been asked', async () => {
  const gone = createServer()
  await new Promise<void>(resolve => gone.listen(0, '127.0.0.1', resolve))
  const address = gone.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await new Promise<void>(resolve => gone.close(() => resolve()))
  expect(await verify(5000, async () => KEYS, `http://127.0.0.1:${port}`)).toMatchObject(UNSENT)
})

test('a connection that never stood is told from an answer that never came', () => {
  const state = { isHandedOver: true, isLate: true, status: null }
  expect(readFailure(undefined, { ...state, isConnecting: true }, [])).toMatchObject(UNSENT)
  expect(readFailure(undefined, { ...state, isConnecting: false }, [])).toMatchObject(LOST)
})

test('without a key nothing is sent, and somebody else may be asked', async () => {
  const empty = async () => ({ ...KEYS, 'access-key-secret': '' })
  const failing = async () => Promise.reject(new Error('ParameterNotFound /yanpiao/aliyun'))
  for (const secrets of [empty, failing]) {
    expect(await verify(5000, secrets)).toMatchObject({ cause: 'provider_account', charged: 'no', retry: 'elsewhere' })
  }
  expect(requests).toBe(0)
})

test('keys that come after the deadline start no call that nobody waits for', async () => {
  const late = () => new Promise<typeof KEYS>(resolve => setTimeout(resolve, 120, KEYS))
  expect(await verify(50, late)).toMatchObject(UNSENT)
  await new Promise(resolve => setTimeout(resolve, 200))
  expect(requests).toBe(0)
})

test("the traits' own deadline stands when a longer one is given", async () => {
  expect(ALIYUN.traits.timeoutMs).toBe(12_000)
  answer = response => response.end(success)
  expect(await verify(10 ** 6)).toMatchObject({ outcome: 'consistent' })
})

test("the simulator's signature check finds nothing wrong, below its path too", async () => {
  const faults: unknown[] = []
  answer = (response, { method = '', url = '/', headers }) => {
    const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
    const request = { method, url, headers: named, body: Buffer.alloc(0), receivedAt: Date.now(), productNow: 0 }
    const credentials = { accessKeyId: KEYS['access-key-id'], accessKeySecret: KEYS['access-key-secret'] }
    faults.push(acs3Fault(request, credentials, new Map()))
    response.end(success)
  }
  await verify()
  await verify(5000, async () => KEYS, `${origin}/aliyun`)
  expect(faults).toEqual([null, null])
})
