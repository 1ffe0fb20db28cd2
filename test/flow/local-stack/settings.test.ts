import { resolve } from 'node:path'
import { devIdentities } from '../../../config/local/local-identities'
import { readSettings } from '../../../config/local/settings'

test('without settings the usual ports, folder and the simulator are taken', () => {
  expect(readSettings({})).toEqual({
    port: 5173,
    simulatorPort: 5174,
    dataDir: resolve('.data'),
    secrets: null,
    sources: [],
    skipH5Build: false,
  })
})

test.each([
  [{ PORT: 'odd' }, 'PORT must be'],
  [{ PORT: '70000' }, 'PORT must be'],
  [{ SIMULATOR_PORT: '-1' }, 'SIMULATOR_PORT must be'],
  [{ PORT: '8000', SIMULATOR_PORT: '8000' }, 'must differ'],
  [{ SOURCES: 'no json' }, 'SOURCES must be JSON'],
  [{ TENCENT_SECRET_ID: 'only' }, 'Set both TENCENT_SECRET_ID and TENCENT_SECRET_KEY, or neither.'],
  [{ BAIDU_SECRET_KEY: 'only' }, 'Set both BAIDU_API_KEY and BAIDU_SECRET_KEY, or neither.'],
  [{ ALIYUN_ACCESS_KEY_ID: 'only' }, 'Set both ALIYUN_ACCESS_KEY_ID and ALIYUN_ACCESS_KEY_SECRET, or neither.'],
])('%j is refused in a sentence', (env, sentence) => {
  expect(() => readSettings(env)).toThrow(sentence)
})

test('real credentials of any provider leave the simulator, and ask those providers alone', () => {
  const { secrets } = readSettings({ TENCENT_SECRET_ID: 'a', TENCENT_SECRET_KEY: 'b' })
  expect(secrets).toEqual({ tencent: { 'secret-id': 'a', 'secret-key': 'b' } })
  const two = { BAIDU_API_KEY: 'a', BAIDU_SECRET_KEY: 'b', ALIYUN_ACCESS_KEY_ID: 'c', ALIYUN_ACCESS_KEY_SECRET: 'd' }
  expect(readSettings(two).secrets).toEqual({
    baidu: { 'api-key': 'a', 'secret-key': 'b' },
    aliyun: { 'access-key-id': 'c', 'access-key-secret': 'd' },
  })
})

test.each([
  ['alice', false],
  ['operator', true],
  ['operator-2', true],
  ['operators', false],
])('dev:%s signs in a user of that name with an openid of their own, operator: %s', async (subject, operator) => {
  const wechat = { openid: `odev_${subject}`, sessionKey: null }
  expect(await devIdentities.identify(`dev:${subject}`)).toEqual({
    ok: true,
    identity: { issuer: 'dev', subject, operator, wechat },
  })
})

test.each([
  ['dev:', { ok: false, reason: 'refused' }],
  ['dev:a b', { ok: false, reason: 'refused' }],
  [`dev:${'a'.repeat(65)}`, { ok: false, reason: 'refused' }],
  ['sim-alice-1', null],
])('the login code %s is %j', async (code, answer) => {
  expect(await devIdentities.identify(code)).toEqual(answer)
})
