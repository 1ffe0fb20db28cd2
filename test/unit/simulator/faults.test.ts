import { SIMULATED_ALIYUN } from '../../../config/local/simulator/simulator'
import { aliyunQuery, askToken, baiduForm, saidByAliyun, saidByBaidu } from './provider-calls'
import { ask, call, invoice, questionOf, startSimulator, stopAll } from './simulator-bench'

afterEach(stopAll)

async function withFault(fault: object) {
  const running = await startSimulator()
  const stored = invoice()
  await call(running.url, 'PUT', '/control/invoices', [stored])
  await call(running.url, 'PUT', '/control/faults', fault)
  return { ...running, question: questionOf(stored) }
}

test.each([
  ['down', 'no answer', false],
  ['hang_before_charge', 'no answer', false],
  ['hang_after_charge', 'no answer', true],
  ['malformed', 'no answer', true],
  ['maintenance', 'ResourceUnavailable.TaxNetworkError', false],
  ['rate_limited', 'RequestLimitExceeded', false],
  ['unknown_code', 'FailedOperation.SimulatedNewCode', false],
  ['none', 'found N', true],
])('fault %s is met as "%s"', async (mode, met, charged) => {
  const { url, question } = await withFault({ provider: '*', mode })
  expect(await ask(url, question, 1)).toBe(met)
  const ledger = await call(url, 'GET', '/control/ledger')
  expect(ledger.body).toMatchObject([{ charged }])
})

test('a slow provider answers after latencyMs', async () => {
  const { url, question } = await withFault({ provider: 'tencent', mode: 'slow', latencyMs: 300 })
  const start = performance.now()
  expect(await ask(url, question)).toBe('found N')
  expect(performance.now() - start).toBeGreaterThan(290)
})

test('a fault of another provider, of another invoice or of a lower rate does not hit', async () => {
  const { url, question } = await withFault({ provider: 'baidu', mode: 'down' })
  await call(url, 'PUT', '/control/faults', { provider: 'tencent', mode: 'down', invoiceNumber: '12345678' })
  await call(url, 'PUT', '/control/faults', { provider: 'tencent', mode: 'down', rate: 0.4 })
  expect(await ask(url, question)).toBe('found N')
  await call(url, 'PUT', '/control/faults', { provider: 'tencent', mode: 'maintenance', rate: 0.6 })
  expect(await ask(url, question)).toBe('ResourceUnavailable.TaxNetworkError')
})

test('mode none lifts what was set, and for one provider shields it from a fault of all', async () => {
  const { url, question } = await withFault({ provider: '*', mode: 'maintenance' })
  await call(url, 'PUT', '/control/faults', { provider: 'tencent', mode: 'none' })
  expect(await ask(url, question)).toBe('found N')
  await call(url, 'PUT', '/control/faults', { provider: '*', mode: 'none' })
  const { body } = await call(url, 'GET', '/control/faults')
  expect(body).toEqual([])
})

/** What a check by one of the three comes to; none waits longer than a second. */
async function said(name: string, url: string, token: string): Promise<string> {
  if (name === 'tencent') return ask(url, questionOf(invoice()), 1)
  if (name === 'baidu') return saidByBaidu(url, baiduForm(invoice()), token, 1000).catch(() => NONE)
  const answer = await saidByAliyun(url, aliyunQuery(invoice()), '', SIMULATED_ALIYUN, 1000)
  return answer === 'error undefined undefined' ? NONE : answer
}

const NONE = 'no answer'
test.each([
  ['baidu', 'down', NONE, false],
  ['baidu', 'hang_before_charge', NONE, false],
  ['baidu', 'hang_after_charge', NONE, true],
  ['baidu', 'malformed', NONE, true],
  ['baidu', 'maintenance', '1021', false],
  ['baidu', 'rate_limited', 'error 18', false],
  ['baidu', 'unknown_code', '8888', false],
  ['baidu', 'none', '0001 N', true],
  ['aliyun', 'down', NONE, false],
  ['aliyun', 'hang_before_charge', NONE, false],
  ['aliyun', 'hang_after_charge', NONE, true],
  ['aliyun', 'malformed', NONE, true],
  ['aliyun', 'maintenance', '1021', false],
  ['aliyun', 'rate_limited', '152000', false],
  ['aliyun', 'unknown_code', '888888', false],
  ['aliyun', 'none', '001 N', true],
])('with %s fault %s is met as "%s"', async (provider, mode, met, charged) => {
  const { url } = await withFault({ provider: 'wechat', mode: 'none' })
  const token = (await askToken(url)).body.access_token
  await call(url, 'PUT', '/control/faults', { provider, mode })
  expect(await said(provider, url, token)).toBe(met)
  expect((await call(url, 'GET', '/control/ledger')).body).toMatchObject([{ provider, charged }])
})

test('a fault of all providers hits each of the three, and a slow one keeps each of them waiting', async () => {
  const { url } = await withFault({ provider: '*', mode: 'slow', latencyMs: 200 })
  const token = (await askToken(url)).body.access_token
  for (const name of ['tencent', 'baidu', 'aliyun']) {
    const start = performance.now()
    expect(await said(name, url, token)).toMatch(/N$/)
    expect(performance.now() - start).toBeGreaterThan(190)
  }
})

test('a provider that is down gives no token, one that fails for an invoice does', async () => {
  const { url } = await withFault({ provider: 'baidu', mode: 'down', invoiceNumber: '26112000000000000777' })
  expect((await askToken(url)).status).toBe(200)
  await call(url, 'PUT', '/control/faults', { provider: 'baidu', mode: 'down' })
  await expect(askToken(url)).rejects.toThrow('JSON')
  expect((await call(url, 'GET', '/control/ledger')).body).toEqual([])
})

test('a code on demand for one invoice leaves the others alone, and one of success needs an invoice that is found', async () => {
  const { url } = await withFault({ provider: 'aliyun', mode: 'code', code: '000000' })
  expect(await saidByAliyun(url, aliyunQuery(invoice()))).toBe('000000 N')
  expect(await saidByAliyun(url, { ...aliyunQuery(invoice()), invoiceSum: '1.00' })).toBe('006')
  const bound = { provider: 'aliyun', mode: 'code', code: 'ServiceUnavailable', invoiceNumber: '26112000000000000778' }
  await call(url, 'PUT', '/control/faults', bound)
  const other = { ...aliyunQuery(invoice()), invoiceNo: '26112000000000000778' }
  expect(await saidByAliyun(url, other)).toBe('error 503 ServiceUnavailable')
  expect(await saidByAliyun(url, aliyunQuery(invoice()))).toBe('000000 N')
})
