import { check, codes, list, newInvoice, type Question, read, recheck, runDueWork, signIn, signInAll } from './asking'
import { type GateWorld, HOUR, MINUTE, openGateWorld } from './gate-world'

let world: GateWorld
beforeEach(async () => {
  world = await openGateWorld({ containers: 2 })
})
afterEach(() => world.close())

const on = (at: number) => world.containers[at % 2] ?? world.container
const calls = ({ invoiceNumber }: Question) => world.ledger(invoiceNumber).map(row => [row.provider, row.result])
/** Checks of the invoice that somebody else made today, elsewhere. */
function askedElsewhere({ invoiceNumber }: Question, times: number) {
  const at = new Date(world.clock.now()).toISOString()
  const row = { provider: 'elsewhere', at, invoiceCode: '', invoiceNumber, charged: true, result: 'found' }
  for (let time = 0; time < times; time++) world.tax.record({ type: 'ledger', row, counted: true })
}

test('fault 13: who refuses for its rate is left alone, and the next one answers', async () => {
  const question = newInvoice(world)
  world.fault('tencent', 'rate_limited')
  const { status, body } = await check(on(0), await signIn(world), question)
  expect([status, body.outcome, body.provider?.name, body.triesLeftToday]).toEqual([200, 'consistent', 'baidu', 4])
  expect(calls(question)).toEqual([
    ['tencent', 'rate_limited'],
    ['baidu', 'found'],
  ])
})

test('fault 13: when all refuse for their rate the check stands in line, one try a turn, and is answered in the end', async () => {
  const person = await signIn(world)
  const question = newInvoice(world)
  world.fault('*', 'rate_limited')
  const { status, body } = await check(on(0), person, question)
  expect([status, body.state, body.waiting, body.triesLeftToday]).toEqual([202, 'pending', 'slot', 5])
  expect(Date.parse(body.nextTryAt ?? '')).toBeGreaterThan(world.clock.now())
  expect(calls(question)).toHaveLength(3)
  world.fault('*', 'none')
  world.clock.advance(MINUTE)
  await runDueWork(on(1))
  expect((await read(on(0), person, body.id)).body).toMatchObject({ outcome: 'consistent', triesLeftToday: 4 })
})

test('fault 14: a minute of refusals opens the breakers, one probe asks at their end, and what was asked meanwhile is repeated', async () => {
  const people = await signInAll(world, 8)
  const questions = people.map(() => newInvoice(world))
  world.fault('*', 'down')
  const asked = []
  for (const [at, person] of people.entries()) asked.push(await check(on(at), person, questions[at]))
  // Five failures about three invoices and more: nobody is asked after the fifth.
  expect(world.ledger().filter(({ provider }) => provider === 'tencent')).toHaveLength(5)
  expect(codes(asked[7] ?? { body: { reasons: [] } as never })).toEqual(['PROVIDER_PAUSED'])
  expect(asked.every(({ body }) => body.outcome === 'could_not_check' && body.cause === 'network')).toBe(true)
  expect(asked.every(({ body }) => body.triesLeftToday === 5 && body.followUpAt !== null)).toBe(true)
  world.clock.advance(20_000)
  world.fault('*', 'none')
  const before = world.ledger().length
  const [person] = people
  if (person === undefined) throw new Error('nobody')
  const recovered = await check(on(0), person, newInvoice(world))
  expect(recovered.body.outcome).toBe('consistent')
  expect(world.ledger()).toHaveLength(before + 1)
  world.clock.advance(HOUR)
  for (let run = 0; run < 3; run++) await runDueWork(on(1))
  for (const [at, one] of people.entries()) {
    const rows = (await list(on(0), one)).body.items.filter(
      ({ asked: { invoiceNumber } }) => invoiceNumber === questions[at]?.invoiceNumber,
    )
    expect(rows.map(({ outcome }) => outcome)).toEqual(['consistent', 'could_not_check'])
    expect(rows[0]?.follows).toBe(rows[1]?.id)
  }
})

test("fault 15: the tax side's own five a day end the day for the invoice; the latest answer is still told", async () => {
  const person = await signIn(world)
  const question = newInvoice(world)
  const first = await check(on(0), person, question)
  askedElsewhere(question, 4)
  const refused = await recheck(on(0), person, first.body.id)
  expect(refused.body).toMatchObject({ outcome: 'could_not_check', cause: 'daily_limit', triesLeftToday: 0 })
  const until = Date.parse(refused.body.nextTryAt ?? '')
  const midnight = Date.parse(`${world.clock.day(1)}T00:00:00+08:00`)
  expect(until).toBeGreaterThanOrEqual(midnight)
  const sent = world.ledger(question.invoiceNumber).length
  const other = await signIn(world)
  expect((await check(on(1), other, question)).body).toMatchObject({ outcome: 'consistent', fromCache: true })
  expect((await check(on(1), other, { ...question, amount: '9.00' })).body.cause).toBe('daily_limit')
  expect((await recheck(on(1), person, first.body.id)).body.cause).toBe('daily_limit')
  expect(world.ledger(question.invoiceNumber)).toHaveLength(sent)
  // From ten minutes after midnight on it is asked again.
  world.clock.moveTo('00:11:00', 1)
  expect((await recheck(on(1), person, first.body.id)).body).toMatchObject({ outcome: 'consistent', triesLeftToday: 4 })
})

test('fault 16: what meets the night’s maintenance is final, promises a time, and is repeated as a new record after it', async () => {
  const person = await signIn(world)
  const question = newInvoice(world)
  world.fault('*', 'maintenance')
  const first = await check(on(0), person, question)
  expect(first.body).toMatchObject({
    state: 'done',
    outcome: 'could_not_check',
    cause: 'maintenance',
    triesLeftToday: 5,
  })
  const at = Date.parse(first.body.followUpAt ?? '') - world.clock.now()
  expect(at).toBeGreaterThan(29 * MINUTE)
  expect(at).toBeLessThanOrEqual(40 * MINUTE)
  world.clock.advance(41 * MINUTE)
  await runDueWork(on(1))
  const [pending] = (await list(on(0), person)).body.items
  expect(pending).toMatchObject({ state: 'pending', waiting: 'outage', follows: first.body.id })
  world.fault('*', 'none')
  world.clock.advance(HOUR)
  await runDueWork(on(1))
  const rows = (await list(on(0), person)).body.items
  expect(rows.map(({ id, outcome, follows }) => [id, outcome, follows])).toEqual([
    [pending?.id, 'consistent', first.body.id],
    [first.body.id, 'could_not_check', null],
  ])
})

test('fault 22: an invoice of today that has not arrived is told as that, and asked again the next morning', async () => {
  const person = await signIn(world)
  const today = world.clock.day()
  const question = newInvoice(world, { issueDate: today, visibleFrom: `${world.clock.day(1)}T03:00:00+08:00` })
  const first = await check(on(0), person, question)
  expect(first.body).toMatchObject({ outcome: 'could_not_check', cause: 'too_early', triesLeftToday: 5 })
  const at = Date.parse(first.body.followUpAt ?? '')
  expect(at).toBeGreaterThanOrEqual(Date.parse(`${world.clock.day(1)}T07:30:00+08:00`))
  world.clock.moveTo('07:41:00', 1)
  await runDueWork(on(1))
  const [row] = (await list(on(0), person)).body.items
  expect(row).toMatchObject({ outcome: 'consistent', follows: first.body.id })
  expect(world.ledger(question.invoiceNumber).filter(({ charged }) => charged)).toHaveLength(1)
})

test('fault 23: a reversal after a good answer is a new record; the old one stays as it was', async () => {
  const person = await signIn(world)
  const question = newInvoice(world)
  const first = await check(on(0), person, question)
  const stored = world.tax.find('', question.invoiceNumber)
  world.tax.record({ type: 'invoices', invoices: [{ ...stored, lifecycle: 'red_full' }] })
  const reused = await check(on(1), person, question)
  expect(reused.body).toMatchObject({ lifecycle: 'normal', fromCache: true })
  const fresh = await recheck(on(1), person, first.body.id)
  expect(fresh.body).toMatchObject({ outcome: 'consistent', lifecycle: 'red_full', fromCache: false })
  expect(fresh.body.id).not.toBe(first.body.id)
  const old = await read(on(0), person, first.body.id)
  expect(old.body).toMatchObject({ lifecycle: 'normal', proofNumber: first.body.proofNumber })
  // Whoever asks from now on gets the newer one.
  expect((await check(on(0), person, question)).body).toMatchObject({ lifecycle: 'red_full', fromCache: true })
})
