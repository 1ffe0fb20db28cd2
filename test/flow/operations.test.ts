import type { InvoiceProvider, ProviderAnswer } from '../../functions/verification/ports'
import { capacityOf, type Spending } from './capacity'
import { ended, HOUR, MINUTE, published, window } from './gate/given-notice'
import { digitalInvoice, openWorld, type World } from './given'
import { foundInvoice, type Play } from './tencent-server'
import { check, list, queueEvent, read, recheck, runDueWork, signIn } from './when'

const silent: ProviderAnswer = {
  outcome: 'not_found',
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
}
const other: InvoiceProvider = {
  name: 'other',
  kinds: new Set(['UNKNOWN']),
  order: 2,
  timeoutMs: 1000,
  callsPerSecond: 10_000,
  priceFen: 20,
  sameDay: true,
  simulated: true,
  verify: async () => silent,
}

const NOT_FOUND: Play = { code: 'ResourceNotFound.NoInvoice' }
const MAINTENANCE: Play = { code: 'ResourceUnavailable.TaxNetworkError' }

let world: World
beforeEach(async () => {
  world = await openWorld({ others: [other] })
  world.patience.factor = 0
  // The day's first call opens the meter; from then on the container remembers it.
  await check(world, await signIn(world), digitalInvoice())
})
afterEach(() => world.close())

/** What an action spends on the table. */
async function spendingOf(act: () => Promise<unknown>): Promise<Spending> {
  const capacity = capacityOf(world.table.dynamo)
  await act()
  return capacity.stop()
}

const FRESH = ['put record', 'update invoice', 'update invoice', 'update meter', 'update person', 'update record']

test('a fresh check is one read and six writes', async () => {
  const person = await signIn(world)
  const spent = await spendingOf(async () => {
    expect((await check(world, person, digitalInvoice())).body.outcome).toBe('consistent')
  })
  expect(spent).toEqual({ reads: ['get 3'], writes: FRESH, readUnits: 3, writeUnits: 7 })
})

test('a known question is one read and one write, for the same person and for another', async () => {
  const [a, b] = [await signIn(world), await signIn(world)]
  const invoice = digitalInvoice()
  await check(world, a, invoice, 'k')
  for (const [person, key] of [
    [a, 'other'],
    [b, 'k'],
  ] as const) {
    const spent = await spendingOf(async () => {
      expect((await check(world, person, invoice, key)).body.fromCache).toBe(true)
    })
    expect(spent).toEqual({ reads: ['get 3'], writes: ['put record'], readUnits: 3, writeUnits: 2 })
  }
})

test('the same key again is two reads and a write that is refused', async () => {
  const person = await signIn(world)
  const invoice = digitalInvoice()
  await check(world, person, invoice, 'k')
  const spent = await spendingOf(() => check(world, person, invoice, 'k'))
  // DynamoDB charges one unit for the refused write, which dynalite does not count.
  expect(spent).toEqual({ reads: ['get 3', 'get record'], writes: ['put record'], readUnits: 4, writeUnits: 0 })
})

test('a recheck is a fresh check behind a look at its record', async () => {
  const person = await signIn(world)
  const first = await check(world, person, digitalInvoice())
  const spent = await spendingOf(() => recheck(world, person, first.body.id))
  expect(spent).toEqual({ reads: ['get 2', 'get 3'], writes: FRESH, readUnits: 5, writeUnits: 7 })
})

test('a follower looks at the invoice at most eight times, then two writes put its record where it waits', async () => {
  const [holder, follower] = [await signIn(world), await signIn(world)]
  let release = (): void => undefined
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  world.tencent.questions.length = 0
  world.tencent.play(async question => {
    await held
    return foundInvoice(question)
  })
  const invoice = digitalInvoice()
  const first = check(world, holder, invoice)
  while (world.tencent.questions.length === 0) await new Promise(resolve => setTimeout(resolve, 5))
  let id = ''
  const waited = await spendingOf(async () => {
    const { body } = await check(world, follower, invoice)
    expect(body.waiting).toBe('answer')
    id = body.id
  })
  const looks = Array(8).fill('get invoice')
  expect(waited).toEqual({
    reads: ['get 3', ...looks],
    writes: ['put record', 'update record'],
    readUnits: 11,
    writeUnits: 2,
  })
  release()
  await first
  const settled = await spendingOf(async () => {
    expect((await read(world, follower, id)).body.outcome).toBe('consistent')
  })
  expect(settled).toEqual({
    reads: ['get 2', 'get invoice'],
    writes: ['update record'],
    readUnits: 3,
    writeUnits: 2,
  })
})

test('an answer that was lost is a fresh check and a note; its re-check by the worker is two reads and six writes', async () => {
  const [person, another] = [await signIn(world), await signIn(world)]
  const invoice = digitalInvoice()
  world.tencent.play(() => 'reset')
  let nextTryAt = ''
  const lost = await spendingOf(async () => {
    const { body } = await check(world, person, invoice)
    expect(body.waiting).toBe('recheck')
    nextTryAt = body.nextTryAt ?? ''
  })
  const noted = ['put record', 'update invoice', 'update invoice', 'update meter', 'update meter', 'update person']
  expect(lost).toEqual({ reads: ['get 3'], writes: [...noted, 'update record'], readUnits: 3, writeUnits: 7 })

  const held = await spendingOf(async () => {
    expect((await check(world, another, invoice)).body.waiting).toBe('recheck')
  })
  expect(held).toEqual({ reads: ['get 3'], writes: ['put record'], readUnits: 3, writeUnits: 1 })

  world.tencent.play(question => foundInvoice(question))
  world.clock.set(nextTryAt)
  const [job] = world.queue.splice(0).map(entry => entry.job)
  if (job === undefined) throw new Error('no job')
  const again = await spendingOf(() => world.functions.worker(queueEvent([job])))
  // The claim, then what a check by a robot writes, and the end of the provider's trouble.
  const robot = ['update invoice', 'update invoice', 'update meter', 'update meter', 'update record', 'update record']
  expect(again).toEqual({ reads: ['get 2', 'get 3'], writes: robot, readUnits: 5, writeUnits: 8 })
})

test('a fail-over costs two writes more: the price of the first call back, and the place of the second', async () => {
  const person = await signIn(world)
  world.tencent.play(() => MAINTENANCE)
  const spent = await spendingOf(async () => {
    expect((await check(world, person, digitalInvoice())).body.provider?.name).toBe('other')
  })
  const writes = [...FRESH, 'update meter', 'update meter'].sort()
  // It is not found in the end: the query is for the notices.
  expect(spent).toEqual({ reads: ['get 3', 'query'], writes, readUnits: 3, writeUnits: 9 })
})

test('a second opinion costs three writes more: the place of its call, its try, and a count of the person', async () => {
  const person = await signIn(world)
  world.tencent.play(() => NOT_FOUND)
  const spent = await spendingOf(async () => {
    const { body } = await check(world, person, digitalInvoice({ amount: '10000.00' }))
    expect([body.opinions.length, body.triesLeftToday]).toEqual([2, 3])
  })
  const writes = [...FRESH, 'update invoice', 'update meter', 'update person'].sort()
  expect(spent).toEqual({ reads: ['get 3', 'query'], writes, readUnits: 3, writeUnits: 10 })
})

test('an invoice that is not found, or not answered, costs a query of the notices more, once in half a minute', async () => {
  const people = [await signIn(world), await signIn(world), await signIn(world)] as const
  world.tencent.play(() => NOT_FOUND)
  const first = await spendingOf(() => check(world, people[0], digitalInvoice()))
  expect(first).toEqual({ reads: ['get 3', 'query'], writes: FRESH, readUnits: 3, writeUnits: 7 })
  const again = await spendingOf(() => check(world, people[1], digitalInvoice()))
  expect(again).toEqual({ reads: ['get 3'], writes: FRESH, readUnits: 3, writeUnits: 7 })
  world.clock.advance(31_000)
  const later = await spendingOf(() => check(world, people[2], digitalInvoice()))
  // The counts of the checks before are written, too: by minute and by day.
  const counted = ['update day', 'update minute']
  expect(later.reads).toContain('query')
  expect(later.writes.filter(name => counted.includes(name))).toEqual(counted)
})

test('a check that waits for the end of an outage is a query, a read and a write; a look at it a read and a write', async () => {
  const person = await signIn(world)
  const notice = await published(world, [window(world, -HOUR, 5 * HOUR)])
  const put = await spendingOf(async () => {
    expect((await check(world, person, digitalInvoice({ afterRecovery: true }))).status).toBe(202)
  })
  expect(put).toMatchObject({ reads: ['get 3', 'query'], writes: ['put record'], writeUnits: 1 })
  const [message] = world.queue.splice(0)
  if (message === undefined) throw new Error('no message')
  const work = () => world.functions.worker(queueEvent([message.job]))
  world.clock.advance(31 * MINUTE)
  expect(await spendingOf(work)).toMatchObject({ reads: ['get 2', 'query'], writes: ['update record'], writeUnits: 1 })
  await ended(world, notice)
  world.clock.advance(31 * MINUTE)
  // The claim, then a fresh check's writes but for its put; and the person is told.
  const run = await spendingOf(work)
  const writes = FRESH.map(name => (name === 'put record' ? 'update record' : name))
  expect(run.reads).toEqual(['get 2', 'get 3', 'query'])
  expect(run.writes.filter(name => !/minute|day/.test(name))).toEqual([...writes, 'update record'].sort())
})

test('one check of mine is two reads and no write, a page of the history exactly one query whatever its size', async () => {
  const person = await signIn(world)
  const { body } = await check(world, person, digitalInvoice())
  for (let row = 1; row < 12; row++) await check(world, person, digitalInvoice())
  const one = await spendingOf(() => read(world, person, body.id))
  expect(one).toEqual({ reads: ['get 2', 'get invoice'], writes: [], readUnits: 3, writeUnits: 0 })
  for (const limit of ['1', '5', '100']) {
    const page = await spendingOf(async () => {
      const { items, nextCursor } = (await list(world, person, { limit })).body
      expect([items.length, nextCursor === null]).toEqual([Math.min(Number(limit), 12), limit === '100'])
    })
    expect(page).toMatchObject({ reads: ['query'], writes: [] })
  }
})

test('a page behind a cursor is one query too, beside the look at the account', async () => {
  const person = await signIn(world)
  for (let row = 0; row < 3; row++) await check(world, person, digitalInvoice())
  const { nextCursor } = (await list(world, person, { limit: '2' })).body
  const page = await spendingOf(() => list(world, person, { limit: '2', cursor: nextCursor ?? '' }))
  expect(page).toEqual({ reads: ['get account', 'query'], writes: [], readUnits: 2, writeUnits: 0 })
})

test('a sweep with nothing due is one query of each shard, of the notices and of the waves, and no work', async () => {
  const spent = await spendingOf(async () => {
    expect(await world.functions.sweep()).toEqual({ sent: 0 })
  })
  // An empty query of an index costs half a unit that dynalite does not count.
  expect(spent).toMatchObject({ reads: Array(6).fill('query'), writes: [], writeUnits: 0 })
})

test('a row of the history leaves the heavy tax detail in the table', async () => {
  const person = await signIn(world)
  const { body } = await check(world, person, digitalInvoice())
  const page = await list(world, person)
  expect(page.body.items[0]).toEqual({
    ...body,
    invoice: { ...body.invoice, items: [], remark: null, taxBureau: null },
  })
  expect((await read(world, person, body.id)).body.invoice.items).toHaveLength(1)
})

test('no check ever scans, transacts or asks for old values', async () => {
  const person = await signIn(world)
  const counted = world.table.countCommands()
  world.tencent.play(() => 'reset')
  const lost = await check(world, person, digitalInvoice())
  world.tencent.play(question => foundInvoice(question))
  world.clock.advance(36_000)
  await runDueWork(world)
  await recheck(world, person, lost.body.id)
  await list(world, person)
  await world.functions.sweep()
  const text = JSON.stringify(counted())
  expect(text).not.toMatch(/ScanCommand|Transact|ALL_OLD|UPDATED_OLD/)
})
