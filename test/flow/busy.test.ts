import { digitalInvoice, openWorld, type World } from './given'
import { foundInvoice } from './tencent-server'
import { check, signIn } from './when'

let world: World
beforeAll(async () => {
  world = await openWorld({ providerTimeoutMs: 1000 })
})
afterAll(() => world.close())
beforeEach(() => {
  world.tencent.questions.length = 0
  world.logs.length = 0
  world.patience.factor = 0
})

test('a provider that refuses for its rate is asked up to four times more, at the cost of one try', async () => {
  const person = await signIn(world)
  world.tencent.play(question =>
    world.tencent.questions.length < 5 ? { code: 'RequestLimitExceeded' } : foundInvoice(question),
  )
  const { body } = await check(world, person, digitalInvoice())
  expect(body).toMatchObject({ outcome: 'consistent', triesLeftToday: 4 })
  const refusal = 'RequestLimitExceeded'
  expect(world.logs.at(-1)).toMatchObject({ attempts: [refusal, refusal, refusal, refusal, 'OK'], rawCode: 'OK' })
})

test('one that goes on refusing ends as busy, and the try comes back', async () => {
  const person = await signIn(world)
  world.tencent.play(() => ({ code: 'RequestLimitExceeded' }))
  const { body } = await check(world, person, digitalInvoice())
  expect(body).toMatchObject({ outcome: 'could_not_check', cause: 'busy', triesLeftToday: 5 })
  expect(world.tencent.questions).toHaveLength(5)
})

test('the pauses grow and are stretched by chance', async () => {
  const waits: number[] = []
  const pausing = await openWorld({ waited: ms => waits.push(ms) })
  pausing.patience.factor = 0
  pausing.tencent.play(() => ({ code: 'RequestLimitExceeded' }))
  await check(pausing, await signIn(pausing), digitalInvoice())
  await pausing.close()
  expect(waits).toHaveLength(4)
  for (const [at, least] of [250, 500, 800, 1200].entries()) {
    expect(waits[at]).toBeGreaterThanOrEqual(least)
    expect(waits[at]).toBeLessThanOrEqual(least * 1.5)
  }
})

test('what may have been counted is never sent again, also after a refusal', async () => {
  const person = await signIn(world)
  world.tencent.play(() => (world.tencent.questions.length === 1 ? { code: 'RequestLimitExceeded' } : 'reset'))
  const { body } = await check(world, person, digitalInvoice())
  expect(body).toMatchObject({ cause: 'network', triesLeftToday: 4 })
  expect(world.tencent.questions).toHaveLength(2)
})
