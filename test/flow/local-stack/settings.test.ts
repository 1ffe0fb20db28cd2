import { resolve } from 'node:path'
import { devIdentities } from '../../../config/local/local-identities'
import { readSettings } from '../../../config/local/settings'

test('without settings the usual ports, folder and the simulator are taken', () => {
  expect(readSettings({})).toEqual({
    port: 5173,
    simulatorPort: 5174,
    dataDir: resolve('.data'),
    tencent: null,
    skipH5Build: false,
  })
})

test.each([
  [{ PORT: 'odd' }, 'PORT must be'],
  [{ PORT: '70000' }, 'PORT must be'],
  [{ SIMULATOR_PORT: '-1' }, 'SIMULATOR_PORT must be'],
  [{ PORT: '8000', SIMULATOR_PORT: '8000' }, 'must differ'],
  [{ TENCENT_SECRET_ID: 'only' }, 'Set both'],
])('%j is refused in a sentence', (env, sentence) => {
  expect(() => readSettings(env)).toThrow(sentence)
})

test('real credentials leave the simulator', () => {
  const { tencent } = readSettings({ TENCENT_SECRET_ID: 'a', TENCENT_SECRET_KEY: 'b' })
  expect(tencent).toEqual({ secretId: 'a', secretKey: 'b' })
})

test.each([
  ['dev:alice', { ok: true, identity: { issuer: 'dev', subject: 'alice', operator: false } }],
  ['dev:operator', { ok: true, identity: { issuer: 'dev', subject: 'operator', operator: true } }],
  ['dev:operator-2', { ok: true, identity: { issuer: 'dev', subject: 'operator-2', operator: true } }],
  ['dev:operators', { ok: true, identity: { issuer: 'dev', subject: 'operators', operator: false } }],
  ['dev:', { ok: false, reason: 'refused' }],
  ['dev:a b', { ok: false, reason: 'refused' }],
  [`dev:${'a'.repeat(65)}`, { ok: false, reason: 'refused' }],
  ['sim-alice-1', null],
])('the login code %s is %j', async (code, answer) => {
  expect(await devIdentities.identify(code)).toEqual(answer)
})
