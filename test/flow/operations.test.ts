import type { Command } from './dynalite-table'
import { digitalInvoice, openWorld, type World } from './given'
import { check, list, read, recheck, signIn } from './when'

const READS = ['GetItemCommand', 'BatchGetItemCommand', 'QueryCommand', 'ScanCommand']

/** DynamoDB operations, reads and writes apart. */
function cost(commands: Command[]) {
  const names = commands.map(({ name }) => name)
  const reads = names.filter(name => READS.includes(name)).length
  return { reads, writes: names.length - reads }
}

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

test('a fresh check costs at most 2 reads and 4 writes', async () => {
  const person = await signIn(world)
  const counted = world.table.countCommands()
  expect((await check(world, person, digitalInvoice())).body.outcome).toBe('consistent')
  expect(cost(counted())).toEqual({ reads: 1, writes: 4 })
})

test('a known question costs at most 2 reads and 1 write, for the same person and for another', async () => {
  const [a, b] = [await signIn(world), await signIn(world)]
  const invoice = digitalInvoice()
  await check(world, a, invoice, 'k')
  for (const [person, key] of [
    [a, 'other'],
    [b, 'k'],
  ] as const) {
    const counted = world.table.countCommands()
    expect((await check(world, person, invoice, key)).body.fromCache).toBe(true)
    expect(cost(counted())).toEqual({ reads: 1, writes: 1 })
  }
})

test('the same key again costs at most 2 reads and 1 write', async () => {
  const person = await signIn(world)
  const invoice = digitalInvoice()
  await check(world, person, invoice, 'k')
  const counted = world.table.countCommands()
  await check(world, person, invoice, 'k')
  expect(cost(counted())).toEqual({ reads: 2, writes: 1 })
})

test('a recheck costs 2 reads and 4 writes', async () => {
  const person = await signIn(world)
  const first = await check(world, person, digitalInvoice())
  const counted = world.table.countCommands()
  await recheck(world, person, first.body.id)
  expect(cost(counted())).toEqual({ reads: 2, writes: 4 })
})

test('a page of the history is exactly one Query, whatever its size', async () => {
  const person = await signIn(world)
  for (let row = 0; row < 12; row++) await check(world, person, digitalInvoice())
  for (const limit of ['1', '5', '100']) {
    const counted = world.table.countCommands()
    const { body } = await list(world, person, { limit })
    expect(counted().map(({ name }) => name)).toEqual(['QueryCommand'])
    expect(body.items).toHaveLength(Math.min(Number(limit), 12))
    expect(body.nextCursor === null).toBe(limit === '100')
  }
})

test('a page behind a cursor is one Query too, beside the look at the account', async () => {
  const person = await signIn(world)
  for (let row = 0; row < 3; row++) await check(world, person, digitalInvoice())
  const { nextCursor } = (await list(world, person, { limit: '2' })).body
  const counted = world.table.countCommands()
  await list(world, person, { limit: '2', cursor: nextCursor ?? '' })
  expect(
    counted()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['GetItemCommand', 'QueryCommand'])
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
  const { body } = await check(world, person, digitalInvoice())
  await recheck(world, person, body.id)
  await list(world, person)
  await world.functions.sweep()
  const text = JSON.stringify(counted())
  expect(text).not.toMatch(/ScanCommand|Transact|ALL_OLD|UPDATED_OLD/)
})
