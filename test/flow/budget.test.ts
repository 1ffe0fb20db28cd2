import { digitalInvoice, openWorld, type World } from './given'
import { foundInvoice } from './tencent-server'
import { check, recheck, signIn } from './when'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(() => {
  world.tencent.questions.length = 0
  world.tencent.play(question => foundInvoice(question))
})

test('the sixth check of a day is never sent, whoever asks it', async () => {
  const people = await Promise.all(Array.from({ length: 3 }, () => signIn(world)))
  const invoice = digitalInvoice()
  const left: number[] = []
  for (let ask = 0; ask < 8; ask++) {
    const person = people[ask % 3]
    if (person === undefined) throw new Error('no person')
    // Another amount each time: another question about the same invoice.
    const { body } = await check(world, person, { ...invoice, amount: `${ask + 1}.00` })
    left.push(body.triesLeftToday)
    if (ask >= 5) {
      expect(body).toMatchObject({ outcome: 'could_not_check', cause: 'daily_limit', provider: null })
      expect(body.nextTryAt).toBe('2026-11-22T16:00:00.000Z')
      expect(body.reasons.map(reason => reason.code)).toEqual(['DAILY_LIMIT_REACHED'])
    }
  }
  expect(left).toEqual([4, 3, 2, 1, 0, 0, 0, 0])
  expect(world.tencent.questions).toHaveLength(5)
})

test('twenty questions at once about one invoice never make six calls', async () => {
  world.patience.factor = 0.2
  const people = await Promise.all(Array.from({ length: 20 }, () => signIn(world)))
  const invoice = digitalInvoice()
  const replies = await Promise.all(
    people.map((person, ask) => check(world, person, { ...invoice, amount: `${ask + 1}.00` })),
  )
  expect(world.tencent.questions.length).toBeLessThanOrEqual(5)
  expect(replies.every(reply => reply.status === 200 && reply.body.state === 'done')).toBe(true)
  expect(replies.filter(reply => reply.body.outcome === 'consistent')).toHaveLength(world.tencent.questions.length)
  world.patience.factor = 1
})

test('an answer that was reused spends no try', async () => {
  const person = await signIn(world)
  const invoice = digitalInvoice()
  await check(world, person, invoice)
  for (let again = 0; again < 6; again++) {
    expect((await check(world, person, invoice)).body).toMatchObject({ fromCache: true, triesLeftToday: 4 })
  }
  expect(world.tencent.questions).toHaveLength(1)
})

test('a call that the provider did not count gives its try back', async () => {
  const person = await signIn(world)
  world.tencent.play(() => ({ code: 'RequestLimitExceeded' }))
  world.patience.factor = 0.05
  const invoice = digitalInvoice()
  const busy = await check(world, person, invoice)
  expect(busy.body).toMatchObject({ outcome: 'could_not_check', cause: 'busy', triesLeftToday: 5 })
  world.tencent.play(question => foundInvoice(question))
  expect((await check(world, person, invoice)).body).toMatchObject({ outcome: 'consistent', triesLeftToday: 4 })
})

test("the provider's own daily limit ends the day for the invoice", async () => {
  const person = await signIn(world)
  world.tencent.play(() => ({ code: 'FailedOperation.CountLimitError' }))
  const invoice = digitalInvoice()
  const first = await check(world, person, invoice)
  expect(first.body).toMatchObject({ cause: 'daily_limit', triesLeftToday: 0, nextTryAt: '2026-11-22T16:00:00.000Z' })
  expect(first.body.provider).not.toBeNull()
  const second = await check(world, person, invoice)
  expect(second.body).toMatchObject({ cause: 'daily_limit', provider: null })
  expect(world.tencent.questions).toHaveLength(1)
})

test('the tries come back at midnight in Shanghai, not before', async () => {
  const person = await signIn(world)
  const invoice = digitalInvoice()
  world.clock.set('2026-11-23T23:59:58+08:00')
  const first = await check(world, person, invoice)
  for (let spent = 1; spent < 5; spent++) await recheck(world, person, first.body.id)
  world.clock.set('2026-11-23T23:59:59.999+08:00')
  expect((await recheck(world, person, first.body.id)).body).toMatchObject({ cause: 'daily_limit', triesLeftToday: 0 })
  world.clock.set('2026-11-24T00:00:00+08:00')
  expect((await recheck(world, person, first.body.id)).body).toMatchObject({ outcome: 'consistent', triesLeftToday: 4 })
  expect(world.tencent.questions).toHaveLength(6)
})

test('a call that crosses midnight counts on the new day, where the tax side may have counted it', async () => {
  const person = await signIn(world)
  world.clock.set('2026-11-24T23:59:59.900+08:00')
  world.tencent.play(question => {
    world.clock.set('2026-11-25T00:00:01+08:00')
    return foundInvoice(question)
  })
  expect((await check(world, person, digitalInvoice())).body.triesLeftToday).toBe(4)
})

test('how long an answer is reused depends on what it says', async () => {
  const person = await signIn(world)
  const minutes = 60_000
  const cases = [
    { play: (question: never) => foundInvoice(question), reused: 11 * 60 * minutes, stale: 61 * minutes },
    { play: () => ({ code: 'FailedOperation.InvoiceMismatch' }), reused: 11 * 60 * minutes, stale: 61 * minutes },
    { play: () => ({ code: 'ResourceNotFound.NoInvoice' }), reused: 14 * minutes, stale: minutes },
    { play: () => ({ code: 'ResourceUnavailable.TaxNetworkError' }), reused: -1, stale: 0 },
  ]
  world.clock.set('2026-11-26T00:00:00+08:00')
  for (const { play, reused, stale } of cases) {
    world.tencent.play(play as never)
    const invoice = digitalInvoice()
    await check(world, person, invoice)
    if (reused >= 0) {
      world.clock.advance(reused)
      expect((await check(world, person, invoice)).body.fromCache).toBe(true)
    }
    world.clock.advance(stale)
    expect((await check(world, person, invoice)).body.fromCache).toBe(false)
  }
})
