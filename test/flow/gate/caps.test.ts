import { check, codes, newInvoice, recheck, runDueWork, send, signIn, signInAll } from '../faults/asking'
import { type GateWorld, openGateWorld, type WorldOptions } from '../faults/gate-world'

const worlds: GateWorld[] = []
async function open(limits: WorldOptions['limits']): Promise<GateWorld> {
  const world = await openGateWorld({ containers: 4, limits })
  worlds.push(world)
  return world
}
afterAll(() => Promise.all(worlds.map(world => world.close())))

const on = (world: GateWorld, at: number) => world.containers[at % 4] ?? world.container
const paid = (world: GateWorld) => world.ledger().filter(({ charged }) => charged).length
interface Costs {
  limit: string
  items: { day: string; total: string; providers: { name: string; calls: number; amount: string; unknown: number }[] }[]
}
async function costs(world: GateWorld) {
  const operator = await signIn(world, 'operator')
  return (await send<Costs>(world.container, 'GET /v1/operator/costs', { headers: operator.headers })).body
}

test('fifty calls of one person at once with a cap of twelve are twelve paid calls, not one over', async () => {
  const world = await open({ callsPerPerson: 12 })
  const person = await signIn(world)
  const questions = Array.from({ length: 50 }, () => newInvoice(world))
  const replies = await Promise.all(questions.map((question, at) => check(on(world, at), person, question)))
  expect(paid(world)).toBe(12)
  const refused = replies.filter(({ body }) => body.outcome === 'could_not_check')
  expect(refused).toHaveLength(38)
  for (const reply of refused) {
    expect([reply.body.cause, codes(reply), reply.body.provider]).toEqual(['daily_limit', ['PERSON_SPEND_LIMIT'], null])
    expect(reply.body.triesLeftToday).toBe(5)
  }
  // Others, what is known already, and the next day are not concerned.
  const known = questions[replies.findIndex(({ body }) => body.outcome === 'consistent')]
  expect((await check(on(world, 0), person, known)).body).toMatchObject({ outcome: 'consistent', fromCache: true })
  expect((await check(on(world, 1), await signIn(world), newInvoice(world))).body.outcome).toBe('consistent')
  world.clock.moveTo('00:00:01', 1)
  expect((await check(on(world, 2), person, newInvoice(world))).body.outcome).toBe('consistent')
})

test('what cost nothing does not count against the person', async () => {
  const world = await open({ callsPerPerson: 2 })
  const person = await signIn(world)
  for (const mode of ['down', 'maintenance', 'rate_limited', 'down'] as const) {
    world.fault('*', mode)
    await check(world.container, person, newInvoice(world))
  }
  world.fault('*', 'none')
  world.clock.advance(10 * 60_000)
  const first = await check(world.container, person, newInvoice(world))
  expect(first.body.outcome).toBe('consistent')
  expect((await recheck(world.container, person, first.body.id)).body.outcome).toBe('consistent')
  expect(codes(await recheck(world.container, person, first.body.id))).toEqual(['PERSON_SPEND_LIMIT'])
})

test('fifty calls of fifty people at once with money for ten spend exactly that', async () => {
  // Tencent costs 30 fen a call.
  const world = await open({ fenPerDay: 300, robotFenPerDay: 240 })
  const people = await signInAll(world, 50)
  const replies = await Promise.all(people.map((person, at) => check(on(world, at), person, newInvoice(world))))
  expect(paid(world)).toBe(10)
  const refused = replies.filter(({ body }) => body.outcome === 'could_not_check')
  expect(refused).toHaveLength(40)
  for (const reply of refused) {
    expect([reply.body.cause, codes(reply), reply.body.triesLeftToday]).toEqual([
      'provider_account',
      ['SYSTEM_SPEND_LIMIT'],
      5,
    ])
  }
  expect(await costs(world)).toMatchObject({
    limit: '3.00',
    items: [{ day: world.clock.day(), total: '3.00', providers: [{ name: 'tencent', calls: 10, amount: '3.00' }] }],
  })
  world.clock.moveTo('00:00:01', 1)
  expect((await check(on(world, 0), await signIn(world), newInvoice(world))).body.outcome).toBe('consistent')
})

test('thirty calls at once that cost nothing leave money and calls as they were, to the last one', async () => {
  const world = await open({ callsPerPerson: 30, fenPerDay: 900, robotFenPerDay: 900 })
  const person = await signIn(world)
  const all = () => Array.from({ length: 30 }, () => newInvoice(world))
  world.fault('tencent', 'code', { code: 'InvalidParameterValue.TicketSnParameterValueLimit' })
  const refused = await Promise.all(all().map((question, at) => check(on(world, at), person, question)))
  expect(new Set(refused.map(({ body }) => body.cause))).toEqual(new Set(['input_refused']))
  expect((await costs(world)).items[0]?.total).toBe('0.00')
  world.fault('*', 'none')
  const answered = await Promise.all(all().map((question, at) => check(on(world, at), person, question)))
  // The simulator's own rate may let some wait; no limit of ours stops anybody.
  const told = new Set(answered.map(({ body }) => body.outcome ?? body.waiting))
  expect([...told].filter(what => what !== 'slot')).toEqual(['consistent'])
})

test('what was not charged is given back to the day', async () => {
  const world = await open({ fenPerDay: 60, robotFenPerDay: 60 })
  const person = await signIn(world)
  world.fault('*', 'maintenance')
  for (let ask = 0; ask < 3; ask++) await check(on(world, ask), person, newInvoice(world))
  world.fault('*', 'none')
  const answers = []
  for (let ask = 0; ask < 3; ask++) answers.push((await check(on(world, ask), person, newInvoice(world))).body.outcome)
  expect(answers).toEqual(['consistent', 'consistent', 'could_not_check'])
  expect((await costs(world)).items[0]).toMatchObject({ total: '0.60' })
})

test('robots stop while there is money left for people', async () => {
  const world = await open({ fenPerDay: 150, robotFenPerDay: 60 })
  const person = await signIn(world)
  const question = newInvoice(world)
  world.patience.timeoutMs = 1000
  world.fault('tencent', 'hang_after_charge', { invoiceNumber: question.invoiceNumber })
  const lost = await check(world.container, person, question)
  expect(lost.body.waiting).toBe('recheck')
  world.fault('*', 'none')
  world.patience.timeoutMs = 5000
  await check(world.container, person, newInvoice(world))
  expect(paid(world)).toBe(2)
  // The robots' share is spent: the automatic re-check does not go out.
  world.clock.advance(36_000)
  await runDueWork(world.container)
  expect(paid(world)).toBe(2)
  const answer = await check(world.container, person, newInvoice(world))
  expect(answer.body.outcome).toBe('consistent')
})
