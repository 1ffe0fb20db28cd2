import type { Invoice } from '@shared/contract/verification'
import { check, list, newInvoice, read, recheck, runDueWork, send, signIn } from './asking'
import { dies, type Step, stepOf } from './crash'
import { type GateWorld, HOUR, MINUTE, openGateWorld } from './gate-world'

let world: GateWorld
beforeAll(async () => {
  world = await openGateWorld({ containers: 2 })
  // The first call of a day writes the day itself.
  await check(world.container, await signIn(world), newInvoice(world))
})
afterAll(() => world.close())
afterEach(() => world.table.onCommand(null))

const on = (at: number) => world.containers[at] ?? world.container
const throttled = () => Object.assign(new Error('slow down'), { name: 'ThrottlingException' })

const before: Step[] = ['open', 'insert', 'acquire', 'admit']
test.each(before)(
  'fault 24: a table throttled at %s is a 503 with Retry-After before anybody is called',
  async step => {
    const person = await signIn(world)
    const question = newInvoice(world)
    world.table.onCommand(command => {
      if (stepOf(command) === step) throw throttled()
    })
    const refused = await check(on(0), person, question, 'again')
    expect([refused.status, refused.body]).toEqual([503, expect.objectContaining({ code: 'UNAVAILABLE' })])
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(world.ledger(question.invoiceNumber)).toHaveLength(0)
    world.table.onCommand(null)
    // What was accepted is not lost: the worker, or the same key, ends it.
    await check(on(1), person, question, 'again')
    for (let minute = 0; minute < 3; minute++) {
      world.clock.advance(MINUTE)
      await runDueWork(on(1))
    }
    const answer = await check(on(1), person, question, 'again')
    expect([answer.status, answer.body.outcome]).toEqual([200, 'consistent'])
    expect(world.ledger(question.invoiceNumber)).toHaveLength(1)
  },
)

test('fault 27: an invoice of 3,000 lines is read back as it was stored, and says how many lines it leaves out', async () => {
  const items = Array.from({ length: 3000 }, (_, at) => ({
    name: `*钢材*热轧带肋钢筋 第 ${at} 行`,
    spec: 'HRB400E Φ12',
    unit: '吨',
    quantity: '1',
    unitPrice: '10.00',
    amountWithoutTax: '10.00',
    taxRate: '13%',
    taxAmount: '1.30',
  }))
  const person = await signIn(world)
  const question = newInvoice(world, { items })
  const { body } = await check(on(0), person, question)
  expect(body.outcome).toBe('consistent')
  const { items: kept, itemsLeftOut = 0 }: Invoice = body.invoice
  expect(kept.length).toBeGreaterThan(100)
  expect(kept.length + itemsLeftOut).toBe(3000)
  expect(kept).toEqual(items.slice(0, kept.length))
  expect((await read(on(1), person, body.id)).body.invoice).toEqual(body.invoice)
  const reused = await check(on(1), await signIn(world), question)
  expect(reused.body).toMatchObject({ fromCache: true, invoice: body.invoice })
})

test('fault 28: sweeper and worker bear an index that lags: what is over is left alone, what is new comes a minute later', async () => {
  const person = await signIn(world)
  const question = newInvoice(world)
  await dies(world, 'after', 'insert', () => check(world.newContainer(), person, question, 'mine'))
  world.clock.advance(31_000)
  await on(0).functions.sweep()
  const seen = world.queue.splice(0)
  expect(seen).toHaveLength(1)
  await runDueWork(on(1))
  const { id } = (await list(on(1), person)).body.items[0] ?? { id: '' }
  const done = (await read(on(1), person, id)).body
  expect(done.outcome).toBe('consistent')
  // The index of five seconds ago still names it.
  world.queue.push(...seen, ...seen)
  await runDueWork(on(1))
  expect((await read(on(1), person, id)).body).toEqual(done)
  expect(world.ledger(question.invoiceNumber)).toHaveLength(1)
  // A pending check is shown to its owner from the table itself, never from this index.
  const other = newInvoice(world)
  await dies(world, 'after', 'insert', () => check(world.newContainer(), person, other, 'new'))
  const commands = world.table.countCommands()
  expect((await list(on(0), person)).body.items[0]).toMatchObject({ state: 'pending' })
  expect(commands().map(({ input }) => [input.IndexName, input.ConsistentRead])).toEqual([['byCreation', true]])
})

test('fault 29: every read of one item is strongly consistent, and a stale view of the gate costs a look, no call', async () => {
  const [first, second] = [await signIn(world), await signIn(world)]
  const question = newInvoice(world)
  // The second looks before the first has its answer, and goes on after it.
  let go: () => void = () => undefined
  const answered = new Promise<void>(resolve => {
    go = resolve
  })
  let isHeld = true
  world.table.onCommand(command => (stepOf(command) === 'insert' && isHeld ? answered : undefined))
  const late = check(on(1), second, question)
  await new Promise(resolve => setTimeout(resolve, 100))
  isHeld = false
  const commands = world.table.countCommands()
  expect((await check(on(0), first, question)).body.fromCache).toBe(false)
  go()
  expect((await late).body).toMatchObject({ outcome: 'consistent', fromCache: true })
  expect(world.ledger(question.invoiceNumber)).toHaveLength(1)
  const { id } = (await late).body
  await read(on(0), second, id)
  await recheck(on(0), second, id)
  const reads = commands().filter(({ name }) => name === 'GetItemCommand' || name === 'BatchGetItemCommand')
  expect(reads.length).toBeGreaterThan(3)
  for (const { input } of reads) expect(JSON.stringify(input)).toContain('"ConsistentRead":true')
})

test('fault 30: what has expired and is still there opens nothing and reuses nothing', async () => {
  const person = await signIn(world)
  const question = newInvoice(world)
  const first = await check(on(0), person, question)
  await send(on(0), 'DELETE /v1/verifications/{id}', { params: { id: first.body.id }, headers: person.headers })
  // The gate lives two days, a deleted record's stone thirty, a session seven; the table deletes late.
  world.clock.advance(3 * 24 * HOUR)
  expect((await check(on(0), person, question)).body).toMatchObject({ fromCache: false, triesLeftToday: 4 })
  world.clock.advance(5 * 24 * HOUR)
  expect((await check(on(0), person, question)).status).toBe(401)
  world.clock.advance(30 * 24 * HOUR)
  const again = await signIn(world)
  expect((await read(on(0), again, first.body.id)).status).toBe(404)
})

test.each([5 * MINUTE, -5 * MINUTE])(
  'fault 31: a container whose clock is %i ms off serves every session that lives, and no other',
  async skew => {
    const skewed = world.newContainer(skew)
    const person = await signIn(world)
    expect((await check(skewed, person, newInvoice(world))).body.outcome).toBe('consistent')
    world.clock.advance(7 * 24 * HOUR - 6 * MINUTE)
    expect((await list(skewed, person)).status).toBe(200)
    world.clock.advance(12 * MINUTE)
    expect((await list(skewed, person)).status).toBe(401)
  },
)

test.each([5 * MINUTE, -5 * MINUTE])(
  'fault 31: around midnight a clock that is %i ms off opens no sixth try',
  async skew => {
    const skewed = world.newContainer(skew)
    const people = [await signIn(world), await signIn(world), await signIn(world)]
    const question = newInvoice(world)
    const { invoiceNumber } = question
    /** Another question each time, so that each would be a call. */
    const askSeven = async (yuan: number) => {
      for (let ask = 0; ask < 7; ask++) {
        const person = people[ask % 3]
        if (person === undefined) throw new Error('nobody')
        await check(ask % 2 === 0 ? skewed : on(0), person, { ...question, amount: `${yuan}.${ask}0` })
      }
    }
    world.clock.moveTo('23:58:00')
    for (const person of people) person.headers = (await signIn(world)).headers
    await askSeven(1)
    world.clock.moveTo('00:02:00', 1)
    await askSeven(2)
    const days = new Map<string, number>()
    for (const { at, charged } of world.ledger(invoiceNumber)) {
      const day = new Date(Date.parse(at) + 8 * HOUR).toISOString().slice(0, 10)
      if (charged) days.set(day, (days.get(day) ?? 0) + 1)
    }
    expect([...days.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(5)
    for (const count of days.values()) expect(count).toBeLessThanOrEqual(5)
    expect(world.ledger(invoiceNumber).some(({ result }) => result === 'daily_limit')).toBe(false)
  },
)
