import { SIMULATED_WECHAT } from '../../../config/local/simulator/simulator'
import { call, startSimulator, stopAll } from './simulator-bench'

afterEach(stopAll)

const path = (over: Record<string, string>) =>
  `/sns/jscode2session?${new URLSearchParams({
    appid: SIMULATED_WECHAT.appId,
    secret: SIMULATED_WECHAT.secret,
    js_code: 'sim-alice-1',
    grant_type: 'authorization_code',
    ...over,
  })}`

test('a login code gives a session once, and the same user the same openid', async () => {
  const { url, dataDir, stop } = await startSimulator()
  const first = await fetch(url + path({}))
  expect(first.headers.get('content-type')).toContain('text/plain')
  const session = JSON.parse(await first.text())
  expect(session).toEqual({ openid: expect.stringMatching(/^o.{27}$/), session_key: expect.any(String) })
  await stop()
  const again = await startSimulator(dataDir)
  expect((await call(again.url, 'GET', path({}))).body).toMatchObject({ errcode: 40163 })
  expect((await call(again.url, 'GET', path({ js_code: 'sim-alice-2' }))).body.openid).toBe(session.openid)
  expect((await call(again.url, 'GET', path({ js_code: 'sim-bob-2' }))).body.openid).not.toBe(session.openid)
})

test.each([
  [{ js_code: 'odd' }, 40029],
  [{ js_code: 'dev:alice' }, 40029],
  [{ appid: 'wx1' }, 40013],
  [{ secret: 'odd' }, 40125],
])('%j answers %i', async (over, errcode) => {
  const { url } = await startSimulator()
  expect((await call(url, 'GET', path(over))).body).toMatchObject({ errcode })
})

test('faults of WeChat reach the sign-in and do not use up the code', async () => {
  const { url } = await startSimulator()
  await call(url, 'PUT', '/control/faults', { provider: 'wechat', mode: 'maintenance' })
  expect((await call(url, 'GET', path({}))).body).toMatchObject({ errcode: -1 })
  await call(url, 'PUT', '/control/faults', { provider: 'wechat', mode: 'none' })
  expect((await call(url, 'GET', path({}))).body).toHaveProperty('openid')
})
