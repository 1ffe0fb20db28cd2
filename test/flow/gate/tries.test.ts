import { check, codes, newInvoice, type Person, type Question, recheck, runDueWork, signInAll } from '../faults/asking'
import { type GateWorld, openGateWorld } from '../faults/gate-world'
import { queueEvent } from '../when'

let world: GateWorld
beforeAll(async () => {
  world = await openGateWorld({ containers: 4 })
})
afterAll(() => world.close())
beforeEach(() => {
  world.fault('*', 'none')
  world.patience.timeoutMs = 5000
})

const on = (at: number) => world.containers[at % 4] ?? world.container
const called = ({ invoiceNumber }: Question) => world.ledger(invoiceNumber).length
const asks = (count: number, people: readonly Person[], question: Question) =>
  Array.from({ length: count }, (_, at) => {
    const person = people[at % people.length]
    if (person === undefined) throw new Error('nobody')
    // Another amount each time: another question about the same invoice.
    return () => check(on(at), person, { ...question, amount: `${at + 1}.00` })
  })

/** Until nothing waits behind another question any more. */
async function allTurns() {
  for (let turn = 0; turn < 10; turn++) {
    world.clock.advance(10_000)
    await runDueWork(on(turn))
  }
}

test('twenty different questions of twenty people at once are five calls, never a sixth', async () => {
  const question = newInvoice(world)
  const people = await signInAll(world, 20)
  await Promise.all(asks(20, people, question).map(ask => ask()))
  await allTurns()
  expect(called(question)).toBe(5)
  expect(world.ledger(question.invoiceNumber).some(({ result }) => result === 'daily_limit')).toBe(false)
})

test('twenty different questions of one person at once are three calls', async () => {
  const question = newInvoice(world)
  const [person, other] = await signInAll(world, 2)
  if (person === undefined || other === undefined) throw new Error('nobody')
  await Promise.all(asks(20, [person], question).map(ask => ask()))
  await allTurns()
  expect(called(question)).toBe(3)
  const fourth = await check(on(0), person, { ...question, amount: '77.00' })
  expect(fourth.body).toMatchObject({ cause: 'daily_limit', triesLeftToday: 2, yourTriesLeftToday: 0, provider: null })
  expect(codes(fourth)).toEqual(['PERSON_LIMIT_REACHED'])
  const own = await check(on(1), other, question)
  expect(own.body).toMatchObject({ outcome: 'consistent', triesLeftToday: 1, yourTriesLeftToday: 1 })
})

test('a person sees the tries of the invoice and the own ones go down side by side', async () => {
  const question = newInvoice(world)
  const [one, two] = await signInAll(world, 2)
  if (one === undefined || two === undefined) throw new Error('nobody')
  const seen = []
  for (const [person, yuan] of [
    [one, 1],
    [two, 2],
    [one, 3],
    [one, 4],
    [two, 5],
    [two, 6],
  ] as const) {
    const { body } = await check(on(yuan), person, { ...question, amount: `${yuan}.00` })
    seen.push([body.outcome, body.triesLeftToday, body.yourTriesLeftToday])
  }
  expect(seen).toEqual([
    ['mismatch', 4, 2],
    ['mismatch', 3, 2],
    ['mismatch', 2, 1],
    ['mismatch', 1, 0],
    ['mismatch', 0, 0],
    ['could_not_check', 0, 0],
  ])
})

test('a new answer that is wanted while tries remain is asked for, and refused when they are gone', async () => {
  const question = newInvoice(world)
  const [person] = await signInAll(world, 1)
  if (person === undefined) throw new Error('nobody')
  const { body } = await check(on(0), person, question)
  for (const left of [3, 2]) {
    expect((await recheck(on(left), person, body.id)).body).toMatchObject({ triesLeftToday: left, fromCache: false })
  }
  expect((await recheck(on(0), person, body.id)).body.cause).toBe('daily_limit')
  expect((await check(on(1), person, question)).body).toMatchObject({ outcome: 'consistent', fromCache: true })
  expect(called(question)).toBe(3)
})

test('automatic re-checks take two tries at most, and never one of the last two', async () => {
  const question = newInvoice(world)
  const people = await signInAll(world, 3)
  world.patience.timeoutMs = 1000
  world.fault('tencent', 'hang_after_charge', { invoiceNumber: question.invoiceNumber })
  // Each loses its answer; its re-check is a robot's, while one may be spent.
  const [first, second, third] = asks(3, people, question)
  const lost = await first?.()
  expect([lost?.status, lost?.body.waiting, lost?.body.triesLeftToday]).toEqual([202, 'recheck', 4])
  world.clock.advance(36_000)
  await runDueWork(on(0))
  expect(called(question)).toBe(2)
  const next = await second?.()
  // Three are spent: the last two belong to people.
  expect([next?.status, next?.body.cause, next?.body.triesLeftToday]).toEqual([200, 'network', 2])
  world.clock.advance(36_000)
  await runDueWork(on(0))
  expect(called(question)).toBe(3)
  expect((await third?.())?.body.triesLeftToday).toBe(1)
  expect(called(question)).toBe(4)
})

test('twelve repetitions about one invoice that fall due together are two calls', async () => {
  const question = newInvoice(world)
  const people = await signInAll(world, 12)
  world.fault('*', 'maintenance', { invoiceNumber: question.invoiceNumber })
  for (const ask of asks(12, people, question)) await ask()
  world.fault('*', 'none')
  // Their providers may be paused by so much maintenance; half an hour later they are not.
  world.clock.advance(45 * 60_000)
  await on(0).functions.sweep()
  const jobs = world.queue.splice(0).map(({ job }) => job)
  await Promise.all([0, 1].map(at => on(at).functions.worker(queueEvent(jobs))))
  await allTurns()
  expect(world.ledger(question.invoiceNumber).filter(({ charged }) => charged)).toHaveLength(2)
  const [next] = await signInAll(world, 1)
  if (next === undefined) throw new Error('nobody')
  expect((await check(on(2), next, question)).body).toMatchObject({ outcome: 'consistent', triesLeftToday: 2 })
})

test('a try comes back when the provider counted nothing', async () => {
  const question = newInvoice(world)
  const people = await signInAll(world, 5)
  for (const mode of ['down', 'maintenance', 'rate_limited'] as const) {
    world.fault('*', mode)
    const [ask] = asks(1, people, question)
    expect((await ask?.())?.body).toMatchObject({ triesLeftToday: 5, yourTriesLeftToday: 3 })
    world.fault('*', 'none')
    await allTurns()
  }
})
