import { BAIDU } from '../../../functions/providers/baidu'
import { TENCENT } from '../../../functions/providers/tencent'
import { check, codes, newInvoice, signIn, signInAll } from '../faults/asking'
import { type GateWorld, MINUTE, openGateWorld } from '../faults/gate-world'

let world: GateWorld
beforeEach(async () => {
  world = await openGateWorld({ containers: 4, rows: [TENCENT] })
})
afterEach(() => world.close())

const on = (at: number) => world.containers[at % 4] ?? world.container
const calls = () => world.ledger().length

async function failures(count: number, mode: 'down' | 'maintenance' = 'down') {
  world.fault('tencent', mode)
  const person = await signIn(world)
  for (let ask = 0; ask < count; ask++) await check(on(ask), person, newInvoice(world))
  world.fault('tencent', 'none')
}

test('five failures in a row about several invoices, on any containers, pause the provider for all of them', async () => {
  await failures(5)
  expect(calls()).toBe(5)
  const people = await signInAll(world, 4)
  for (const [at, person] of people.entries()) {
    const reply = await check(on(at), person, newInvoice(world))
    expect([reply.status, reply.body.cause, codes(reply)]).toEqual([200, 'network', ['PROVIDER_PAUSED']])
    expect(reply.body).toMatchObject({ provider: null, triesLeftToday: 5 })
    expect(Date.parse(reply.body.nextTryAt ?? '')).toBeGreaterThan(world.clock.now())
    expect(reply.body.followUpAt).not.toBeNull()
  }
  expect(calls()).toBe(5)
  // A container that starts now learns it with its first check, and asks nobody either.
  expect(codes(await check(world.newContainer(), await signIn(world), newInvoice(world)))).toEqual(['PROVIDER_PAUSED'])
  expect(calls()).toBe(5)
})

test('the pause tells why: maintenance stays maintenance', async () => {
  await failures(5, 'maintenance')
  expect((await check(on(0), await signIn(world), newInvoice(world))).body.cause).toBe('maintenance')
})

test('one odd invoice, four failures, or failures far apart pause nobody', async () => {
  const person = await signIn(world)
  await failures(4)
  expect((await check(on(0), person, newInvoice(world))).body.outcome).toBe('consistent')
  for (let ask = 0; ask < 6; ask++) {
    await failures(1)
    world.clock.advance(3 * MINUTE)
  }
  const odd = newInvoice(world)
  world.fault('tencent', 'down', { invoiceNumber: odd.invoiceNumber })
  for (let ask = 0; ask < 6; ask++) {
    world.clock.advance(10_000)
    await check(on(ask), person, { ...odd, amount: `${ask + 1}.00` })
  }
  expect((await check(on(0), person, newInvoice(world))).body.outcome).toBe('consistent')
})

test('at its end one of twenty checks at once is the probe; it closes the pause', async () => {
  await failures(5)
  world.clock.advance(16_000)
  const people = await signInAll(world, 20)
  world.fault('tencent', 'slow', { latencyMs: 1500 })
  const before = calls()
  const replies = await Promise.all(people.map((person, at) => check(on(at), person, newInvoice(world))))
  expect(calls()).toBe(before + 1)
  expect(replies.filter(({ body }) => body.outcome === 'consistent')).toHaveLength(1)
  const others = replies.filter(({ body }) => body.outcome === 'could_not_check')
  expect(others.map(codes)).toEqual(Array.from({ length: 19 }, () => ['PROVIDER_PAUSED']))
  world.fault('tencent', 'none')
  // What a container saw of the pause it believes for five seconds.
  world.clock.advance(6000)
  const after = await Promise.all(people.map((person, at) => check(on(at), person, newInvoice(world))))
  expect(after.every(({ body }) => body.outcome === 'consistent')).toBe(true)
})

test('a probe that fails doubles the pause, up to five minutes', async () => {
  await failures(5)
  const person = await signIn(world)
  world.fault('tencent', 'down')
  const pauses = []
  for (let probe = 0; probe < 6; probe++) {
    const paused = await check(on(probe), person, newInvoice(world))
    const until = Date.parse(paused.body.nextTryAt ?? '')
    pauses.push(Math.round((until - world.clock.now()) / 1000))
    world.clock.advance(until - world.clock.now() + 100)
    await check(on(probe + 1), person, newInvoice(world))
  }
  expect(calls()).toBe(11)
  for (const [at, seconds] of [15, 30, 60, 120, 240, 300].entries()) {
    expect(pauses[at]).toBeGreaterThan(seconds - 5)
    expect(pauses[at]).toBeLessThanOrEqual(seconds)
  }
})

test.each(['ResourceUnavailable.InArrears', 'AuthFailure.SignatureFailure'])(
  'an account that does not work (%s) pauses the provider at once, for minutes',
  async code => {
    world.fault('tencent', 'code', { code })
    const person = await signIn(world)
    const first = await check(on(0), person, newInvoice(world))
    expect(first.body).toMatchObject({ cause: 'provider_account', triesLeftToday: 5 })
    const second = await check(on(1), person, newInvoice(world))
    expect([second.body.cause, codes(second)]).toEqual(['provider_account', ['PROVIDER_PAUSED']])
    expect(Date.parse(second.body.nextTryAt ?? '') - world.clock.now()).toBeGreaterThan(4 * MINUTE)
    expect(calls()).toBe(1)
    world.fault('tencent', 'none')
    world.clock.advance(6 * MINUTE)
    expect((await check(on(2), person, newInvoice(world))).body.outcome).toBe('consistent')
  },
)

test('while one provider is paused the next one answers, without a call to the first', async () => {
  const two = await openGateWorld({ rows: [TENCENT, BAIDU] })
  two.fault('tencent', 'down')
  const person = await signIn(two)
  for (let ask = 0; ask < 8; ask++) {
    const { body } = await check(two.container, person, newInvoice(two))
    expect([body.outcome, body.provider?.name]).toEqual(['consistent', 'baidu'])
  }
  expect(two.ledger().filter(({ provider }) => provider === 'tencent')).toHaveLength(5)
  await two.close()
})
