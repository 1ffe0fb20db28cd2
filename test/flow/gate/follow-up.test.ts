import {
  check,
  codes,
  list,
  newInvoice,
  type Person,
  type Question,
  read,
  recheck,
  runDueWork,
  send,
  signIn,
} from '../faults/asking'
import { type GateWorld, HOUR, MINUTE, openGateWorld } from '../faults/gate-world'

let world: GateWorld
beforeEach(async () => {
  world = await openGateWorld({ containers: 2 })
})
afterEach(() => world.close())

const on = (at: number) => world.containers[at] ?? world.container
const rows = async (person: Person) => (await list(on(0), person)).body.items
const charged = ({ invoiceNumber }: Question) => world.ledger(invoiceNumber).filter(row => row.charged).length
async function after(ms: number) {
  world.clock.advance(ms)
  await runDueWork(on(1))
}

test.each([
  ['maintenance', 'maintenance'],
  ['down', 'network'],
] as const)('a check that met %s is repeated by itself as a new record, as a robot, once', async (mode, cause) => {
  const person = await signIn(world)
  const question = newInvoice(world)
  world.fault('*', mode)
  const first = await check(on(0), person, question)
  expect(first.body).toMatchObject({ outcome: 'could_not_check', cause, follows: null })
  world.fault('*', 'none')
  await after(41 * MINUTE)
  await after(HOUR)
  const [second, old] = await rows(person)
  expect(second).toMatchObject({ outcome: 'consistent', follows: first.body.id, followUpAt: null })
  // It spent a try of the invoice, none of the person's; what was shown stays, without its promise.
  expect((await read(on(0), person, second?.id ?? '')).body).toMatchObject({ triesLeftToday: 4, yourTriesLeftToday: 3 })
  expect(old).toMatchObject({ id: first.body.id, outcome: 'could_not_check', cause, followUpAt: null })
  expect(old?.proofNumber).toBe(first.body.proofNumber)
  expect(charged(question)).toBe(1)
  expect(await rows(person)).toHaveLength(2)
})

test('an outage that lasts is looked at after 30 minutes, 1, 2, 4 and 8 hours, then told for good', async () => {
  const person = await signIn(world)
  const question = newInvoice(world)
  world.fault('*', 'maintenance')
  await check(on(0), person, question)
  await after(41 * MINUTE)
  const waits = []
  for (let put = 0; put < 5; put++) {
    const [pending] = await rows(person)
    expect(pending).toMatchObject({ state: 'pending', waiting: 'outage' })
    const wait = Date.parse(pending?.nextTryAt ?? '') - world.clock.now()
    waits.push(Math.round(wait / MINUTE / 10) * 10)
    const before = world.ledger(question.invoiceNumber).length
    await after(wait + 1000)
    expect(world.ledger(question.invoiceNumber).length).toBeGreaterThan(before)
  }
  expect(waits).toEqual([30, 60, 120, 240, 480])
  const [last] = await rows(person)
  expect(last).toMatchObject({ state: 'done', outcome: 'could_not_check', cause: 'maintenance', followUpAt: null })
  await after(12 * HOUR)
  expect(await rows(person)).toHaveLength(2)
  expect(charged(question)).toBe(0)
})

test('a person who asks again before has taken the promise over: nothing is repeated', async () => {
  const person = await signIn(world)
  const question = newInvoice(world)
  world.fault('*', 'maintenance')
  const first = await check(on(0), person, question)
  world.fault('*', 'none')
  world.clock.advance(5 * MINUTE)
  expect((await recheck(on(0), person, first.body.id)).body.outcome).toBe('consistent')
  expect((await read(on(0), person, first.body.id)).body.followUpAt).toBeNull()
  await after(HOUR)
  expect(await rows(person)).toHaveLength(2)
  expect(charged(question)).toBe(1)
})

test('an answer that somebody else brought meanwhile is told without a call', async () => {
  const person = await signIn(world)
  const question = newInvoice(world)
  world.fault('*', 'maintenance')
  await check(on(0), person, question)
  world.fault('*', 'none')
  world.clock.advance(10 * MINUTE)
  await check(on(1), await signIn(world), question)
  await after(HOUR)
  expect((await rows(person))[0]).toMatchObject({ outcome: 'consistent', fromCache: true })
  expect(charged(question)).toBe(1)
})

test('a repetition that no robot may spend a try on waits until the tries come back at midnight', async () => {
  const person = await signIn(world)
  const question = newInvoice(world)
  world.fault('*', 'maintenance')
  await check(on(0), person, question)
  world.fault('*', 'none')
  for (const yuan of [1, 2, 3]) await check(on(1), await signIn(world), { ...question, amount: `${yuan}.00` })
  for (let hour = 0; hour < 13; hour++) await after(HOUR)
  expect(charged(question)).toBe(3)
  expect((await rows(person))[0]).toMatchObject({ state: 'pending', waiting: 'outage' })
  for (let hour = 0; hour < 10; hour++) await after(HOUR)
  expect((await rows(person))[0]).toMatchObject({ state: 'done', outcome: 'consistent' })
  expect(charged(question)).toBe(4)
})

test('a deleted record, and a deleted account, are not repeated', async () => {
  const [one, two] = [await signIn(world), await signIn(world)]
  const questions = [newInvoice(world), newInvoice(world)] as const
  world.fault('*', 'maintenance')
  const { body } = await check(on(0), one, questions[0])
  await check(on(0), two, questions[1])
  await send(on(0), 'DELETE /v1/verifications/{id}', { params: { id: body.id }, headers: one.headers })
  await send(on(0), 'DELETE /v1/me', { headers: two.headers })
  world.fault('*', 'none')
  await after(41 * MINUTE)
  await after(HOUR)
  expect(await rows(one)).toEqual([])
  expect([charged(questions[0]), charged(questions[1])]).toEqual([0, 0])
})

test('what says nothing more with time is not repeated', async () => {
  const person = await signIn(world)
  for (const code of [
    'InvalidParameterValue.TicketSnParameterValueLimit',
    'FailedOperation.CountLimitError',
    'FailedOperation.UnKnowError',
  ]) {
    const question = newInvoice(world)
    world.fault('tencent', 'code', { code, invoiceNumber: question.invoiceNumber })
    const reply = await check(on(0), person, question)
    expect([reply.body.outcome, reply.body.followUpAt, codes(reply).length]).toEqual(['could_not_check', null, 1])
  }
  const before = world.ledger().length
  await after(HOUR)
  expect(world.ledger()).toHaveLength(before)
})
