import { wechatSession } from '../../functions/platform/wechat-session'
import { type ReplayServer, replayServer, samples } from './wire-samples'

let server: ReplayServer
beforeAll(async () => {
  server = await replayServer()
})
afterAll(() => server.close())

const provider = (timeoutMs = 2000) =>
  wechatSession({ baseUrl: server.origin, appId: 'wx0000000000000000', secret: async () => 'the secret', timeoutMs })

const EXPECTED: Record<string, unknown> = {
  success: {
    ok: true,
    identity: {
      issuer: 'wechat',
      subject: 'oSYNTH0000000000000000000001',
      operator: false,
      wechat: { openid: 'oSYNTH0000000000000000000001', sessionKey: 'c3ludGhldGljLXNlc3Npb24ta2V5' },
    },
  },
  'error.invalid-code': { ok: false, reason: 'refused' },
  'error.code-used': { ok: false, reason: 'refused' },
  'error.blocked': { ok: false, reason: 'refused' },
  'error.busy': { ok: false, reason: 'unavailable' },
  'error.minute-limit': { ok: false, reason: 'unavailable' },
  'error.bad-appid': { ok: false, reason: 'unavailable' },
  'error.bad-secret': { ok: false, reason: 'unavailable' },
}

test('every recorded sample has an expectation', () => {
  expect(
    samples('wechat.code2session.')
      .map(([name]) => name)
      .sort(),
  ).toEqual(Object.keys(EXPECTED).sort())
})

test.each(samples('wechat.code2session.'))('%s means over real HTTP what the table says', async (name, sample) => {
  server.received.length = 0
  server.answer(sample.response.status, sample.response.headers, JSON.stringify(sample.response.body))
  expect(await provider().identify('0a1B2c')).toEqual(EXPECTED[name])
  const [sent] = server.received
  expect([sent?.method, sent?.url.pathname]).toEqual(['GET', sample.request.path])
  expect(Object.fromEntries(sent?.url.searchParams ?? [])).toEqual({
    appid: 'wx0000000000000000',
    secret: 'the secret',
    js_code: '0a1B2c',
    grant_type: 'authorization_code',
  })
})

test.each([
  ['a page', 200, '<html>'],
  ['an empty body', 200, ''],
  ['null', 200, 'null'],
  ['a list', 200, '[]'],
  ['another shape', 200, '{"openid": 5}'],
  ['neither openid nor error', 200, '{}'],
  ['an empty openid', 200, '{"openid": ""}'],
  ['an error code as text', 200, '{"errcode": "40029"}'],
  ['a new error code', 200, '{"errcode": 49999}'],
  ['an HTTP error', 502, 'bad gateway'],
])('%s is a passing fault, never a session', async (_, status, body) => {
  server.answer(status, {}, body)
  expect(await provider().identify('0a1B2c')).toEqual({ ok: false, reason: 'unavailable' })
})

test('a server that does not answer in time, or at all, is a passing fault', async () => {
  const silent = await replayServer()
  const { origin } = silent
  await silent.close()
  const gone = wechatSession({ baseUrl: origin, appId: 'a', secret: async () => 's' })
  expect(await gone.identify('0a1B2c')).toEqual({ ok: false, reason: 'unavailable' })
})

test('codes of another form are not sent to WeChat', async () => {
  server.received.length = 0
  for (const code of ['dev:operator', 'dev:x', '', 'with space', 'ключ', 'x'.repeat(300)]) {
    expect(await provider().identify(code)).toBeNull()
  }
  expect(server.received).toHaveLength(0)
})
