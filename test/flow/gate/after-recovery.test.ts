import { digitalInvoice, openWorld, type World } from '../given'
import { foundInvoice } from '../tencent-server'
import { check, list, type Person, problemOf, read, recheck, runDueWork, send, signIn } from '../when'
import { changed, ended, HOUR, MINUTE, published, window } from './given-notice'

const DAY = 24 * HOUR

let world: World
let person: Person
beforeEach(async () => {
  world = await openWorld()
  person = await signIn(world, 'patient')
})
afterEach(() => world.close())

const later = (changes: Record<string, unknown> = {}) => digitalInvoice({ afterRecovery: true, ...changes })
const calls = () => world.tencent.questions.length
const now = () => world.clock.now()

/** Time passes, with a sweep every ten minutes. */
async function elapse(ms: number, step = 10 * MINUTE): Promise<void> {
  const until = now() + ms
  while (now() < until) {
    world.clock.advance(Math.min(step, until - now()))
    await runDueWork(world)
  }
}

/** Ids of the checks whose person is to be told, in order. */
const told = () => world.told.map(({ job }) => (job.kind === 'check' ? job.verificationId : job.kind))

describe('in a window in which nobody can check', () => {
  test('a check that waits for its end is pending with the notice and the announced end; nothing is asked or spent', async () => {
    const notice = await published(world, [window(world, -HOUR, 9 * HOUR)])
    const invoice = later()
    const { status, body } = await check(world, person, invoice)
    expect(status).toBe(202)
    expect(body).toMatchObject({
      state: 'pending',
      waiting: 'outage',
      notice: { id: notice.id, title: notice.title },
      triesLeftToday: 5,
      yourTriesLeftToday: 3,
      proofNumber: null,
    })
    expect(Date.parse(body.nextTryAt ?? '')).toBe(now() + 9 * HOUR)
    await elapse(8 * HOUR)
    expect((await read(world, person, body.id)).body).toMatchObject({ state: 'pending', waiting: 'outage' })
    expect([calls(), told()]).toEqual([0, []])
  })

  test("it runs shortly after the end as its person's own check, and they are told, once", async () => {
    const notice = await published(world, [window(world, -HOUR, 2 * HOUR)])
    const { body } = await check(world, person, later())
    await elapse(2 * HOUR)
    await ended(world, notice)
    await elapse(30 * MINUTE)
    const { body: done } = await read(world, person, body.id)
    expect(done).toMatchObject({
      id: body.id,
      state: 'done',
      outcome: 'consistent',
      fromCache: false,
      follows: null,
      notice: null,
      triesLeftToday: 4,
      yourTriesLeftToday: 2,
    })
    expect([calls(), told()]).toEqual([1, [body.id]])
    expect(world.told[0]?.job).toEqual({ kind: 'check', userId: person.userId, verificationId: body.id })
    await elapse(3 * HOUR)
    expect([calls(), told()]).toEqual([1, [body.id]])
  })

  test('an end that comes hours early is noticed within half an hour', async () => {
    const notice = await published(world, [window(world, -HOUR, 40 * HOUR)])
    const { body } = await check(world, person, later())
    await elapse(4 * HOUR)
    await ended(world, notice)
    await elapse(40 * MINUTE)
    expect((await read(world, person, body.id)).body.outcome).toBe('consistent')
  })

  test('an end that is put off is waited for anew, and told', async () => {
    const notice = await published(world, [window(world, -HOUR, 2 * HOUR)])
    const { body } = await check(world, person, later())
    await elapse(HOUR)
    await changed(world, notice, { phases: [window(world, -2 * HOUR, 9 * HOUR)] })
    await elapse(2 * HOUR)
    const { body: waiting } = await read(world, person, body.id)
    expect(waiting).toMatchObject({ state: 'pending', waiting: 'outage', notice: { id: notice.id } })
    expect(Date.parse(waiting.nextTryAt ?? '')).toBe(now() + 7 * HOUR)
    expect(calls()).toBe(0)
  })

  test('an end that nobody knows, or that has passed and is not told, is looked for every half hour', async () => {
    const notice = await published(world, [window(world, -HOUR, null)], { type: 'incident', state: 'identified' })
    const { body } = await check(world, person, later())
    const first = Date.parse(body.nextTryAt ?? '') - now()
    expect(first).toBeGreaterThanOrEqual(25 * MINUTE)
    expect(first).toBeLessThanOrEqual(30 * MINUTE)
    await changed(world, notice, { eta: now() + HOUR })
    await elapse(3 * HOUR)
    expect((await read(world, person, body.id)).body).toMatchObject({ state: 'pending', waiting: 'outage' })
    await changed(world, notice, { state: 'resolved', endedAt: now() })
    await elapse(40 * MINUTE)
    expect((await read(world, person, body.id)).body.outcome).toBe('consistent')
  })

  test('past the planned end it asks by itself, waits on while the outage answers, and ends when it does not', async () => {
    await published(world, [window(world, -HOUR, 2 * HOUR)])
    const { body } = await check(world, person, later())
    world.tencent.play(() => ({ code: 'ResourceUnavailable.TaxNetworkError' }))
    await elapse(3 * HOUR)
    expect(calls()).toBeGreaterThan(0)
    const waiting = (await read(world, person, body.id)).body
    expect(waiting).toMatchObject({ state: 'pending', waiting: 'outage', triesLeftToday: 5, yourTriesLeftToday: 3 })
    expect(told()).toEqual([])
    world.tencent.play(question => foundInvoice(question))
    await elapse(HOUR)
    expect((await read(world, person, body.id)).body).toMatchObject({ outcome: 'consistent', follows: null })
    expect(told()).toEqual([body.id])
  })

  test('after a week it is asked, whatever the notice says', async () => {
    await published(world, [window(world, -HOUR, null)], { type: 'incident', state: 'identified' })
    const { body } = await check(world, person, later())
    await elapse(7 * DAY - HOUR, 6 * HOUR)
    expect(calls()).toBe(0)
    await elapse(90 * MINUTE)
    // A session does not live so long.
    const again = await signIn(world, 'patient')
    expect((await read(world, again, body.id)).body.outcome).toBe('consistent')
    expect([calls(), told()]).toEqual([1, [body.id]])
  })

  test('the same key again is the same check, and another body under it is refused', async () => {
    await published(world, [window(world, -HOUR, HOUR)])
    const invoice = later()
    const first = await check(world, person, invoice, 'k')
    const again = await check(world, person, invoice, 'k')
    expect([again.status, again.body.id]).toEqual([202, first.body.id])
    const { afterRecovery: _, ...plain } = invoice
    const other = await check(world, person, plain, 'k')
    expect(problemOf(other).code).toBe('KEY_REUSED')
    expect((await list(world, person)).body.items).toHaveLength(1)
  })

  test('what is known already is told at once', async () => {
    const invoice = digitalInvoice()
    await check(world, person, invoice)
    await published(world, [window(world, -HOUR, HOUR)])
    const { status, body } = await check(world, await signIn(world), { ...invoice, afterRecovery: true })
    expect([status, body.outcome, body.fromCache]).toEqual([200, 'consistent', true])
  })

  test('who does not want to wait is asked for now, beside the check that waits', async () => {
    await published(world, [window(world, -HOUR, HOUR)])
    const invoice = later()
    const { body } = await check(world, person, invoice)
    const asked = await recheck(world, person, body.id)
    expect(asked.body.outcome).toBe('consistent')
    expect((await read(world, person, body.id)).body.waiting).toBe('outage')
  })

  test("somebody else's silence meanwhile ends no check that waits", async () => {
    const notice = await published(world, [window(world, -HOUR, HOUR)])
    const invoice = later()
    const { body } = await check(world, person, invoice)
    world.tencent.play(() => ({ code: 'ResourceUnavailable.TaxNetworkError' }))
    world.clock.advance(MINUTE)
    const { afterRecovery: _, ...plain } = invoice
    expect((await check(world, await signIn(world), plain)).body.cause).toBe('maintenance')
    expect((await read(world, person, body.id)).body).toMatchObject({ state: 'pending', waiting: 'outage' })
    world.tencent.play(question => foundInvoice(question))
    await elapse(HOUR)
    await ended(world, notice)
    await elapse(40 * MINUTE)
    expect((await read(world, person, body.id)).body).toMatchObject({ outcome: 'consistent', follows: null })
  })

  test('it is asked now when the notices cannot be read; a look that fails comes again and asks nobody', async () => {
    await published(world, [window(world, -HOUR, 2 * HOUR)])
    const broken = () =>
      world.table.onCommand(({ input }) => {
        if (String(input.IndexName) === 'byCreation') throw new Error('no table')
      })
    const { body } = await check(world, person, later())
    broken()
    world.newContainers()
    expect((await check(world, person, later())).body.outcome).toBe('consistent')
    world.clock.advance(HOUR)
    await expect(runDueWork(world)).rejects.toThrow('jobs failed')
    world.table.onCommand(null)
    expect([calls(), (await read(world, person, body.id)).body.state]).toEqual([1, 'pending'])
    await runDueWork(world)
    expect([calls(), (await read(world, person, body.id)).body.state]).toEqual([1, 'pending'])
  })

  test('a deleted check, and one of a deleted account, never run', async () => {
    const notice = await published(world, [window(world, -HOUR, HOUR)])
    const { body } = await check(world, person, later())
    const other = await signIn(world)
    await check(world, other, later())
    await send(world, 'DELETE /v1/verifications/{id}', { params: { id: body.id }, headers: person.headers })
    await send(world, 'DELETE /v1/me', { headers: other.headers })
    await ended(world, notice)
    await elapse(2 * HOUR)
    expect([calls(), told()]).toEqual([0, []])
  })
})

describe('without a window in which nobody can check', () => {
  test.each([
    ['a slow time', { impact: 'slow' }],
    ['late data', { impact: 'delayed' }],
    ['another region', { regions: ['31'] }],
    ['another component', { components: ['rail_air'] }],
  ] as const)('the check simply runs: %s', async (_, more) => {
    await published(world, [window(world, -HOUR, HOUR, { ...more } as never)])
    const { status, body } = await check(world, person, later())
    expect([status, body.outcome, told()]).toEqual([200, 'consistent', []])
  })

  test('a window that lies ahead, or behind, holds nothing up', async () => {
    await published(world, [window(world, HOUR, 2 * HOUR)], { state: 'scheduled' })
    await ended(world, await published(world, [window(world, -2 * HOUR, HOUR)]))
    expect((await check(world, person, later())).body.outcome).toBe('consistent')
  })
})

describe('whoever did not wait for the end of a check', () => {
  test('is told of a repetition after an outage, once, and not of what it repeats', async () => {
    world.tencent.play(() => ({ code: 'ResourceUnavailable.TaxNetworkError' }))
    const { body } = await check(world, person, digitalInvoice())
    world.tencent.play(question => foundInvoice(question))
    await elapse(2 * HOUR)
    const [repeated] = (await list(world, person)).body.items
    expect([repeated?.follows, repeated?.outcome]).toEqual([body.id, 'consistent'])
    expect(told()).toEqual([repeated?.id])
  })

  test('is told of a lost answer that was asked again minutes later, not of one that was asked again at once', async () => {
    world.tencent.play(() => 'reset')
    const invoices = [digitalInvoice(), digitalInvoice()] as const
    const prompt = await check(world, person, invoices[0])
    world.tencent.play(question => foundInvoice(question))
    world.clock.advance(40_000)
    await runDueWork(world)
    expect([(await read(world, person, prompt.body.id)).body.outcome, told()]).toEqual(['consistent', []])
    world.tencent.play(() => 'reset')
    const late = await check(world, person, invoices[1])
    world.tencent.play(question => foundInvoice(question))
    world.clock.advance(5 * MINUTE)
    await runDueWork(world)
    expect(told()).toEqual([late.body.id])
  })

  test('is told by the next sweep when the queue was away, and by one message more at most after a death', async () => {
    const notice = await published(world, [window(world, -HOUR, HOUR)])
    const { body } = await check(world, person, later())
    await ended(world, notice)
    world.table.onCommand(({ input }) => {
      // The worker dies after the fan-out has its job, before that is noted.
      if (JSON.stringify(input.ConditionExpression ?? '').includes('tellAt')) throw new Error('dead')
    })
    await elapse(40 * MINUTE)
    expect((await read(world, person, body.id)).body.outcome).toBe('consistent')
    expect(new Set(told())).toEqual(new Set([body.id]))
    expect(world.logs.some(({ warning }) => String(warning).startsWith('person not told'))).toBe(true)
    world.table.onCommand(null)
    await elapse(10 * MINUTE)
    const known = told().length
    await elapse(HOUR)
    expect(told()).toHaveLength(known)
    expect(calls()).toBe(1)
  })
})
