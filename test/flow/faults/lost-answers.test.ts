import { check, codes, list, newInvoice, type Question, read, runDueWork, signIn, signInAll } from './asking'
import { type GateWorld, openGateWorld } from './gate-world'

let world: GateWorld
beforeAll(async () => {
  world = await openGateWorld({ containers: 2 })
  // Alibaba's SDK is loaded with the first call: not within a short deadline.
  world.fault('tencent', 'maintenance')
  world.fault('baidu', 'maintenance')
  await check(world.container, await signIn(world), newInvoice(world))
})
afterAll(() => world.close())
beforeEach(() => {
  world.fault('*', 'none')
  world.patience.timeoutMs = 1200
})
afterEach(() => {
  world.patience.timeoutMs = 5000
})

const on = (at: number) => world.containers[at] ?? world.container
const charged = ({ invoiceNumber }: Question) => world.ledger(invoiceNumber).map(row => [row.result, row.charged])

/** The fault is over, and the time of the one re-check has come. */
async function recovered() {
  world.fault('*', 'none')
  world.patience.timeoutMs = 5000
  world.clock.advance(36_000)
  await runDueWork(on(1))
}

test('fault 1: an answer lost after charging is asked for once more, later, for everybody, and told as pending', async () => {
  const [person, other] = await signInAll(world, 2)
  if (person === undefined || other === undefined) throw new Error('nobody')
  const question = newInvoice(world)
  world.fault('tencent', 'hang_after_charge', { invoiceNumber: question.invoiceNumber })
  const lost = await check(on(0), person, question)
  expect([lost.status, lost.body]).toEqual([
    202,
    expect.objectContaining({ state: 'pending', outcome: null, waiting: 'recheck', triesLeftToday: 4 }),
  ])
  const wait = Date.parse(lost.body.nextTryAt ?? '') - world.clock.now()
  expect(wait).toBeGreaterThan(25_000)
  expect(wait).toBeLessThanOrEqual(35_000)
  // Nobody asks blindly meanwhile.
  const second = await check(on(1), other, question)
  expect([second.status, second.body.waiting]).toEqual([202, 'recheck'])
  await runDueWork(on(1))
  expect(charged(question)).toEqual([['found', true]])
  await recovered()
  expect((await read(on(0), person, lost.body.id)).body).toMatchObject({
    state: 'done',
    outcome: 'consistent',
    triesLeftToday: 3,
  })
  expect((await read(on(0), other, second.body.id)).body).toMatchObject({ outcome: 'consistent', fromCache: true })
  expect(charged(question)).toEqual([
    ['found', true],
    ['found', true],
  ])
  const line = world.logs.find(({ id, calls }) => id === lost.body.id && calls !== undefined)
  expect(line).toMatchObject({ route: 'worker', provider: 'tencent', costFen: 30 })
})

test('fault 2: an answer lost before charging looks the same from here: one re-check, one charge', async () => {
  const person = await signIn(world)
  const question = newInvoice(world)
  world.fault('tencent', 'hang_before_charge', { invoiceNumber: question.invoiceNumber })
  const lost = await check(on(0), person, question)
  expect([lost.status, lost.body.waiting]).toEqual([202, 'recheck'])
  await recovered()
  expect((await read(on(0), person, lost.body.id)).body.outcome).toBe('consistent')
  expect(charged(question)).toEqual([
    ['hang_before_charge', false],
    ['found', true],
  ])
})

test.each(['tencent', 'baidu', 'aliyun'] as const)(
  'fault 21: while the answer of %s is lost nobody else is asked, in no container',
  async name => {
    const person = await signIn(world)
    const question = newInvoice(world)
    const { invoiceNumber } = question
    // Who comes before it passes the question on, proved uncharged.
    if (name !== 'tencent') world.fault('tencent', 'maintenance', { invoiceNumber })
    if (name === 'aliyun') world.fault('baidu', 'maintenance', { invoiceNumber })
    world.fault(name, 'hang_after_charge', { invoiceNumber })
    const lost = await check(on(0), person, question)
    expect([lost.status, lost.body.waiting]).toEqual([202, 'recheck'])
    await check(on(1), await signIn(world), question)
    await check(on(0), await signIn(world), question)
    const rows = world.ledger(invoiceNumber)
    expect(rows.filter(row => row.charged).map(({ provider }) => provider)).toEqual([name])
    expect(rows.at(-1)?.provider).toBe(name)
    await recovered()
    expect((await read(on(0), person, lost.body.id)).body.outcome).toBe('consistent')
    expect(world.ledger(invoiceNumber).filter(row => row.charged)).toHaveLength(2)
  },
)

test('an answer that is lost twice ends as such, for good, after two calls', async () => {
  const person = await signIn(world)
  const question = newInvoice(world)
  world.fault('tencent', 'hang_after_charge', { invoiceNumber: question.invoiceNumber })
  const lost = await check(on(0), person, question)
  world.clock.advance(36_000)
  await runDueWork(on(1))
  const { body } = await read(on(0), person, lost.body.id)
  expect(body).toMatchObject({ state: 'done', outcome: 'could_not_check', cause: 'network', followUpAt: null })
  expect(body.reasons.map(({ code }) => code)).toEqual(['ANSWER_LOST'])
  for (let minute = 0; minute < 5; minute++) {
    world.clock.advance(60_000)
    await runDueWork(on(1))
  }
  expect(charged(question)).toHaveLength(2)
  expect((await list(on(0), person)).body.items).toHaveLength(1)
})

test('a re-check that may not be spent ends the answer at once', async () => {
  const people = await signInAll(world, 3)
  const question = newInvoice(world)
  const ask = (at: number, amount: string) => {
    const person = people[at % 3]
    if (person === undefined) throw new Error('nobody')
    return check(on(at % 2), person, { ...question, amount })
  }
  // Two tries are people's own: with the third spent, a robot has none.
  for (let spent = 0; spent < 2; spent++) await ask(spent, `${spent + 1}.00`)
  world.fault('tencent', 'hang_after_charge', { invoiceNumber: question.invoiceNumber })
  const third = await ask(2, '106.00')
  expect([third.status, third.body.outcome, third.body.cause]).toEqual([200, 'could_not_check', 'network'])
  expect(codes(third)).toEqual(['ANSWER_LOST'])
  world.clock.advance(36_000)
  await runDueWork(on(1))
  expect(charged(question)).toHaveLength(3)
})
