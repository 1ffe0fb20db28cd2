import { call, digitalInvoice, killAll, type RunningStack, signIn, startFresh } from './running-stack'
import { advance, fault, historyOf, ledgerOf, until } from './stack-reads'

jest.setTimeout(120_000)
afterEach(killAll)

const [LOST, OUTAGE, SHARED, LINE] = [1, 2, 3, 4].map(at => digitalInvoice(`2611200000000000061${at}`))
const all = [LOST, OUTAGE, SHARED, LINE].flatMap(one => (one === undefined ? [] : [one]))

async function kill(stack: RunningStack): Promise<RunningStack> {
  stack.child.kill('SIGKILL')
  await stack.exited
  return startFresh(stack.dataDir)
}

/** How often each invoice was paid for. */
async function charges(stack: RunningStack): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { charged, invoiceNumber } of await ledgerOf(stack)) {
    if (charged) counts[invoiceNumber] = (counts[invoiceNumber] ?? 0) + 1
  }
  return counts
}

test('every way of waiting survives a kill, and ends when the trouble is over', async () => {
  const first = await startFresh()
  const user = await signIn(first.url)
  const numbers = all.map(({ invoice }) => invoice.invoiceNumber)
  const [lost = '', outage = '', shared = '', line = ''] = numbers
  const questionOf = (number: string) => digitalInvoice(number).question
  const ask = (number: string, changes = {}) =>
    call(first.url, 'POST', '/v1/verifications', { ...questionOf(number), ...changes }, user)
  await call(
    first.simulatorUrl,
    'PUT',
    '/control/invoices',
    all.map(({ invoice }) => invoice),
  )

  await fault(first, 'maintenance', { invoiceNumber: outage })
  expect((await ask(outage)).body).toMatchObject({ cause: 'maintenance', followUpAt: expect.any(String) })
  await advance(first, 45 * 60)
  await fault(first, 'hang_after_charge', { invoiceNumber: lost })
  await fault(first, 'slow', { invoiceNumber: shared, latencyMs: 11_000 })
  await fault(first, 'rate_limited', { invoiceNumber: line })
  const hanging = ask(lost)
  await new Promise(resolve => setTimeout(resolve, 6000))
  const cut = ask(shared).catch(() => 'cut')
  await until(async () => (await ledgerOf(first)).some(({ invoiceNumber }) => invoiceNumber === shared))
  const second = ask(shared, { amount: '99.00' })
  expect((await ask(line)).body).toMatchObject({ state: 'pending', waiting: 'slot' })
  expect((await second).body).toMatchObject({ state: 'pending', waiting: 'turn' })
  expect((await hanging).body).toMatchObject({ state: 'pending', waiting: 'recheck' })
  const waits = async (stack: RunningStack) => {
    const records = (await historyOf(stack, user)).filter(({ state }) => state === 'pending')
    return records.map(({ waiting, asked }) => `${waiting} ${asked.invoiceNumber} ${asked.amount}`).sort()
  }
  const before = await waits(first)
  expect(before).toEqual(
    [
      `recheck ${lost} 106.00`,
      `outage ${outage} 106.00`,
      `answer ${shared} 106.00`,
      `turn ${shared} 99.00`,
      `slot ${line} 106.00`,
    ].sort(),
  )
  const paid = await charges(first)
  const next = await kill(first)
  expect(await cut).toBe('cut')
  expect(await waits(next)).toEqual(before)
  expect(await charges(next)).toEqual(paid)

  for (const invoiceNumber of numbers) await fault(next, 'none', { invoiceNumber })
  await advance(next, 3 * 3600)
  const ended = await historyOf(next, user)
  expect(ended.map(({ asked, outcome }) => `${asked.invoiceNumber} ${asked.amount} ${outcome}`).sort()).toEqual([
    `${lost} 106.00 consistent`,
    `${outage} 106.00 consistent`,
    `${outage} 106.00 could_not_check`,
    `${shared} 106.00 consistent`,
    `${shared} 99.00 mismatch`,
    `${line} 106.00 consistent`,
  ])
  expect(await charges(next)).toEqual({ [lost]: 2, [outage]: 1, [shared]: 3, [line]: 1 })
})

test('a paused provider, a person’s tries and the sums of the day are the same after a kill', async () => {
  const first = await startFresh()
  const { invoice, question } = digitalInvoice('26112000000000000621')
  const other = digitalInvoice('26112000000000000622')
  await call(first.simulatorUrl, 'PUT', '/control/invoices', [invoice, other.invoice])
  await fault(first, 'code', { provider: 'tencent', code: 'FailedOperation.ArrearsError' })
  const [alice, bob, operator] = [
    await signIn(first.url, 'alice'),
    await signIn(first.url, 'bob'),
    await signIn(first.url, 'operator'),
  ]
  const ask = (stack: RunningStack, path: string, body?: object, user = alice) =>
    call(stack.url, 'POST', `/v1/verifications${path}`, body, user)
  const costs = async (stack: RunningStack) =>
    (await call(stack.url, 'GET', '/v1/operator/costs', undefined, operator)).body.items
  const callsOf = async (stack: RunningStack, name: string) =>
    (await ledgerOf(stack)).filter(({ provider }) => provider === name).length

  const asked = await ask(first, '', question)
  expect(asked.body).toMatchObject({ outcome: 'consistent', provider: { name: 'aliyun' } })
  const again = `/${String(asked.body.id)}/recheck`
  for (const left of [1, 0]) expect((await ask(first, again)).body.yourTriesLeftToday).toBe(left)
  expect(await callsOf(first, 'tencent')).toBe(1)
  const spent = await costs(first)

  const second = await kill(first)
  expect(await costs(second)).toEqual(spent)
  expect((await ask(second, again)).body).toMatchObject({ cause: 'daily_limit', yourTriesLeftToday: 0 })
  expect((await ask(second, '', other.question, bob)).body).toMatchObject({ provider: { name: 'aliyun' } })
  expect(await callsOf(second, 'tencent')).toBe(1)

  await fault(second, 'none')
  await advance(second, 360)
  expect((await ask(second, again, undefined, bob)).status).toBe(404)
  expect((await ask(second, '', { ...question, amount: '99.00' }, bob)).body).toMatchObject({
    outcome: 'mismatch',
    provider: { name: 'tencent' },
  })
})
