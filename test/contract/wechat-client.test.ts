import { createServer } from 'node:http'
import type { WechatTokenStore } from '../../functions/notices/fan-out/ports'
import { wechatMessenger } from '../../functions/platform/wechat-client'
import { type ReplayServer, replayServer, samples } from './wire-samples'

let server: ReplayServer
beforeAll(async () => {
  server = await replayServer()
})
afterAll(() => server.close())

const NOW = Date.parse('2026-11-22T10:00:00+08:00')
const MIDNIGHT = Date.parse('2026-11-23T00:00:00+08:00')
const MESSAGE = {
  templateId: 'SYNTHETIC_TEMPLATE_ID',
  page: 'pages/notice/index?id=1',
  data: {
    thing1: { value: '发票查验服务维护' },
    time2: { value: '2026年11月22日 22:00' },
    thing3: { value: '税局系统升级期间暂停查验' },
    phrase4: { value: '已恢复' },
  },
}
const OPENID = 'oSYNTH0000000000000000000001'
const TOKEN = 'SYNTHETIC_ACCESS_TOKEN'

/** A store that holds a good token already. */
const stored = (): WechatTokenStore => ({
  read: async () => ({ token: JSON.stringify({ token: TOKEN }), expiresAt: NOW + 3_600_000, generation: 1 }),
  lease: async () => false,
  write: async () => {},
})

let logs: Record<string, unknown>[] = []
beforeEach(() => {
  logs = []
  server.received.length = 0
})

const messenger = (baseUrl = server.origin, timeoutMs = 2000) =>
  wechatMessenger({
    baseUrl,
    appId: 'wx0000000000000000',
    secret: async () => 'the secret',
    tokens: stored(),
    now: () => NOW,
    wait: async () => {},
    log: line => void logs.push(line),
    state: 'formal',
    timeoutMs,
  })

const EXPECTED: Record<string, unknown> = {
  success: { kind: 'sent', messageId: '1000000000000000001' },
  'error.bad-openid': { kind: 'no_person' },
  'error.bad-page': { kind: 'template', code: '41030' },
  'error.bad-template': { kind: 'template', code: '40037' },
  'error.bad-value': { kind: 'template', code: '47003' },
  'error.busy': { kind: 'unknown', code: '-1' },
  'error.daily-limit': { kind: 'quota', until: MIDNIGHT },
  'error.data-format': { kind: 'template', code: '47001' },
  'error.token-expired': { kind: 'unsent', code: '42001' },
  'error.token-invalid': { kind: 'unsent', code: '40001' },
  'error.user-refused': { kind: 'refused' },
}

/** The samples were parsed, which rounds an id of 19 digits: WeChat sends all of them. */
const bodyOf = (body: unknown) => JSON.stringify(body).replace(/"msgid":\d+/, '"msgid":1000000000000000001')

test('every recorded sample has an expectation', () => {
  const names = samples('wechat.subscribe_send.').map(([name]) => name)
  expect(names.sort()).toEqual(Object.keys(EXPECTED).sort())
})

test.each(samples('wechat.subscribe_send.'))('%s means over real HTTP what the table says', async (name, sample) => {
  server.answer(sample.response.status, sample.response.headers, bodyOf(sample.response.body))
  expect(await messenger().send(OPENID, MESSAGE)).toEqual(EXPECTED[name])
  const [sent] = server.received
  expect([sent?.method, sent?.url.pathname, sent?.url.searchParams.get('access_token')]).toEqual([
    'POST',
    sample.request.path,
    TOKEN,
  ])
  expect(JSON.parse(sent?.body ?? '')).toEqual(sample.request.body)
})

test.each([
  ['a page', 502, '<html>', 'http_502'],
  ['an empty body', 200, '', 'unreadable'],
  ['null', 200, 'null', 'unreadable'],
  ['no code', 200, '{"errmsg":"ok"}', 'unreadable'],
  ['a code as text', 200, '{"errcode":"0"}', 'unreadable'],
  ['half an answer', 200, '{"errcode":0,', 'unreadable'],
])('of %s nobody knows whether the message went out', async (_, status, body, code) => {
  server.answer(status, {}, body)
  expect(await messenger().send(OPENID, MESSAGE)).toEqual({ kind: 'unknown', code })
  expect(logs.some(line => line.unknownCode === true)).toBe(false)
})

test('a code that nobody knows is WeChat’s word that nothing was sent, and an error in the log', async () => {
  server.answer(200, {}, '{"errcode":49999}')
  expect(await messenger().send(OPENID, MESSAGE)).toEqual({ kind: 'unsent', code: '49999' })
  expect(logs).toContainEqual(expect.objectContaining({ level: 'error', code: '49999', unknownCode: true }))
})

test('an answer without an id is sent all the same, and an id may be text', async () => {
  server.answer(200, {}, '{"errcode":0,"errmsg":"ok"}')
  expect(await messenger().send(OPENID, MESSAGE)).toEqual({ kind: 'sent', messageId: null })
  server.answer(200, {}, '{"errcode":0,"errmsg":"ok","msgid":"12345"}')
  expect(await messenger().send(OPENID, MESSAGE)).toEqual({ kind: 'sent', messageId: '12345' })
})

test('the day’s quota comes back at midnight in Asia/Shanghai, also a minute before and after it', async () => {
  server.answer(200, {}, '{"errcode":45009}')
  const at = (iso: string) => {
    const now = Date.parse(iso)
    const messages = wechatMessenger({
      baseUrl: server.origin,
      appId: 'a',
      secret: async () => 's',
      tokens: {
        ...stored(),
        read: async () => ({ token: '{"token":"t"}', expiresAt: now + 3_600_000, generation: 1 }),
      },
      now: () => now,
      wait: async () => {},
      log: () => {},
      state: 'formal',
    })
    return messages.send(OPENID, MESSAGE)
  }
  expect(await at('2026-11-22T23:59:59+08:00')).toEqual({ kind: 'quota', until: MIDNIGHT })
  expect(await at('2026-11-22T16:00:00Z')).toEqual({ kind: 'quota', until: Date.parse('2026-11-24T00:00:00+08:00') })
})

test('no connection proves that nothing was sent; silence and a broken connection prove nothing', async () => {
  const gone = await replayServer()
  await gone.close()
  expect(await messenger(gone.origin).send(OPENID, MESSAGE)).toEqual({ kind: 'unsent', code: 'ECONNREFUSED' })

  let mode: 'silent' | 'broken' = 'silent'
  const odd = createServer((request, response) => {
    request.resume()
    if (mode === 'broken') response.socket?.destroy()
  })
  await new Promise<void>(resolve => odd.listen(0, '127.0.0.1', resolve))
  const address = odd.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  expect(await messenger(origin, 100).send(OPENID, MESSAGE)).toEqual({ kind: 'unknown', code: 'TimeoutError' })
  mode = 'broken'
  expect(await messenger(origin).send(OPENID, MESSAGE)).toMatchObject({ kind: 'unknown' })
  odd.closeAllConnections()
  odd.close()
})

test('no openid, token, secret or text reaches the log', async () => {
  for (const body of ['{"errcode":49999,"errmsg":"token SYNTHETIC_ACCESS_TOKEN"}', '<html>', '{"errcode":-1}']) {
    server.answer(200, {}, body)
    await messenger().send(OPENID, MESSAGE)
  }
  const written = JSON.stringify(logs)
  for (const secret of [OPENID, TOKEN, 'the secret', '发票查验']) expect(written).not.toContain(secret)
})
