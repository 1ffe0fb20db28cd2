import { check, newInvoice, recheck, runDueWork, send, signIn } from '../faults/asking'
import { type GateWorld, openGateWorld } from '../faults/gate-world'

interface Costs {
  limit: string
  items: { day: string; total: string; providers: { name: string; calls: number; amount: string; unknown: number }[] }[]
}

let world: GateWorld
beforeEach(async () => {
  world = await openGateWorld({ containers: 2, limits: { secondOpinionFromFen: 10_000_000 } })
})
afterEach(() => world.close())

const on = (at: number) => world.containers[at] ?? world.container
async function costs(query: Record<string, string> = {}) {
  const operator = await signIn(world, 'operator')
  return send<Costs>(on(0), 'GET /v1/operator/costs', { headers: operator.headers, query })
}
const dayOf = async (day: string) => (await costs()).body.items.find(item => item.day === day)

test('the day is summed by provider: what was charged, and what may have been', async () => {
  const person = await signIn(world)
  const question = newInvoice(world)
  // Tencent 30 fen, twice; nothing for what is reused or refused.
  const { body } = await check(on(0), person, question)
  await recheck(on(1), person, body.id)
  await check(on(0), await signIn(world), question)
  // Baidu 24 fen for a mismatch.
  const other = newInvoice(world)
  world.fault('tencent', 'maintenance', { invoiceNumber: other.invoiceNumber })
  await check(on(1), person, { ...other, amount: '1.00' })
  // Tencent again, and nobody knows whether it charged.
  const lost = newInvoice(world)
  world.patience.timeoutMs = 1000
  world.fault('tencent', 'hang_after_charge', { invoiceNumber: lost.invoiceNumber })
  await check(on(0), person, lost)
  const { status, body: told } = await costs()
  expect([status, told.limit]).toEqual([200, '100000.00'])
  expect(told.items).toHaveLength(1)
  const [today] = told.items
  expect(today).toMatchObject({ day: world.clock.day(), total: '1.14' })
  expect(today?.providers).toEqual(
    expect.arrayContaining([
      { name: 'tencent', calls: 3, amount: '0.90', unknown: 1 },
      { name: 'baidu', calls: 1, amount: '0.24', unknown: 0 },
    ]),
  )
  // Against the providers' own books: every charged call is in the sum.
  expect(world.ledger().filter(({ charged }) => charged)).toHaveLength(4)
})

test('what a check cost stands in its log line, as a metric by provider', async () => {
  await check(on(0), await signIn(world), newInvoice(world))
  const line = world.logs.find(({ route }) => route === 'POST /v1/verifications')
  expect(line).toMatchObject({ provider: 'tencent', calls: ['tencent:OK'], costFen: 30, CostFen: 30 })
  expect(JSON.stringify(line?._aws)).toContain('CostFen')
  world.logs.length = 0
  world.fault('*', 'maintenance')
  await check(on(0), await signIn(world), newInvoice(world))
  expect(world.logs.find(({ route }) => route === 'POST /v1/verifications')?.CostFen).toBeUndefined()
})

test("yesterday's sums are kept when the day changes, also by several containers at once", async () => {
  const person = await signIn(world)
  const yesterday = world.clock.day()
  for (let ask = 0; ask < 3; ask++) await check(on(ask % 2), person, newInvoice(world))
  world.clock.moveTo('00:00:01', 1)
  const questions = Array.from({ length: 8 }, () => newInvoice(world))
  await Promise.all(questions.map((question, at) => check(on(at % 2), person, question)))
  expect(await dayOf(yesterday)).toMatchObject({ total: '0.90', providers: [{ name: 'tencent', calls: 3 }] })
  expect(await dayOf(world.clock.day())).toMatchObject({ total: '2.40', providers: [{ name: 'tencent', calls: 8 }] })
  const { body } = await costs({ from: yesterday, to: yesterday })
  expect(body.items.map(({ day }) => day)).toEqual([yesterday])
})

test("yesterday's sums are what the day came to, also for a container that saw less of it", async () => {
  const [first, second] = [await signIn(world), await signIn(world)]
  world.clock.moveTo('23:59:57')
  const yesterday = world.clock.day()
  await check(on(0), first, newInvoice(world))
  for (let ask = 0; ask < 2; ask++) await check(on(1), second, newInvoice(world))
  world.clock.moveTo('00:00:00', 1)
  await check(on(1), second, newInvoice(world))
  await check(on(0), first, newInvoice(world))
  expect(await dayOf(yesterday)).toMatchObject({ total: '0.90', providers: [{ name: 'tencent', calls: 3 }] })
  expect(await dayOf(world.clock.day())).toMatchObject({ total: '0.60', providers: [{ name: 'tencent', calls: 2 }] })
})

test('the re-check of a lost answer is a cost of its day, too', async () => {
  const person = await signIn(world)
  const question = newInvoice(world)
  world.patience.timeoutMs = 1000
  world.fault('tencent', 'hang_after_charge', { invoiceNumber: question.invoiceNumber })
  await check(on(0), person, question)
  world.fault('*', 'none')
  world.patience.timeoutMs = 5000
  world.clock.advance(36_000)
  await runDueWork(on(1))
  expect(await dayOf(world.clock.day())).toMatchObject({ total: '0.60', providers: [{ calls: 2, unknown: 1 }] })
})

test('a week ends where it is told to, at most 40 days come, and days that are none are named', async () => {
  const days: string[] = []
  for (let day = 0; day < 42; day++) {
    days.unshift(world.clock.day())
    await check(on(0), await signIn(world), newInvoice(world))
    world.clock.moveTo('10:00:00', 1)
  }
  const shown = async (query: Record<string, string>) => (await costs(query)).body.items.map(({ day }) => day)
  const [last = '', , third = ''] = days
  expect(await shown({ to: third })).toEqual(days.slice(2, 9))
  // The meter still stands on the day of the last call.
  expect(await shown({ from: days.at(-1) ?? '', to: last })).toEqual(days.slice(0, 40))
  expect(await shown({ from: '2999-01-01' })).toEqual([])
  for (const [query, field, code] of [
    [{ from: last, to: third }, 'to', 'days_reversed'],
    [{ to: '2026-02-30' }, 'to', 'date_not_real'],
    [{ from: '2026-13-01' }, 'from', 'date_not_real'],
  ] as [Record<string, string>, string, string][]) {
    const { status, body } = await costs(query)
    expect([status, body]).toEqual([
      422,
      expect.objectContaining({ fields: [expect.objectContaining({ field, code })] }),
    ])
  }
})

test('who is no operator finds nothing there, and nobody without a session', async () => {
  const person = await signIn(world)
  const foreign = await send(on(0), 'GET /v1/operator/costs', { headers: person.headers })
  expect([foreign.status, foreign.body]).toEqual([404, expect.objectContaining({ code: 'NOT_FOUND' })])
  expect((await send(on(0), 'GET /v1/operator/costs', {})).status).toBe(401)
})
