import { digitalInvoice, openWorld, type World } from './given'
import { foundInvoice } from './tencent-server'
import { check, list, type Person, problemOf, send, signIn } from './when'

let world: World
let person: Person
let numbers: string[]

beforeAll(async () => {
  world = await openWorld()
  person = await signIn(world)
  numbers = []
  for (let row = 0; row < 12; row++) {
    const invoice = digitalInvoice()
    numbers.push(String(invoice.invoiceNumber))
    world.tencent.play(question =>
      row % 3 === 0
        ? { code: 'ResourceNotFound.NoInvoice' }
        : foundInvoice(question, {
            IsAbandoned: row % 3 === 1 ? 'N' : 'Y',
            SellerName: row === 4 ? 'ACME 公司' : '乙',
          }),
    )
    await check(world, person, invoice)
    // Two rows a day.
    world.clock.advance(12 * 3_600_000)
  }
})
afterAll(() => world.close())

const shown = async (query: Record<string, string>) =>
  (await list(world, person, query)).body.items.map(item => numbers.indexOf(item.asked.invoiceNumber))

test('the history is newest first, and paging shows every row once', async () => {
  const seen: number[] = []
  let cursor: string | null = null
  do {
    const { body } = await list(world, person, { limit: '5', ...(cursor !== null && { cursor }) })
    seen.push(...body.items.map(item => numbers.indexOf(item.asked.invoiceNumber)))
    cursor = body.nextCursor
  } while (cursor !== null)
  expect(seen).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0])
})

test('a page that ends exactly at the last row has no cursor', async () => {
  expect((await list(world, person, { limit: '12' })).body.nextCursor).toBeNull()
})

test('a row added while paging neither repeats nor hides an older one', async () => {
  const first = await list(world, person, { limit: '4' })
  const late = digitalInvoice()
  await check(world, person, late)
  const rest = await list(world, person, { limit: '100', cursor: first.body.nextCursor ?? '' })
  const together = [...first.body.items, ...rest.body.items].map(item => item.asked.invoiceNumber)
  expect(together).toEqual(numbers.slice().reverse())
  const id = (await list(world, person, { limit: '1' })).body.items[0]?.id ?? ''
  expect((await send(world, 'DELETE /v1/verifications/{id}', { params: { id }, headers: person.headers })).status).toBe(
    204,
  )
})

test('filters find by outcome, state, day and part of a number or a name', async () => {
  expect(await shown({ outcome: 'not_found' })).toEqual([9, 6, 3, 0])
  expect(await shown({ lifecycle: 'voided' })).toEqual([11, 8, 5, 2])
  expect(await shown({ outcome: 'pending' })).toEqual([])
  // The first check is at 10:00, then one each twelve hours.
  expect(await shown({ from: '2026-11-23', to: '2026-11-24' })).toEqual([5, 4, 3, 2])
  expect(await shown({ to: '2026-11-22' })).toEqual([1, 0])
  expect(await shown({ q: 'acme' })).toEqual([4])
  expect(await shown({ q: (numbers[7] ?? '').slice(-6) })).toEqual([7])
  expect(await shown({ q: '乙', outcome: 'consistent', lifecycle: 'normal', from: '2026-11-26' })).toEqual([10])
})

test('filtered pages show every match once too', async () => {
  const seen: number[] = []
  let cursor: string | null = null
  do {
    const query = { outcome: 'consistent', limit: '3', ...(cursor !== null && { cursor }) }
    const { body } = await list(world, person, query)
    seen.push(...body.items.map(item => numbers.indexOf(item.asked.invoiceNumber)))
    cursor = body.nextCursor
  } while (cursor !== null)
  expect(seen).toEqual([11, 10, 8, 7, 5, 4, 2, 1])
})

test('a cursor is worth nothing changed, to somebody else or under other filters', async () => {
  const { nextCursor } = (await list(world, person, { limit: '2' })).body
  const cursor = nextCursor ?? ''
  const [position = '', mac = ''] = cursor.split('.')
  const flipped = `${position.slice(0, -2)}${position.endsWith('AA') ? 'BB' : 'AA'}.${mac}`
  const bad = ['x', '', '.', `${cursor}x`, `${cursor}.`, `${position}.`, `.${mac}`, flipped, `${position}=.${mac}`]
  for (const changed of bad) {
    const reply = await list(world, person, { limit: '2', cursor: changed })
    expect([changed, reply.status, problemOf(reply as never).code]).toEqual([changed, 400, 'BAD_CURSOR'])
  }
  expect((await list(world, person, { limit: '2', outcome: 'not_found', cursor })).status).toBe(400)
  expect((await list(world, await signIn(world), { limit: '2', cursor })).status).toBe(400)
  expect((await list(world, person, { limit: '50', cursor })).status).toBe(200)
})

test('a limit or day that is none is named', async () => {
  const cases = { limit: ['0', '101', '-1', '1.5', 'x', ''], from: ['x', '2026-02-30', '20261122'], to: ['2026-13-01'] }
  for (const [field, values] of Object.entries(cases)) {
    for (const value of values) {
      const reply = await list(world, person, { [field]: value })
      expect([value, reply.status, problemOf(reply as never).fields?.[0]?.field]).toEqual([value, 422, field])
    }
  }
})

test('days that no clock reaches are empty or open ends, never a fault', async () => {
  for (const [query, rows] of [
    [{ to: '1960-01-01' }, 0],
    [{ from: '1950-01-01', to: '1960-01-01' }, 0],
    [{ from: '1950-01-01', limit: '100' }, 12],
    [{ to: '2300-01-01', limit: '100' }, 12],
    [{ from: '2300-01-01' }, 0],
  ] as [Record<string, string>, number][]) {
    const { status, body } = await list(world, person, query)
    expect([query, status, body.items.length]).toEqual([query, 200, rows])
  }
})

test('a deleted account reads nothing, by no filter and no cursor', async () => {
  const leaver = await signIn(world)
  for (let row = 0; row < 3; row++) await check(world, leaver, digitalInvoice())
  const { nextCursor } = (await list(world, leaver, { limit: '1' })).body
  // The deletion breaks off before any record is gone.
  world.table.onCommand(({ name }) => {
    if (name === 'DeleteItemCommand') throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' })
  })
  await send(world, 'DELETE /v1/me', { headers: leaver.headers })
  world.table.onCommand(null)
  for (const query of [{}, { to: '2030-01-01' }, { limit: '1', cursor: nextCursor ?? '' }] as Record<
    string,
    string
  >[]) {
    expect([query, (await list(world, leaver, query)).status]).toEqual([query, 401])
  }
})

test('in a row of an earlier day nobody has spent a try of today', async () => {
  const asker = await signIn(world)
  await check(world, asker, digitalInvoice())
  const row = async () => (await list(world, asker)).body.items[0]
  expect(await row()).toMatchObject({ triesLeftToday: 4, yourTriesLeftToday: 2 })
  world.clock.advance(24 * 3_600_000)
  expect(await row()).toMatchObject({ triesLeftToday: 5, yourTriesLeftToday: 3 })
})

test('a person sees own rows only', async () => {
  expect((await list(world, await signIn(world))).body).toEqual({ items: [], nextCursor: null })
})
