import { invoke } from '../../../config/local/gateway/invocation'
import { check, codes, list, newInvoice, read, runDueWork, signIn } from './asking'
import { dies, type Step } from './crash'
import { type GateWorld, openGateWorld } from './gate-world'

let world: GateWorld
beforeAll(async () => {
  world = await openGateWorld({ containers: 2 })
  // The first call of a day writes the day itself.
  await check(world.container, await signIn(world), newInvoice(world))
})
afterAll(() => world.close())
beforeEach(() => world.fault('*', 'none'))

const on = (at: number) => world.containers[at] ?? world.container
const results = (invoiceNumber: string) => world.ledger(invoiceNumber).map(({ result }) => result)

/** Sweeper and worker, minute by minute. */
async function minutes(count: number) {
  for (let minute = 0; minute < count; minute++) {
    world.clock.advance(60_000)
    await runDueWork(on(1))
  }
}

/** A container dies at a step; answers what its person finds then. */
async function dead(at: 'before' | 'after', step: Step) {
  const person = await signIn(world)
  const question = newInvoice(world)
  await dies(world, at, step, () => check(world.newContainer(), person, question, 'mine'))
  const [pending] = (await list(on(1), person)).body.items
  if (pending === undefined) throw new Error('nothing was accepted')
  expect(pending).toMatchObject({ state: 'pending', outcome: null })
  return { person, question, id: pending.id }
}

test('fault 8: a function that dies between the lease and the call is taken over, and the call is made once', async () => {
  const { person, question, id } = await dead('after', 'acquire')
  // The lease stands: nobody asks; when it has run out the answer counts as lost, and one re-check follows.
  expect((await check(on(1), await signIn(world), question)).status).toBe(202)
  world.clock.advance(28_000)
  const other = await check(on(1), await signIn(world), question)
  expect([other.status, other.body.waiting]).toEqual([202, 'recheck'])
  await minutes(2)
  expect((await read(on(1), person, id)).body).toMatchObject({ state: 'done', outcome: 'consistent' })
  expect(results(question.invoiceNumber)).toEqual(['found'])
})

test('fault 8: another question takes the lease of a dead one over as soon as it has run out', async () => {
  const { person, question, id } = await dead('after', 'acquire')
  world.clock.advance(28_000)
  const other = await check(on(1), await signIn(world), { ...question, amount: '107.00' })
  expect([other.status, other.body.outcome, other.body.triesLeftToday]).toEqual([200, 'mismatch', 3])
  await minutes(2)
  expect((await read(on(1), person, id)).body).toMatchObject({ state: 'done', outcome: 'consistent' })
  expect(results(question.invoiceNumber)).toEqual(['mismatch', 'found'])
})

test('fault 9: a function that dies with the answer in hand is one re-check, never more', async () => {
  const { person, question, id } = await dead('before', 'release')
  await minutes(10)
  const { body } = await read(on(1), person, id)
  expect(body).toMatchObject({ state: 'done', outcome: 'consistent', triesLeftToday: 3 })
  expect(results(question.invoiceNumber)).toEqual(['found', 'found'])
  expect((await check(on(0), person, question, 'mine')).body).toMatchObject({ id, proofNumber: body.proofNumber })
})

test.each(['a reader', 'the worker', 'the same key'])(
  'fault 10: an answer without its row is put right by %s',
  async by => {
    const { person, question, id } = await dead('before', 'finish')
    if (by === 'the worker') await minutes(2)
    if (by === 'the same key') {
      world.clock.advance(31_000)
      await check(on(1), person, question, 'mine')
    }
    const { body } = await read(on(1), person, id)
    expect(body).toMatchObject({ state: 'done', outcome: 'consistent', fromCache: false, triesLeftToday: 4 })
    expect((await list(on(1), person)).body.items).toMatchObject([{ id, state: 'done' }])
    expect(results(question.invoiceNumber)).toEqual(['found'])
  },
)

test('fault 11: a worker that wakes ten minutes later changes nothing, and its own record keeps its paid answer', async () => {
  const [slow, fast] = [await signIn(world), await signIn(world)]
  const question = newInvoice(world, { lifecycle: 'normal' })
  const { invoiceNumber } = question
  // Held between the answer and the write.
  let wake: () => void = () => undefined
  const asleep = new Promise<void>(resolve => {
    wake = resolve
  })
  let reached: () => void = () => undefined
  const holds = new Promise<void>(resolve => {
    reached = resolve
  })
  let isFirst = true
  world.table.onCommand(command => {
    if (!isFirst || !String(command.input.UpdateExpression ?? '').includes('REMOVE leaseFence')) return
    isFirst = false
    reached()
    return asleep
  })
  const zombie = check(on(0), slow, question, 'zombie')
  await holds
  world.clock.advance(10 * 60_000)
  world.tax.record({ type: 'invoices', invoices: [{ ...world.tax.find('', invoiceNumber), lifecycle: 'voided' }] })
  const fresh = await check(on(1), fast, question)
  expect(fresh.body).toMatchObject({ state: 'done', lifecycle: 'voided', fromCache: false })
  wake()
  expect((await zombie).body).toMatchObject({ state: 'done', outcome: 'consistent', lifecycle: 'normal' })
  world.table.onCommand(null)
  const third = await check(on(1), await signIn(world), question)
  expect(third.body).toMatchObject({ lifecycle: 'voided', fromCache: true, triesLeftToday: 3 })
  expect(world.logs.some(({ warning }) => warning === 'lease lost before the answer was stored')).toBe(true)
})

const steps: ['before' | 'after', Step][] = [
  ['after', 'insert'],
  ['before', 'acquire'],
  ['before', 'admit'],
  ['after', 'admit'],
  ['after', 'release'],
  ['after', 'finish'],
]
test.each(steps)(
  'a function that dies %s %s leaves nothing pending for ever and at most one more call',
  async (at, step) => {
    const person = await signIn(world)
    const question = newInvoice(world)
    await dies(world, at, step, () => check(world.newContainer(), person, question, 'mine'))
    await minutes(5)
    const [row] = (await list(on(1), person)).body.items
    expect(row).toMatchObject({ state: 'done', outcome: 'consistent' })
    expect(results(question.invoiceNumber).length).toBeLessThanOrEqual(2)
    const repeated = await check(on(1), person, question, 'mine')
    expect([repeated.status, repeated.body.id, codes(repeated)]).toEqual([200, row?.id, []])
  },
)

test('a function that is cut off by its own time limit is such a dead one too', async () => {
  const person = await signIn(world)
  const question = newInvoice(world)
  world.fault('tencent', 'slow', { latencyMs: 1500, invoiceNumber: question.invoiceNumber })
  await expect(invoke(500, () => check(on(0), person, question, 'cut'))).rejects.toThrow()
  // The client comes back with its key and is told to wait, without a second call.
  const again = await check(on(1), person, question, 'cut')
  expect(again.body.state).toMatch(/pending|done/)
  expect(results(question.invoiceNumber)).toHaveLength(1)
  await new Promise(resolve => setTimeout(resolve, 1200))
})
