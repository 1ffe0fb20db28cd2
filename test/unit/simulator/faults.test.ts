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
