import { check, list, newInvoice, read, signIn, signInAll } from './asking'
import { type GateWorld, openGateWorld } from './gate-world'

let world: GateWorld
beforeAll(async () => {
  world = await openGateWorld({ containers: 4 })
  world.patience.factor = 1
})
afterAll(() => world.close())

const on = (at: number) => world.containers[at % world.containers.length] ?? world.container
const paid = (invoiceNumber: string) => world.ledger(invoiceNumber).filter(({ charged }) => charged).length

test('fault 3: twenty taps at once under one key are one record and one paid call', async () => {
  const person = await signIn(world)
  const question = newInvoice(world)
  const replies = await Promise.all(Array.from({ length: 20 }, (_, at) => check(on(at), person, question, 'tap')))
  expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1)
  expect(replies.every(({ status }) => status === 200 || status === 202)).toBe(true)
  expect(replies.some(({ body }) => body.outcome === 'consistent')).toBe(true)
  expect(paid(question.invoiceNumber)).toBe(1)
  expect((await list(world.container, person)).body.items).toHaveLength(1)
})

test('fault 4: two people with one invoice in the same second are one paid call and two rows', async () => {
  const people = await signInAll(world, 2)
  const question = newInvoice(world)
  const replies = await Promise.all(people.map((person, at) => check(on(at), person, question)))
  expect(replies.map(({ body }) => body.outcome)).toEqual(['consistent', 'consistent'])
  expect(replies.map(({ body }) => body.fromCache).sort()).toEqual([false, true])
  expect(paid(question.invoiceNumber)).toBe(1)
  for (const person of people) expect((await list(world.container, person)).body.items).toHaveLength(1)
})

test('fault 5: another body under a key that is in use is refused as KEY_REUSED', async () => {
  const person = await signIn(world)
  const question = newInvoice(world)
  await check(on(0), person, question, 'key')
  const other = await check(on(1), person, { ...question, amount: '107.00' }, 'key')
  expect([other.status, other.body]).toEqual([422, expect.objectContaining({ code: 'KEY_REUSED' })])
  expect(world.ledger(question.invoiceNumber)).toHaveLength(1)
})

test('fault 6: an app that was killed and comes back the next day under its key finds its own record', async () => {
  const person = await signIn(world)
  const question = newInvoice(world)
  const first = await check(on(0), person, question, 'yesterday')
  world.clock.advance(26 * 3_600_000)
  const again = await check(on(1), person, question, 'yesterday')
  expect([again.status, again.body.id]).toEqual([200, first.body.id])
  expect(again.body.proofNumber).toBe(first.body.proofNumber)
  expect((await list(on(2), person)).body.items.map(({ id }) => id)).toEqual([first.body.id])
  expect(world.ledger(question.invoiceNumber)).toHaveLength(1)
})

test('fault 7: an app hidden in mid-request finds the result by its key and by its id (its page: test/page/pending-page)', async () => {
  const person = await signIn(world)
  const question = newInvoice(world)
  world.fault('tencent', 'slow', { latencyMs: 600, invoiceNumber: question.invoiceNumber })
  const lost = check(on(0), person, question, 'hidden')
  await new Promise(resolve => setTimeout(resolve, 200))
  const byKey = await check(on(1), person, question, 'hidden')
  expect(byKey.body).toMatchObject({ state: 'done', outcome: 'consistent' })
  expect((await read(on(2), person, byKey.body.id)).body).toMatchObject({ state: 'done', outcome: 'consistent' })
  expect((await lost).body.id).toBe(byKey.body.id)
  expect(world.ledger(question.invoiceNumber)).toHaveLength(1)
})

test('fault 12: a request that a proxy repeats, at once and later, is the same request', async () => {
  const person = await signIn(world)
  const question = newInvoice(world)
  const [sent, repeated] = await Promise.all([0, 1].map(at => check(on(at), person, question, 'proxy')))
  const later = await check(on(2), person, question, 'proxy')
  expect(repeated?.body.id).toBe(sent?.body.id)
  expect(later.body).toMatchObject({ id: sent?.body.id, state: 'done', outcome: 'consistent' })
  expect(world.ledger(question.invoiceNumber)).toHaveLength(1)
})
