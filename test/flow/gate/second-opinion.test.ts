import { check, codes, newInvoice, type Question, read, recheck, signIn, signInAll } from '../faults/asking'
import { type GateWorld, openGateWorld } from '../faults/gate-world'

let world: GateWorld
beforeAll(async () => {
  // A hundred yuan and more are worth a second opinion here.
  world = await openGateWorld({ containers: 2, limits: { secondOpinionFromFen: 10_000 } })
})
afterAll(() => world.close())
beforeEach(() => {
  world.fault('*', 'none')
  world.patience.timeoutMs = 5000
  world.clock.advance(10 * 60_000)
  world.logs.length = 0
})

const on = (at: number) => world.containers[at % 2] ?? world.container
const calls = ({ invoiceNumber }: Question) =>
  world.ledger(invoiceNumber).map(({ provider, result }) => [provider, result])
const unknownTo = (name: 'tencent' | 'baidu', code: string, { invoiceNumber }: Question) =>
  world.fault(name, 'code', { code, invoiceNumber })

test('two that do not find an important invoice agree; both findings are kept, for two tries', async () => {
  const person = await signIn(world)
  const question = newInvoice(world, { isUnknown: true })
  const { body } = await check(on(0), person, question)
  expect(body).toMatchObject({ outcome: 'not_found', disagreement: false, triesLeftToday: 3, yourTriesLeftToday: 1 })
  expect(body.opinions.map(({ provider, outcome }) => [provider, outcome])).toEqual([
    ['tencent', 'not_found'],
    ['baidu', 'not_found'],
  ])
  for (const { requestId, checkedAt } of body.opinions) {
    expect(requestId).not.toBe('')
    expect(Math.abs(Date.parse(checkedAt) - world.clock.now())).toBeLessThan(60_000)
  }
  expect(calls(question)).toEqual([
    ['tencent', 'not_found'],
    ['baidu', 'not_found'],
  ])
  // Both are paid for, and the next one reuses both.
  expect(world.logs.find(({ costFen }) => costFen !== undefined)).toMatchObject({ costFen: 30 + 24 })
  const again = await check(on(1), await signIn(world), question)
  expect(again.body).toMatchObject({ outcome: 'not_found', fromCache: true, opinions: body.opinions })
  expect((await read(on(1), person, body.id)).body.opinions).toEqual(body.opinions)
})

test('two that differ are a state of its own: the tax data stands, and says that the sources disagree', async () => {
  const question = newInvoice(world)
  unknownTo('tencent', 'ResourceNotFound.NoInvoice', question)
  const reply = await check(on(0), await signIn(world), question)
  expect(reply.body).toMatchObject({
    outcome: 'consistent',
    lifecycle: 'normal',
    disagreement: true,
    triesLeftToday: 3,
  })
  expect(reply.body.provider?.name).toBe('baidu')
  expect(reply.body.opinions.map(({ outcome }) => outcome)).toEqual(['not_found', 'consistent'])
  expect(codes(reply)[0]).toBe('SOURCES_DISAGREE')
})

test('a second one that knows the number with another field beats silence', async () => {
  const question = newInvoice(world)
  unknownTo('tencent', 'ResourceNotFound.NoInvoice', question)
  const { body } = await check(on(0), await signIn(world), { ...question, amount: '999.00' })
  expect(body).toMatchObject({ outcome: 'mismatch', disagreement: true })
})

test.each([
  ['down', 4],
  ['maintenance', 4],
  ['rate_limited', 4],
  ['malformed', 3],
  ['hang_after_charge', 3],
] as const)('a second one in trouble (%s) contradicts nobody', async (mode, left) => {
  const question = newInvoice(world, { isUnknown: true })
  world.patience.timeoutMs = 1500
  world.fault('baidu', mode, { invoiceNumber: question.invoiceNumber })
  const { status, body } = await check(on(0), await signIn(world), question)
  expect([status, body.outcome, body.disagreement, body.triesLeftToday]).toEqual([200, 'not_found', false, left])
  expect(calls(question)).toHaveLength(2)
})

test('an amount below is not worth a second call', async () => {
  const question = newInvoice(world, { isUnknown: true, amountWithTax: '99.99' })
  const { body } = await check(on(0), await signIn(world), question)
  expect(body).toMatchObject({ outcome: 'not_found', opinions: [], triesLeftToday: 4 })
  expect(calls(question)).toHaveLength(1)
})

test('a second call leaves a try to people: with too few left it is not made', async () => {
  const question = newInvoice(world)
  const people = await signInAll(world, 3)
  const [one, two, three] = people
  if (one === undefined || two === undefined || three === undefined) throw new Error('nobody')
  for (const [at, person] of [one, two, three].entries())
    await check(on(at), person, { ...question, amount: `${at + 1}.00` })
  unknownTo('tencent', 'ResourceNotFound.NoInvoice', question)
  const fourth = await check(on(0), one, question)
  expect(fourth.body).toMatchObject({ outcome: 'not_found', opinions: [], triesLeftToday: 1 })
  expect(calls(question)).toHaveLength(4)
})

test('any other answer than not found asks nobody else', async () => {
  const question = newInvoice(world)
  const person = await signIn(world)
  const { body } = await check(on(0), person, question)
  expect(body).toMatchObject({ outcome: 'consistent', opinions: [] })
  expect((await recheck(on(1), person, body.id)).body.opinions).toEqual([])
  expect(calls(question)).toHaveLength(2)
})

test("the second one's own limit of the day closes the day", async () => {
  const question = newInvoice(world, { isUnknown: true })
  unknownTo('baidu', '0002', question)
  const { body } = await check(on(0), await signIn(world), question)
  expect(body).toMatchObject({ outcome: 'not_found', triesLeftToday: 0 })
  const next = await check(on(1), await signIn(world), { ...question, amount: '107.00' })
  expect(next.body).toMatchObject({ cause: 'daily_limit', provider: null })
})
