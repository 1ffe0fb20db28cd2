import * as asking from '../faults/asking'
import { codes } from '../faults/asking'
import { openGateWorld } from '../faults/gate-world'
import { digitalInvoice, openWorld, type World } from '../given'
import { check, list, read, signIn } from '../when'
import { ended, HOUR, MINUTE, published, window } from './given-notice'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const notFound = () => world.tencent.play(() => ({ code: 'ResourceNotFound.NoInvoice' }))
const silent = () => world.tencent.play(() => ({ code: 'ResourceUnavailable.TaxNetworkError' }))
const DAY = 24 * HOUR

/** Ids of the reasons of a check of an invoice that is not found. */
async function missing(changes: Record<string, unknown> = {}) {
  notFound()
  const { body } = await check(world, await signIn(world), digitalInvoice(changes))
  expect(body.outcome).toBe('not_found')
  return { codes: body.reasons.map(({ code }) => code), reasons: body.reasons, notice: body.notice }
}

describe('an invoice that is not found', () => {
  test('and was issued in an outage is most likely uploaded late; the notice is named', async () => {
    const notice = await published(world, [window(world, -3 * DAY, -DAY)])
    await ended(world, notice)
    const told = await missing()
    expect(told.notice).toEqual({ id: notice.id, title: notice.title })
    expect(told.codes).toEqual([
      'ISSUED_IN_OUTAGE',
      'FIELD_TYPED_WRONG',
      'NOT_SYNCED_YET',
      'ISSUED_OFFLINE',
      'NOT_ISSUED',
    ])
    expect(told.reasons[0]?.likelihood).toBe('likely')
    expect(told.reasons[0]?.message).not.toBe('')
  })

  test('and was issued a day after the end of one is explained by it, four days after not', async () => {
    const notice = await published(world, [window(world, -10 * DAY, -3 * DAY + HOUR)])
    expect((await missing({ issueDate: '2026-11-20' })).notice?.id).toBe(notice.id)
    expect((await missing({ issueDate: '2026-11-22' })).notice).not.toBeNull()
    await ended(world, notice)
    world.newContainers()
    world.clock.advance(5 * DAY)
    expect((await missing({ issueDate: '2026-11-26' })).notice).toBeNull()
  })

  test('of another region, component or a slow time is not explained', async () => {
    await published(world, [window(world, -3 * DAY, DAY, { regions: ['31'] })])
    await published(world, [window(world, -3 * DAY, DAY, { components: ['rail_air'] })])
    await published(world, [window(world, -3 * DAY, DAY, { impact: 'slow' })])
    const told = await missing()
    expect([told.notice, told.codes[0]]).toEqual([null, 'FIELD_TYPED_WRONG'])
  })

  test('of the region, or in a stop of the uploads alone, is explained', async () => {
    const there = await published(world, [window(world, -3 * DAY, DAY, { regions: ['31', '33'] })])
    expect((await missing()).notice?.id).toBe(there.id)
    world.newContainers()
    await ended(world, there)
    const sync = await published(world, [
      window(world, -HOUR, DAY, { components: ['digital_sync'], impact: 'delayed' }),
    ])
    expect((await missing({ issueDate: '2026-11-22' })).notice?.id).toBe(sync.id)
  })

  test('is explained by a draft to nobody', async () => {
    await published(world, [window(world, -3 * DAY, DAY)], { publishedAt: null })
    expect((await missing()).notice).toBeNull()
  })

  test('and is told again from the store is explained by what is known by then', async () => {
    const invoice = digitalInvoice()
    notFound()
    expect((await check(world, await signIn(world), invoice)).body.notice).toBeNull()
    const notice = await published(world, [window(world, -3 * DAY, DAY)])
    world.clock.advance(MINUTE)
    const again = await check(world, await signIn(world), invoice)
    expect(again.body).toMatchObject({ fromCache: true, notice: { id: notice.id } })
  })
})

describe('a result that was shown', () => {
  test('keeps its notice, or that it had none, whatever becomes of the notice', async () => {
    const person = await signIn(world)
    silent()
    const before = await check(world, person, digitalInvoice())
    const notice = await published(world, [window(world, -HOUR, HOUR)])
    world.clock.advance(MINUTE)
    const within = await check(world, person, digitalInvoice())
    await ended(world, notice)
    world.clock.advance(DAY)
    expect((await read(world, person, before.body.id)).body.notice).toBeNull()
    expect((await read(world, person, within.body.id)).body.notice).toEqual({ id: notice.id, title: notice.title })
    expect((await list(world, person)).body.items[0]?.notice?.id).toBe(notice.id)
  })
})

describe('a check without an answer', () => {
  test('names the notice in force, and promises nothing for before its end', async () => {
    const notice = await published(world, [window(world, -HOUR, 9 * HOUR)])
    silent()
    const { body } = await check(world, await signIn(world), digitalInvoice())
    const end = world.clock.now() + 9 * HOUR
    expect(body).toMatchObject({ cause: 'maintenance', notice: { id: notice.id, title: notice.title } })
    expect(Date.parse(body.nextTryAt ?? '')).toBe(end)
    expect(Date.parse(body.followUpAt ?? '')).toBeGreaterThanOrEqual(end)
    expect(Date.parse(body.followUpAt ?? '')).toBeLessThanOrEqual(end + 10 * MINUTE)
  })

  test('waits as ever when nobody knows the end, or it has passed', async () => {
    await published(world, [window(world, -HOUR, null)], { type: 'incident', state: 'identified' })
    silent()
    const { body } = await check(world, await signIn(world), digitalInvoice())
    expect(body.notice).not.toBeNull()
    expect(Date.parse(body.followUpAt ?? '') - world.clock.now()).toBeLessThanOrEqual(40 * MINUTE)
  })

  test("names a notice of its provider's own", async () => {
    const notice = await published(world, [window(world, -HOUR, HOUR, { components: ['tencent'] })])
    await published(world, [window(world, -HOUR, HOUR, { components: ['baidu'] })])
    silent()
    expect((await check(world, await signIn(world), digitalInvoice())).body.notice?.id).toBe(notice.id)
  })

  test('that the provider refused, or that is over a limit, has nothing to do with a notice', async () => {
    await published(world, [window(world, -HOUR, HOUR)])
    for (const code of ['InvalidParameterValue.TicketSnParameterValueLimit', 'FailedOperation.CountLimitError']) {
      world.tencent.play(() => ({ code }))
      const { body } = await check(world, await signIn(world), digitalInvoice())
      expect([body.outcome, body.notice]).toEqual(['could_not_check', null])
    }
  })

  test('stands as it is when the notices cannot be read, with a warning in the log', async () => {
    await published(world, [window(world, -HOUR, HOUR)])
    silent()
    world.table.onCommand(({ input }) => {
      if (String(input.IndexName) === 'byCreation') throw new Error('no table')
    })
    const { status, body } = await check(world, await signIn(world), digitalInvoice())
    expect([status, body.outcome, body.notice]).toEqual([200, 'could_not_check', null])
    expect(world.logs.filter(({ warning }) => warning === 'notices not read')).toHaveLength(1)
    world.table.onCommand(null)
    expect((await check(world, await signIn(world), digitalInvoice())).body.notice).not.toBeNull()
  })
})

test('a found invoice, a mismatch and a paper of another place read no notice', async () => {
  await published(world, [window(world, -HOUR, HOUR)])
  const counted = world.table.countCommands()
  const person = await signIn(world)
  await check(world, person, digitalInvoice())
  world.tencent.play(() => ({ code: 'FailedOperation.InvoiceMismatch' }))
  await check(world, person, digitalInvoice())
  await check(world, person, { ...digitalInvoice(), issueDate: '2019-01-02' })
  expect(JSON.stringify(counted())).not.toContain('QueryCommand')
})

test.each([
  ['down', 'network'],
  ['maintenance', 'maintenance'],
] as const)(
  'in the trouble of faults 14 and 16 (%s) whoever gets no answer is told of the notice, paused or not',
  async (mode, cause) => {
    const gate = await openGateWorld()
    try {
      const notice = await published(gate, [window(gate, -HOUR, 3 * HOUR)])
      gate.fault('*', mode)
      const told = []
      for (let person = 0; person < 8; person++) {
        told.push(await asking.check(gate.container, await asking.signIn(gate), asking.newInvoice(gate)))
      }
      expect(told.map(({ body }) => [body.cause, body.notice?.id])).toEqual(told.map(() => [cause, notice.id]))
      expect(told.flatMap(codes)).toContain('PROVIDER_PAUSED')
      const end = notice.phases[0]?.endsAt ?? 0
      expect(told.every(({ body }) => Date.parse(body.followUpAt ?? '') >= end)).toBe(true)
    } finally {
      await gate.close()
    }
  },
)
