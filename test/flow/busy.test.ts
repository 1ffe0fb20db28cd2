import { digitalInvoice, openWorld, type World } from './given'
import { foundInvoice, type Play } from './tencent-server'
import { check, read, runDueWork, signIn } from './when'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const BUSY: Play = { code: 'RequestLimitExceeded' }

/** Goes on to the next time of a pending check and does what is due then. */
async function runAt(nextTryAt: string | null): Promise<void> {
  world.clock.set(nextTryAt ?? '')
  await runDueWork(world)
}

test('a provider that refuses for its rate is not hurried: the check waits for a place, nothing is spent, the worker asks', async () => {
  const person = await signIn(world)
  world.tencent.play(() => BUSY)
  const invoice = digitalInvoice()
  const waiting = await check(world, person, invoice, 'k')
  expect(waiting.status).toBe(202)
  expect(waiting.body).toMatchObject({ state: 'pending', waiting: 'slot', triesLeftToday: 5, yourTriesLeftToday: 3 })
  expect(Date.parse(waiting.body.nextTryAt ?? '')).toBeGreaterThan(world.clock.now())
  expect(world.tencent.questions).toHaveLength(1)
  expect(world.logs.at(-1)).toMatchObject({ calls: ['tencent:RequestLimitExceeded'], costFen: 0 })
  // The phone asks again under its key: still the same check, and no call.
  expect((await check(world, person, invoice, 'k')).body.id).toBe(waiting.body.id)
  world.tencent.play(question => foundInvoice(question))
  await runAt(waiting.body.nextTryAt)
  expect((await read(world, person, waiting.body.id)).body).toMatchObject({
    outcome: 'consistent',
    fromCache: false,
    triesLeftToday: 4,
    yourTriesLeftToday: 2,
  })
  expect(world.tencent.questions).toHaveLength(2)
})

test('one that goes on refusing is asked less and less, and the check neither fails nor spends', async () => {
  const person = await signIn(world)
  world.tencent.play(() => BUSY)
  const first = await check(world, person, digitalInvoice())
  const began = world.clock.now()
  let { body } = first
  while (world.clock.now() - began < 5 * 60_000) {
    await runAt(body.nextTryAt)
    body = (await read(world, person, first.body.id)).body
    expect(body).toMatchObject({ state: 'pending', waiting: 'slot', triesLeftToday: 5 })
  }
  // Five seconds apart at first, then pauses of 15 s, 30 s, 1 min, 2 min.
  expect(world.tencent.questions.length).toBeLessThanOrEqual(10)
  world.tencent.play(question => foundInvoice(question))
  for (let rounds = 0; rounds < 3 && body.state === 'pending'; rounds++) {
    await runAt(body.nextTryAt)
    body = (await read(world, person, first.body.id)).body
  }
  expect(body).toMatchObject({ outcome: 'consistent', triesLeftToday: 4 })
})

test('what may have been counted is not sent again at once, also after a refusal', async () => {
  const person = await signIn(world)
  world.tencent.play(() => (world.tencent.questions.length === 1 ? BUSY : 'reset'))
  const first = await check(world, person, digitalInvoice())
  await runAt(first.body.nextTryAt)
  const lost = (await read(world, person, first.body.id)).body
  expect(lost).toMatchObject({ state: 'pending', waiting: 'recheck', triesLeftToday: 4 })
  world.clock.advance(20_000)
  await runDueWork(world)
  expect(world.tencent.questions).toHaveLength(2)
  await runAt(lost.nextTryAt)
  expect((await read(world, person, first.body.id)).body).toMatchObject({ cause: 'network', triesLeftToday: 3 })
  expect(world.tencent.questions).toHaveLength(3)
})
