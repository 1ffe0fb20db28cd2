import { table } from '../../../functions/store/table'
import { trafficStore } from '../../../functions/store/traffic-store'
import type { InvoiceProvider } from '../../../functions/verification/ports'
import { capacityOf } from '../capacity'
import { digitalInvoice, electronicInvoice, openWorld, type World } from '../given'
import { foundInvoice } from '../tencent-server'
import { check, queueEvent, recheck, runDueWork, signIn } from '../when'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const SECOND = 1000
const MINUTE = 60 * SECOND
const counts = () => trafficStore(table(world.table.dynamo, world.table.tableName)).since(0)
const silent = () => world.tencent.play(() => ({ code: 'ResourceUnavailable.TaxNetworkError' }))
const found = () => world.tencent.play(question => foundInvoice(question))
const ask = async (invoice = digitalInvoice()) => check(world, await signIn(world), invoice)

/** A check five seconds later, which writes what waits, itself included. */
async function written() {
  world.clock.advance(5 * SECOND)
  found()
  await ask()
  return counts()
}

async function writesOf(act: () => Promise<unknown>): Promise<number> {
  const capacity = capacityOf(world.table.dynamo)
  await act()
  return capacity.stop().writes.filter(name => name === 'update minute' || name === 'update day').length
}

test('a check adds no operation; the first one five seconds later writes minute and day for both', async () => {
  await ask()
  const people = [await signIn(world), await signIn(world), await signIn(world)] as const
  expect(await writesOf(() => check(world, people[0], digitalInvoice()))).toBe(0)
  world.clock.advance(5 * SECOND)
  expect(await writesOf(() => check(world, people[1], digitalInvoice()))).toBe(2)
  expect(await writesOf(() => check(world, people[2], digitalInvoice()))).toBe(0)
  expect(await counts()).toEqual({
    verification: { answered: 3, failed: 0 },
    digital_sync: { answered: 3, failed: 0 },
    tencent: { answered: 3, failed: 0 },
  })
})

test('twenty checks at the same moment are written by the last of them', async () => {
  for (let one = 0; one < 5; one++) await ask()
  expect(await counts()).toEqual({})
  await Promise.all(Array.from({ length: 20 }, () => ask()))
  const { verification } = await counts()
  expect(verification?.answered).toBeGreaterThanOrEqual(5)
})

test('an answer that was told again from the store counts nowhere', async () => {
  const invoice = digitalInvoice()
  for (let one = 0; one < 4; one++) await ask(invoice)
  expect((await written()).verification).toEqual({ answered: 2, failed: 0 })
})

test('a recheck asks anew and counts', async () => {
  const person = await signIn(world)
  const { body } = await check(world, person, digitalInvoice())
  await recheck(world, person, body.id)
  expect((await written()).verification).toEqual({ answered: 3, failed: 0 })
})

test('an outage counts as failed, and says nothing about the sync', async () => {
  silent()
  await ask()
  expect(await written()).toEqual({
    verification: { answered: 1, failed: 1 },
    digital_sync: { answered: 1, failed: 0 },
    tencent: { answered: 1, failed: 1 },
  })
})

test('who is not asked because every provider is paused counts as failed, too', async () => {
  silent()
  for (let one = 0; one < 8; one++) await ask()
  world.clock.advance(MINUTE)
  const sums = await written()
  expect(sums.verification).toEqual({ answered: 1, failed: 8 })
  // The provider itself was asked less often.
  expect(sums.tencent?.failed).toBeLessThan(8)
})

test('a fresh digital invoice that is not found is a failure of the sync; an old one says nothing about it', async () => {
  world.tencent.play(() => ({ code: 'ResourceNotFound.NoInvoice' }))
  await ask(digitalInvoice({ issueDate: '2026-11-19' }))
  await ask(digitalInvoice({ issueDate: '2026-11-18' }))
  expect(await written()).toEqual({
    verification: { answered: 3, failed: 0 },
    digital_sync: { answered: 1, failed: 1 },
    tencent: { answered: 3, failed: 0 },
  })
})

test('a ticket of the railway counts for railway and air, too', async () => {
  world.tencent.play(question => foundInvoice(question, { Type: '', ElectronicType: '03' }))
  await ask()
  expect((await written()).rail_air).toEqual({ answered: 1, failed: 0 })
})

test('a paper counts for no sync, whatever is known of it', async () => {
  world.tencent.play(question => foundInvoice(question, { Type: '10', ElectronicType: '' }))
  await ask(electronicInvoice())
  world.tencent.play(() => ({ code: 'ResourceNotFound.NoInvoice' }))
  await ask(electronicInvoice())
  const sums = await written()
  expect([sums.verification?.answered, sums.digital_sync?.answered]).toEqual([3, 1])
})

test('what is refused, too early or over a limit counts nowhere', async () => {
  await ask()
  for (const code of [
    'InvalidParameterValue.TicketSnParameterValueLimit',
    'FailedOperation.CountLimitError',
    'ResourceNotFound.NotSupportCurrentInvoiceQuery',
  ]) {
    world.tencent.play(() => ({ code }))
    await ask()
  }
  const { verification, tencent } = await written()
  const two = { answered: 2, failed: 0 }
  expect({ verification, tencent }).toEqual({ verification: two, tencent: two })
})

test('what stood in line until nobody waits any more counts as failed', async () => {
  world.tencent.play(() => ({ code: 'RequestLimitExceeded' }))
  await ask()
  const [job] = world.queue.splice(0)
  if (job === undefined) throw new Error('no job')
  world.clock.advance(20 * MINUTE)
  await world.functions.worker(queueEvent([job.job]))
  world.clock.advance(5 * SECOND)
  await runDueWork(world)
  await world.functions.worker(queueEvent([job.job]))
  expect((await counts()).verification).toEqual({ answered: 0, failed: 1 })
})

test('counts keep the minute, the region and the provider that they are of', async () => {
  const updates = world.table.countCommands()
  await ask()
  world.clock.advance(MINUTE)
  await ask(electronicInvoice())
  world.clock.advance(MINUTE)
  await ask(digitalInvoice({ invoiceNumber: `2695200000${'7'.repeat(10)}` }))
  await written()
  const names = JSON.stringify(updates())
  for (const name of ['verification.33.tencent.ok', 'digital_sync.95.tencent.ok', 'tencent.33.tencent.ok']) {
    expect(names).toContain(name)
  }
  for (const minute of ['MIN#202611221000', 'MIN#202611221001', 'MIN#202611221002']) expect(names).toContain(minute)
})

test('a table that refuses the counts delays no check and fails none; they are written later', async () => {
  await ask()
  world.table.onCommand(({ input }) => {
    if (JSON.stringify(input.Key ?? '').includes('TRAFFIC')) throw new Error('no table')
  })
  world.clock.advance(5 * SECOND)
  const { status, body } = await ask()
  expect([status, body.outcome]).toEqual([200, 'consistent'])
  expect(world.logs.at(-1)?.warning).toBe('Error')
  world.table.onCommand(null)
  expect((await written()).verification).toEqual({ answered: 3, failed: 0 })
})

test('each provider that was called in a fail-over is judged by its own answer, the tax side by what stands', async () => {
  const second: InvoiceProvider = {
    name: 'baidu',
    kinds: new Set(['UNKNOWN']),
    order: 2,
    timeoutMs: 1000,
    callsPerSecond: 10_000,
    priceFen: 20,
    sameDay: true,
    simulated: true,
    verify: async () => ({
      outcome: 'mismatch',
      lifecycle: null,
      cause: null,
      reasons: [],
      invoice: null,
      compared: [],
      requestId: 'r',
      charged: 'yes',
      counted: 'yes',
      retry: 'none',
      rawCode: 'x',
      codeKnown: true,
    }),
  }
  await world.close()
  world = await openWorld({ others: [second] })
  silent()
  await ask()
  expect(await written()).toEqual({
    verification: { answered: 2, failed: 0 },
    digital_sync: { answered: 2, failed: 0 },
    tencent: { answered: 1, failed: 1 },
    baidu: { answered: 1, failed: 0 },
  })
})
