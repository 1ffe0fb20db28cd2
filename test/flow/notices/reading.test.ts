import type { Status } from '@shared/contract/notice'
import {
  fieldsOf,
  listed,
  move,
  type NoticeWorld,
  openNotices,
  patch,
  phase,
  saturday,
  see,
  write,
} from './given-notices'

const HOUR = 3_600_000
const MINUTE = 60_000
let world: NoticeWorld
beforeEach(async () => {
  world = await openNotices()
})
afterEach(() => world.close())

const status = async (query: Record<string, string> = {}) =>
  (await world.send<Status>('GET /v1/status', { query })).body
const componentOf = ({ components }: Status, name: string) => components.find(({ component }) => component === name)

/** On since half an hour, everywhere unless it says where. */
const outage = (changes: Record<string, unknown> = {}) =>
  saturday({
    type: 'incident',
    title: '没有答复',
    phases: [phase({ startsAt: '2026-11-22T09:30:00+08:00', endsAt: null, ...changes })],
  })

async function written(...bodies: Record<string, unknown>[]): Promise<string[]> {
  const ids: string[] = []
  for (const body of bodies) {
    ids.push((await write(world, body)).body.id)
    world.clock.advance(MINUTE)
  }
  return ids
}

test('anybody lists notices: what is not over first, then the newest; page by page, each once', async () => {
  const ids = await written(...Array.from({ length: 7 }, (_, at) => saturday({ title: `notice ${at}` })))
  await written(saturday({ draft: true }), saturday({ publishAt: '2026-11-25T00:00:00+08:00' }))
  await move(world, ids[6] ?? '', { to: 'cancelled' })
  const expected = [5, 4, 3, 2, 1, 0, 6].map(at => ids[at])
  const seen: string[] = []
  for (let query: Record<string, string> = { limit: '3' }; ; ) {
    const { status: code, body } = await listed(world, query)
    expect(code).toBe(200)
    seen.push(...body.items.map(({ id }) => id))
    if (body.nextCursor === null) break
    query = { limit: '3', cursor: body.nextCursor }
  }
  expect(seen).toEqual(expected)
})

test('filters by component, region and state go together; a region means everywhere, too', async () => {
  const [everywhere, shanghai, sync, news] = await written(
    saturday(),
    saturday({ phases: [phase({ regions: ['31'] })] }),
    saturday({ phases: [phase({ components: ['digital_sync'], regions: ['11'] })] }),
    { ...saturday(), type: 'statement', phases: [] },
  )
  const ids = async (query: Record<string, string>) => (await listed(world, query)).body.items.map(({ id }) => id)
  expect(await ids({ component: 'verification' })).toEqual([shanghai, everywhere])
  expect(await ids({ component: 'verification', region: '11' })).toEqual([everywhere])
  expect(await ids({ region: '11' })).toEqual([news, sync, everywhere])
  expect(await ids({ state: 'scheduled' })).toEqual([sync, shanghai, everywhere])
  await move(world, shanghai ?? '', { to: 'cancelled' })
  expect(await ids({ state: 'cancelled' })).toEqual([shanghai])
  expect(await ids({ state: 'active', component: 'verification' })).toEqual([everywhere])
  // By the clock, whether or not the publisher has come by.
  world.clock.set('2026-11-28T18:00:00+08:00')
  expect(await ids({ state: 'in_progress', component: 'verification' })).toEqual([everywhere])
})

test('a filtered page may end early, and its cursor goes on', async () => {
  const bodies = Array.from({ length: 12 }, (_, at) =>
    saturday({ phases: [phase({ components: [at === 0 ? 'fiscal' : 'api'] })] }),
  )
  const [oldest] = await written(...bodies)
  const first = (await listed(world, { component: 'fiscal', limit: '2' })).body
  expect(first.items).toEqual([])
  expect(first.nextCursor).not.toBeNull()
  const rest = (await listed(world, { component: 'fiscal', limit: '2', cursor: first.nextCursor ?? '' })).body
  expect([rest.items.map(({ id }) => id), rest.nextCursor]).toEqual([[oldest], null])
})

test('a cursor of another list, another filter or nobody is a bad one; so is a bad limit or filter', async () => {
  await written(saturday(), saturday())
  const cursor = (await listed(world, { limit: '1' })).body.nextCursor ?? ''
  const wrong: Record<string, string>[] = [
    { cursor: `${cursor}x` },
    { cursor: 'abc' },
    { cursor, component: 'api' },
    { cursor: '' },
  ]
  for (const query of wrong) {
    const reply = await listed(world, { limit: '1', ...query })
    expect([reply.status, reply.body.code]).toEqual([400, 'BAD_CURSOR'])
  }
  const desk = await world.send<{ code: string }>('GET /v1/operator/notices', {
    query: { cursor },
    headers: world.operator.headers,
  })
  expect([desk.status, desk.body.code]).toEqual([400, 'BAD_CURSOR'])
  expect(fieldsOf(await listed(world, { limit: '0' }))).toEqual([['limit', 'limit_range']])
  expect(fieldsOf(await listed(world, { component: 'satellite', region: 'x', state: 'odd' }))).toEqual([
    ['component', 'unknown_value'],
    ['region', 'format'],
    ['state', 'unknown_value'],
  ])
})

test('the status says how every component stands: incident before maintenance before operational', async () => {
  const [maintenance] = await written(
    saturday({ phases: [phase({ startsAt: '2026-11-22T09:00:00+08:00', endsAt: '2026-11-22T20:00:00+08:00' })] }),
    saturday({
      title: 'next',
      phases: [phase({ startsAt: '2026-11-29T09:00:00+08:00', endsAt: '2026-11-29T20:00:00+08:00' })],
    }),
    saturday({ title: 'sooner' }),
  )
  expect(componentOf(await status(), 'verification')).toMatchObject({
    standing: 'maintenance',
    impact: 'down',
    noticeId: maintenance,
    until: '2026-11-22T12:00:00.000Z',
  })
  const [incident] = await written(outage({ impact: 'slow' }))
  const now = await status()
  expect(componentOf(now, 'verification')).toMatchObject({
    standing: 'incident',
    impact: 'slow',
    noticeId: incident,
    until: null,
  })
  expect(componentOf(now, 'fiscal')).toMatchObject({ standing: 'operational', impact: null, noticeId: null })
  expect(now.current.map(({ id }) => id)).toEqual([incident, maintenance])
  expect(now.upcoming.map(({ title }) => title)).toEqual(['sooner', 'next'])
  await move(world, incident ?? '', { to: 'resolved' })
  expect(componentOf(await status(), 'verification')).toMatchObject({ standing: 'maintenance' })
})

test('the status of a region leaves out what is elsewhere', async () => {
  await written(outage({ regions: ['31'] }))
  expect(componentOf(await status({ region: '31' }), 'verification')?.standing).toBe('incident')
  const elsewhere = await status({ region: '11' })
  expect([componentOf(elsewhere, 'verification')?.standing, elsewhere.current]).toEqual(['operational', []])
  expect(componentOf(await status(), 'verification')?.standing).toBe('incident')
})

test('the status says the share of failed checks of 15 minutes from 20 checks on, and the bars of 90 days', async () => {
  const now = world.clock.now()
  const count = (minutesAgo: number, answered: number, failed: number) => ({
    minute: Math.floor(now / MINUTE) * MINUTE - minutesAgo * MINUTE,
    component: 'verification' as const,
    region: '',
    provider: '',
    answered,
    failed,
  })
  await world.traffic.add([count(14, 10, 5), count(0, 2, 2), count(20, 1000, 0), count(24 * 60, 7, 1)])
  await world.traffic.add([count(91 * 24 * 60, 9, 9)])
  expect(componentOf(await status(), 'verification')).toMatchObject({
    recent: { checks: 19, failedShare: null },
    days: [
      { day: '2026-11-21', answered: 7, failed: 1 },
      { day: '2026-11-22', answered: 1012, failed: 7 },
    ],
  })
  await world.traffic.add([count(1, 0, 1)])
  expect(componentOf(await status(), 'verification')?.recent).toEqual({ checks: 20, failedShare: 0.4 })
  expect(componentOf(await status(), 'api')).toMatchObject({ recent: { checks: 0, failedShare: null }, days: [] })
})

test('the status is three reads, however much there is to tell; a list, a notice and a feed are one', async () => {
  const [id = ''] = await written(...Array.from({ length: 30 }, () => outage()))
  const cost = async (route: string, query: Record<string, string> = {}) => {
    const commands = world.table.countCommands()
    await world.send(route, { query, params: { id } })
    return commands().map(({ name }) => name)
  }
  expect(await cost('GET /v1/status')).toEqual(['QueryCommand', 'QueryCommand', 'QueryCommand'])
  expect(await cost('GET /v1/notices')).toEqual(['QueryCommand'])
  expect(await cost('GET /v1/notices/{id}')).toEqual(['GetItemCommand'])
  for (const feed of ['ics', 'atom', 'json']) expect(await cost(`GET /v1/notices.${feed}`)).toEqual(['QueryCommand'])
})

test('fault 29: every read of a notice is strongly consistent: a change is seen by the next look', async () => {
  const [id = ''] = await written(saturday(), saturday())
  const commands = world.table.countCommands()
  await patch(world, id, { title: 'changed' })
  await see(world, id)
  await listed(world)
  await status()
  await world.send('GET /v1/notices.ics', { query: { id } })
  const reads = commands().filter(
    ({ name, input }) => name !== 'PutItemCommand' && input.IndexName !== 'pendingByDeadline',
  )
  // The counters of the last minutes are sums that nobody decides by.
  const ofNotices = reads.filter(({ input }) => !JSON.stringify(input).includes('TRAFFIC'))
  expect(ofNotices.length).toBeGreaterThan(4)
  for (const { input } of ofNotices) expect(input).toMatchObject({ ConsistentRead: true })
})

test('fault 30: counters that should have expired are shown no more', async () => {
  const now = world.clock.now()
  await world.traffic.add([{ minute: now, component: 'api', region: '', provider: '', answered: 1, failed: 0 }])
  world.clock.advance(89 * 24 * HOUR)
  expect(componentOf(await status(), 'api')?.days).toHaveLength(1)
  world.clock.advance(24 * HOUR)
  expect(componentOf(await status(), 'api')?.days).toEqual([])
})

test('readers see the newest version at once, and an old client’s page never fails on a notice', async () => {
  const [id = ''] = await written(saturday())
  for (let at = 0; at < 5; at++) await patch(world, id, { title: `title ${at}` })
  expect((await see(world, id)).body).toMatchObject({ title: 'title 4', version: 6 })
  world.clock.advance(400 * 24 * HOUR)
  expect((await listed(world)).status).toBe(200)
  expect((await status()).current).toMatchObject([{ id, overdue: true }])
})

test('fault 24: a throttled table is a 503 with Retry-After to readers', async () => {
  world.table.onCommand(() => {
    throw Object.assign(new Error('slow down'), { name: 'ProvisionedThroughputExceededException' })
  })
  for (const route of ['GET /v1/notices', 'GET /v1/status', 'GET /v1/notices.ics', 'GET /v1/notices.atom']) {
    const reply = await world.send(route)
    expect([reply.status, Number(reply.headers['retry-after']) > 0]).toEqual([503, true])
  }
})
