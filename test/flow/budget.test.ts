import { digitalInvoice, openWorld, type World } from './given'
import { foundInvoice } from './tencent-server'
import { check, read, recheck, runDueWork, signIn } from './when'

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

test('one person uses three of the five, and is told that it is their own limit', async () => {
  const [eager, other] = [await signIn(world), await signIn(world)]
  const invoice = digitalInvoice()
  const asked = (at: number) => ({ ...invoice, amount: `${at}.00` })
  const left: [number, number][] = []
  for (let ask = 1; ask <= 3; ask++) {
    const { body } = await check(world, eager, asked(ask))
    left.push([body.triesLeftToday, body.yourTriesLeftToday])
  }
  expect(left).toEqual([
    [4, 2],
    [3, 1],
    [2, 0],
  ])
  const { body } = await check(world, eager, asked(4))
  expect(body).toMatchObject({ outcome: 'could_not_check', cause: 'daily_limit', triesLeftToday: 2, provider: null })
  expect(body.reasons.map(reason => reason.code)).toEqual(['PERSON_LIMIT_REACHED'])
  expect((await check(world, other, asked(4))).body).toMatchObject({ outcome: 'consistent', yourTriesLeftToday: 1 })
  expect(world.tencent.questions).toHaveLength(4)
})

test('twenty questions at once about one invoice make five calls, and each of them ends', async () => {
  world.patience.factor = 0.02
  const people = await Promise.all(Array.from({ length: 20 }, () => signIn(world)))
  const invoice = digitalInvoice()
  const ids = await Promise.all(
    people.map(async (person, ask) => (await check(world, person, { ...invoice, amount: `${ask + 1}.00` })).body.id),
  )
  for (let round = 0; round < 3; round++) {
    world.clock.advance(3000)
    await runDueWork(world)
  }
  const ends = await Promise.all(people.map((person, at) => read(world, person, ids[at] ?? '')))
  expect(world.tencent.questions).toHaveLength(5)
  expect(ends.filter(({ body }) => body.outcome === 'consistent')).toHaveLength(5)
  expect(ends.filter(({ body }) => body.cause === 'daily_limit')).toHaveLength(15)
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
  world.tencent.play(() => ({ code: 'ResourceUnavailable.TaxNetworkError' }))
  const invoice = digitalInvoice()
  const outage = await check(world, person, invoice)
  expect(outage.body).toMatchObject({ cause: 'maintenance', triesLeftToday: 5, yourTriesLeftToday: 3 })
  world.tencent.play(question => foundInvoice(question))
  expect((await check(world, person, invoice)).body).toMatchObject({ outcome: 'consistent', triesLeftToday: 4 })
})

test("the provider's own daily limit ends the day for the invoice, and some minutes of the next", async () => {
  const person = await signIn(world)
  world.tencent.play(() => ({ code: 'FailedOperation.CountLimitError' }))
  const invoice = digitalInvoice()
  const first = await check(world, person, invoice)
  expect(first.body).toMatchObject({ cause: 'daily_limit', triesLeftToday: 0, yourTriesLeftToday: 0 })
  expect(first.body.provider).not.toBeNull()
  const minutes = (Date.parse(first.body.nextTryAt ?? '') - Date.parse('2026-11-23T00:00:00+08:00')) / 60_000
  expect(minutes).toBeGreaterThanOrEqual(1)
  expect(minutes).toBeLessThanOrEqual(10)
  for (const at of ['2026-11-22T11:00:00+08:00', '2026-11-23T00:00:59+08:00']) {
    world.clock.set(at)
    const again = await check(world, person, invoice)
    expect(again.body).toMatchObject({ cause: 'daily_limit', provider: null, nextTryAt: first.body.nextTryAt })
  }
  expect(world.tencent.questions).toHaveLength(1)
  world.tencent.play(question => foundInvoice(question))
  world.clock.set(first.body.nextTryAt ?? '')
  expect((await check(world, person, invoice)).body).toMatchObject({ outcome: 'consistent', triesLeftToday: 4 })
})

test('the tries come back at midnight in Shanghai, not before', async () => {
  const [a, b] = [await signIn(world), await signIn(world)]
  const invoice = digitalInvoice()
  world.clock.set('2026-11-23T23:59:58+08:00')
  const [first, second] = [await check(world, a, invoice), await check(world, b, { ...invoice, amount: '107.00' })]
  for (let more = 0; more < 2; more++) await recheck(world, a, first.body.id)
  await recheck(world, b, second.body.id)
  world.clock.set('2026-11-23T23:59:59.999+08:00')
  expect((await recheck(world, b, first.body.id)).status).toBe(404)
  expect((await recheck(world, b, second.body.id)).body).toMatchObject({ cause: 'daily_limit', triesLeftToday: 0 })
  world.clock.set('2026-11-24T00:00:00+08:00')
  expect((await recheck(world, a, first.body.id)).body).toMatchObject({ outcome: 'consistent', triesLeftToday: 4 })
  expect(world.tencent.questions).toHaveLength(6)
})

test('a call that crosses midnight counts on the new day, where the tax side may have counted it', async () => {
  const person = await signIn(world)
  world.clock.set('2026-11-24T23:59:59.900+08:00')
  world.tencent.play(question => {
    world.clock.set('2026-11-25T00:00:01+08:00')
    return foundInvoice(question)
  })
  const { body } = await check(world, person, digitalInvoice())
  expect(body).toMatchObject({ triesLeftToday: 4, yourTriesLeftToday: 2 })
})

test('how long an answer is reused depends on what it says', async () => {
  const person = await signIn(world)
  const minutes = 60_000
  const cases = [
    { play: (question: never) => foundInvoice(question), reused: 359 * minutes, stale: minutes },
    { play: () => ({ code: 'FailedOperation.InvoiceMismatch' }), reused: 719 * minutes, stale: minutes },
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
