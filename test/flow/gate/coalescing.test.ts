import { check, list, newInvoice, read, recheck, runDueWork, signIn, signInAll } from '../faults/asking'
import { type GateWorld, openGateWorld } from '../faults/gate-world'

let world: GateWorld
beforeAll(async () => {
  world = await openGateWorld({ containers: 4 })
})
afterAll(() => world.close())
beforeEach(() => {
  world.fault('*', 'none')
  world.patience.factor = 1
})

const on = (at: number) => world.containers[at % 4] ?? world.container

test('fifty people with one invoice in the same instant on four containers are one paid call and fifty rows', async () => {
  const people = await signInAll(world, 50)
  const question = newInvoice(world)
  const replies = await Promise.all(people.map((person, at) => check(on(at), person, question)))
  expect(new Set(replies.map(({ body }) => body.id)).size).toBe(50)
  for (const { status } of replies) expect([200, 202]).toContain(status)
  await runDueWork(on(0))
  const rows = await Promise.all(people.map((person, at) => list(on(at), person)))
  expect(rows.map(({ body }) => body.items.length)).toEqual(people.map(() => 1))
  const shown = await Promise.all(people.map((person, at) => read(on(at), person, replies[at]?.body.id ?? '')))
  for (const { body } of shown) expect([body.outcome, body.triesLeftToday]).toEqual(['consistent', 4])
  expect(shown.filter(({ body }) => !body.fromCache)).toHaveLength(1)
  expect(world.ledger(question.invoiceNumber)).toHaveLength(1)
})

test('a follower gets the answer of the call that was in flight, whatever it says', async () => {
  const [first, second] = await signInAll(world, 2)
  if (first === undefined || second === undefined) throw new Error('nobody')
  const question = newInvoice(world, { isUnknown: true })
  world.fault('tencent', 'slow', { latencyMs: 500 })
  const replies = await Promise.all([check(on(0), first, question), check(on(1), second, question)])
  expect(replies.map(({ body }) => body.outcome)).toEqual(['not_found', 'not_found'])
  expect(world.ledger(question.invoiceNumber)).toHaveLength(1)
})

test('a follower whose patience ends is told to wait for the answer, and finds it by its id', async () => {
  const [first, second] = await signInAll(world, 2)
  if (first === undefined || second === undefined) throw new Error('nobody')
  const question = newInvoice(world)
  world.fault('tencent', 'slow', { latencyMs: 1500 })
  // Three seconds of the product's patience pass in 0.3.
  world.patience.factor = 0.1
  const slow = check(on(0), first, question)
  await new Promise(resolve => setTimeout(resolve, 100))
  const told = await check(on(1), second, question)
  expect([told.status, told.body.waiting]).toEqual([202, 'answer'])
  expect((await slow).body.outcome).toBe('consistent')
  expect((await read(on(2), second, told.body.id)).body).toMatchObject({ outcome: 'consistent', fromCache: true })
  expect(world.ledger(question.invoiceNumber)).toHaveLength(1)
})

test('different questions about one invoice go one behind the other, and each gets its own answer', async () => {
  const people = await signInAll(world, 4)
  const question = newInvoice(world)
  world.fault('tencent', 'slow', { latencyMs: 100 })
  const amounts = ['106.00', '1.00', '2.00', '3.00']
  const replies = await Promise.all(
    people.map((person, at) => check(on(at), person, { ...question, amount: amounts[at] })),
  )
  for (let minute = 0; minute < 3; minute++) {
    world.clock.advance(5000)
    await runDueWork(on(1))
  }
  const shown = await Promise.all(people.map((person, at) => read(on(at), person, replies[at]?.body.id ?? '')))
  expect(shown.map(({ body }) => body.outcome)).toEqual(['consistent', 'mismatch', 'mismatch', 'mismatch'])
  expect(world.ledger(question.invoiceNumber)).toHaveLength(4)
})

test('a question that waits behind another one for too long is asked by the worker when its turn comes', async () => {
  const [first, second] = await signInAll(world, 2)
  if (first === undefined || second === undefined) throw new Error('nobody')
  const question = newInvoice(world)
  world.fault('tencent', 'slow', { latencyMs: 1500 })
  world.patience.factor = 0.1
  const slow = check(on(0), first, question)
  await new Promise(resolve => setTimeout(resolve, 100))
  const told = await check(on(1), second, { ...question, amount: '1.00' })
  expect([told.status, told.body.waiting]).toEqual([202, 'turn'])
  expect((await slow).body.outcome).toBe('consistent')
  world.clock.advance(5000)
  await runDueWork(on(2))
  expect((await read(on(3), second, told.body.id)).body).toMatchObject({ state: 'done', outcome: 'mismatch' })
  expect(world.ledger(question.invoiceNumber)).toHaveLength(2)
})

test('a question that was put in line is answered from the gate when somebody else brings the answer first', async () => {
  const [first, second] = await signInAll(world, 2)
  if (first === undefined || second === undefined) throw new Error('nobody')
  const question = newInvoice(world)
  world.fault('*', 'rate_limited')
  const told = await check(on(0), first, question)
  expect(told.body.waiting).toBe('slot')
  world.fault('*', 'none')
  world.clock.advance(30_000)
  expect((await check(on(1), second, question)).body.outcome).toBe('consistent')
  expect((await read(on(2), first, told.body.id)).body).toMatchObject({ outcome: 'consistent', fromCache: true })
  await runDueWork(on(3))
  expect(world.ledger(question.invoiceNumber).filter(({ charged }) => charged)).toHaveLength(1)
})

test('a question asked in the middle of a recheck of its own follows it', async () => {
  const person = await signIn(world)
  const question = newInvoice(world)
  const { body } = await check(on(0), person, question)
  world.fault('tencent', 'slow', { latencyMs: 400 })
  const both = await Promise.all([recheck(on(0), person, body.id), recheck(on(1), person, body.id)])
  expect(both.map(reply => reply.body.outcome)).toEqual(['consistent', 'consistent'])
  expect(world.ledger(question.invoiceNumber)).toHaveLength(2)
})
