import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { call, digitalInvoice, killAll, newDataDir, signIn, start, startFresh } from './running-stack'
import { advance, fault, historyOf, ledgerOf, until } from './stack-reads'

jest.setTimeout(60_000)
afterEach(killAll)

const NUMBER = '26112000000000000991'
const KEY = { 'idempotency-key': 'killed-in-mid-verify' }
const { invoice, question } = digitalInvoice(NUMBER)

test.each([
  ['hang_before_charge', 1],
  ['hang_after_charge', 2],
  ['slow', 2],
])(
  'killed while the provider call is in flight (%s): the same record is asked about once more, later, and ends',
  async (mode, charges) => {
    const dataDir = newDataDir()
    const first = await startFresh(dataDir)
    await call(first.simulatorUrl, 'PUT', '/control/invoices', [invoice])
    await fault(first, mode)
    const user = await signIn(first.url)
    const cut = call(first.url, 'POST', '/v1/verifications', question, { ...user, ...KEY }).catch(() => 'cut')
    await until(async () => (await ledgerOf(first)).length > 0)
    const pending = await until(async () => (await historyOf(first, user))[0])
    expect(pending).toMatchObject({ state: 'pending', nextTryAt: expect.any(String) })
    first.child.kill('SIGKILL')
    await first.exited
    expect(await cut).toBe('cut')

    const second = await startFresh(dataDir)
    // The old token is still good: the keys survive. The old question under the old key is the same record.
    const again = await call(second.url, 'POST', '/v1/verifications', question, { ...user, ...KEY })
    expect([again.status, again.body.id]).toEqual([202, pending.id])
    expect(await ledgerOf(second)).toHaveLength(1)
    await fault(second, 'none')
    await advance(second, 600)
    const settled = await call(second.url, 'GET', `/v1/verifications/${pending.id}`, undefined, user)
    expect(settled.body).toMatchObject({ id: pending.id, state: 'done', outcome: 'consistent' })
    expect(await historyOf(second, user)).toHaveLength(1)
    expect((await ledgerOf(second)).filter(row => row.charged)).toHaveLength(charges)
  },
)

test('killed in mid-call by a fault that lasts: one re-check, which is lost too, and the record says so for good', async () => {
  const first = await startFresh()
  await fault(first, 'hang_after_charge')
  const user = await signIn(first.url)
  void call(first.url, 'POST', '/v1/verifications', question, { ...user, ...KEY }).catch(() => {})
  await until(async () => (await ledgerOf(first)).length > 0)
  first.child.kill('SIGKILL')
  await first.exited

  const second = await startFresh(first.dataDir)
  await advance(second, 600)
  expect(await historyOf(second, user)).toEqual([
    expect.objectContaining({ state: 'done', outcome: 'could_not_check', cause: 'network', followUpAt: null }),
  ])
  expect(await ledgerOf(second)).toHaveLength(2)
})

test('records, invoices, used codes, faults and the clock are all there after a kill', async () => {
  const dataDir = newDataDir()
  const first = await startFresh(dataDir)
  await call(first.simulatorUrl, 'PUT', '/control/invoices', [invoice])
  await call(first.simulatorUrl, 'POST', '/control/clock', { advanceSeconds: 90 * 86_400 })
  await call(first.simulatorUrl, 'PUT', '/control/faults', { provider: 'baidu', mode: 'slow' })
  const wechat = await call(first.url, 'POST', '/v1/sessions', { code: 'sim-carol-1' })
  expect(wechat.status).toBe(201)
  const user = { authorization: `Bearer ${String(wechat.body.token)}` }
  const checked = await call(first.url, 'POST', '/v1/verifications', question, { ...user, ...KEY })
  expect(checked.body).toMatchObject({ outcome: 'consistent', lifecycle: 'normal', simulated: true })
  first.child.kill('SIGKILL')
  await first.exited

  const second = await startFresh(dataDir)
  const read = await call(second.url, 'GET', `/v1/verifications/${String(checked.body.id)}`, undefined, user)
  expect(read.body).toMatchObject({ id: checked.body.id, proofNumber: checked.body.proofNumber, outcome: 'consistent' })
  expect((await call(second.url, 'POST', '/v1/sessions', { code: 'sim-carol-1' })).status).toBe(401)
  expect((await call(second.url, 'POST', '/v1/sessions', { code: 'sim-carol-2' })).body.userId).toBe(wechat.body.userId)
  expect((await call(second.simulatorUrl, 'GET', '/control/clock')).body.offsetSeconds).toBe(90 * 86_400)
  expect((await call(second.simulatorUrl, 'GET', '/control/faults')).body).toContainEqual(
    expect.objectContaining({ provider: 'baidu', mode: 'slow' }),
  )
  const now = Date.parse(String((await call(second.url, 'GET', '/v1/health')).body.now))
  expect(now - Date.now()).toBeGreaterThan(89 * 86_400_000)
  expect(statSync(join(dataDir, 'keys.json')).mode & 0o777).toBe(0o600)
})

test('a second start on a folder in use says so in one sentence and ends with an error', async () => {
  const first = await startFresh()
  const second = await startFresh(first.dataDir)
  expect(await second.exited).not.toBe(0)
  expect(second.stderr().trim().split('\n')).toEqual([expect.stringContaining('is in use by process')])
  expect((await call(first.url, 'GET', '/v1/health')).status).toBe(200)
})

test.each(['PORT', 'SIMULATOR_PORT'])('a %s in use is said in one sentence', async name => {
  const first = await startFresh()
  const ports = { PORT: new URL(first.url).port, SIMULATOR_PORT: new URL(first.simulatorUrl).port }
  const other = await start({ PORT: '0', SIMULATOR_PORT: '0', [name]: ports[name as 'PORT'], DATA_DIR: newDataDir() })
  expect(await other.exited).toBe(1)
  expect(other.stderr().trim()).toMatch(/^Port \d+ is in use; set (SIMULATOR_)?PORT to a free port\.$/)
})

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s stops everything and leaves the folder free', async signal => {
  const stack = await startFresh()
  await call(stack.simulatorUrl, 'PUT', '/control/faults', { provider: '*', mode: 'hang_before_charge' })
  const user = await signIn(stack.url)
  void call(stack.url, 'POST', '/v1/verifications', question, { ...user, ...KEY }).catch(() => {})
  await until(async () => (await ledgerOf(stack)).length > 0)
  stack.child.kill(signal)
  expect(await stack.exited).toBe(0)
  expect(existsSync(join(stack.dataDir, 'lock.json'))).toBe(false)
})

test('a stop in mid-verify lets the call end, answers it and records it', async () => {
  const first = await startFresh()
  await call(first.simulatorUrl, 'PUT', '/control/invoices', [invoice])
  await call(first.simulatorUrl, 'PUT', '/control/faults', { provider: '*', mode: 'slow', latencyMs: 500 })
  const user = await signIn(first.url)
  const asked = call(first.url, 'POST', '/v1/verifications', question, { ...user, ...KEY })
  await until(async () => (await ledgerOf(first)).length > 0)
  first.child.kill('SIGINT')
  expect((await asked).body).toMatchObject({ state: 'done', outcome: 'consistent' })
  expect(await first.exited).toBe(0)

  const second = await startFresh(first.dataDir)
  const { id, ...rest } = (await asked).body
  const read = await call(second.url, 'GET', `/v1/verifications/${String(id)}`, undefined, user)
  expect(read.body).toMatchObject({ id, proofNumber: rest.proofNumber, outcome: 'consistent' })
})

test('a stop with nothing in flight is instant', async () => {
  const stack = await startFresh()
  await signIn(stack.url)
  const begun = performance.now()
  stack.child.kill('SIGINT')
  expect(await stack.exited).toBe(0)
  expect(performance.now() - begun).toBeLessThan(500)
})

test('a second Ctrl-C ends at once; what was in flight stays pending and settles after the next start', async () => {
  const first = await startFresh()
  await call(first.simulatorUrl, 'PUT', '/control/faults', { provider: '*', mode: 'hang_before_charge' })
  const user = await signIn(first.url)
  void call(first.url, 'POST', '/v1/verifications', question, { ...user, ...KEY }).catch(() => {})
  await until(async () => (await ledgerOf(first)).length > 0)
  const begun = performance.now()
  first.child.kill('SIGINT')
  await new Promise(resolve => setTimeout(resolve, 400))
  first.child.kill('SIGINT')
  expect(await first.exited).toBe(130)
  expect(performance.now() - begun).toBeLessThan(1000)
  expect(existsSync(join(first.dataDir, 'lock.json'))).toBe(false)

  const second = await startFresh(first.dataDir)
  const { body } = await call(second.url, 'GET', '/v1/verifications', undefined, user)
  expect(body.items).toEqual([expect.objectContaining({ state: 'pending', outcome: null })])
})

test('when npm is killed the stack notices and a new start works', async () => {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const first = await startFresh(newDataDir(), [npm, 'start'])
  const ports = { PORT: new URL(first.url).port, SIMULATOR_PORT: new URL(first.simulatorUrl).port }
  first.child.kill('SIGKILL')
  const second = await start({ ...ports, DATA_DIR: first.dataDir })
  expect(second.stderr()).not.toContain('in use')
  expect((await call(second.url, 'GET', '/v1/health')).status).toBe(200)
})
