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

let world: NoticeWorld
beforeEach(async () => {
  world = await openNotices()
})
afterEach(() => world.close())

test.each([
  [
    'a day that is not in the calendar',
    { startsAt: '2026-02-30T18:00:00+08:00' },
    [['phases.0.startsAt', 'instant_not_real']],
  ],
  ['an hour that is none', { endsAt: '2026-11-29T25:00:00+08:00' }, [['phases.0.endsAt', 'instant_not_real']]],
  ['year 0', { startsAt: '0000-01-01T00:00:00Z' }, [['phases.0.startsAt', 'instant_not_real']]],
  ['an end before the start', { endsAt: '2026-11-28T17:00:00+08:00' }, [['phases.0.endsAt', 'ends_before_start']]],
  ['a maintenance without an end', { endsAt: null }, [['phases.0.endsAt', 'required']]],
  ['a window of five weeks', { endsAt: '2027-01-02T18:00:00+08:00' }, [['phases.0.endsAt', 'window_too_long']]],
  ['a region that is none', { regions: ['31', '99'] }, [['phases.0.regions.1', 'unknown_value']]],
])('%s is refused, naming the field', async (_, changes, fields) => {
  const reply = await write(world, saturday({ phases: [phase(changes)] }))
  expect([reply.status, fieldsOf(reply)]).toEqual([422, fields])
})

test('everything that is wrong is named at once', async () => {
  const reply = await write(
    world,
    saturday({
      title: ' \u0000 ',
      state: 'identified',
      eta: '2026-11-28T10:00:00+08:00',
      publishAt: '2026-13-01T00:00:00Z',
      phases: [phase({ startsAt: '2026-11-31T18:00:00+08:00' }), phase({ endsAt: '2026-11-28T17:00:00+08:00' })],
    }),
  )
  expect(
    fieldsOf(reply)
      ?.map(([field]) => field)
      .sort(),
  ).toEqual(['phases.0.startsAt', 'phases.1.endsAt', 'publishAt', 'state', 'title'])
  expect(fieldsOf(await write(world, saturday({ phases: [] })))).toEqual([['phases', 'required']])
  expect(fieldsOf(await write(world, { ...saturday(), type: 'incident', phases: [] }))).toEqual([
    ['phases', 'required'],
  ])
  expect((await write(world, { ...saturday(), type: 'statement', phases: [] })).status).toBe(201)
})

test('what an operator types is kept as plain text of one line or several', async () => {
  const { body } = await write(
    world,
    saturday({ title: ' a\u0007b\nc\ud800 😀 ', summary: 'one\r\ntwo\u0000', phases: [phase({ workaround: '  ' })] }),
  )
  expect(body).toMatchObject({ title: 'a b c 😀', summary: 'one\ntwo', phases: [{ workaround: null }] })
})

test('the operators’ list shows drafts first, with where they came from', async () => {
  const shown = (await write(world, saturday({ title: 'public' }))).body
  const draft = (await write(world, saturday({ title: 'draft', draft: true }))).body
  const headers = world.operator.headers
  const page = await world.send<{ items: { id: string; origin: string }[]; nextCursor: string | null }>(
    'GET /v1/operator/notices',
    { headers, query: { limit: '1' } },
  )
  expect(page.body.items).toMatchObject([{ id: draft.id, origin: 'operator', publishAt: null, publishedAt: null }])
  const rest = await world.send<typeof page.body>('GET /v1/operator/notices', {
    headers,
    query: { limit: '1', cursor: page.body.nextCursor ?? '' },
  })
  expect(rest.body).toMatchObject({ items: [{ id: shown.id }], nextCursor: null })
})

test('a preview shows the notice as everybody would see it, and stores nothing', async () => {
  const reply = await world.send<{
    banner: string
    calendar: string
    notice: { state: string }
    messages: { occasion: string; template: string; fields: Record<string, string> }[]
  }>('POST /v1/operator/notices/preview', { body: saturday(), headers: world.operator.headers })
  expect(reply.status).toBe(200)
  expect(reply.body.banner).toContain('发票查验平台升级')
  expect(reply.body.banner).toContain('北京时间')
  expect(reply.body.calendar).toContain('DTSTART:20261128T100000Z')
  expect(reply.body.messages.map(({ occasion }) => occasion)).toEqual([
    'published',
    'changed',
    'before_24h',
    'before_1h',
    'started',
    'extended',
    'ended',
  ])
  for (const { fields } of reply.body.messages) for (const value of Object.values(fields)) expect(value).not.toBe('')
  expect((await listed(world)).body.items).toEqual([])
  const bad = await world.send<never>('POST /v1/operator/notices/preview', {
    body: saturday({ phases: [phase({ endsAt: null })] }),
    headers: world.operator.headers,
  })
  expect(bad.status).toBe(422)
})

const CALLS: [string, Record<string, unknown>][] = [
  ['GET /v1/operator/notices', {}],
  ['POST /v1/operator/notices', { body: saturday() }],
  ['POST /v1/operator/notices/preview', { body: saturday() }],
  ['GET /v1/operator/notices/{id}', { params: { id: 'ntc_1' } }],
  ['PATCH /v1/operator/notices/{id}', { params: { id: 'ntc_1' }, body: { title: 'x' } }],
  ['POST /v1/operator/notices/{id}/transition', { params: { id: 'ntc_1' }, body: { to: 'cancelled' } }],
]
test.each(CALLS)('%s is no call for others', async (route, request) => {
  const stranger = await world.send<{ code: string }>(route, { ...request, headers: world.person.headers })
  expect([stranger.status, stranger.body.code]).toEqual([404, 'NOT_FOUND'])
  expect((await world.send(route, request)).status).toBe(401)
})

test('a notice that is not there, or has no id of ours, is not found by operators either', async () => {
  for (const id of ['ntc_none', '..%2f', 'x'.repeat(100)]) {
    expect((await patch(world, id, { title: 'x' })).status).toBe(404)
    expect((await move(world, id, { to: 'cancelled' })).status).toBe(404)
    expect((await see(world, id)).status).toBe(404)
  }
})

test('fault 24: a table that is throttled is a 503 with Retry-After, and the same key ends it', async () => {
  world.table.onCommand(({ name }) => {
    if (name === 'PutItemCommand') throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' })
  })
  const refused = await write(world, saturday(), 'again')
  expect([refused.status, Number(refused.headers['retry-after']) > 0]).toEqual([503, true])
  world.table.onCommand(null)
  expect((await write(world, saturday(), 'again')).status).toBe(201)
  expect((await listed(world)).body.items).toHaveLength(1)
})

test('fault 28: a due index that lags tells nothing twice, and no reader looks into it', async () => {
  const { id } = (await write(world, saturday())).body
  await world.publish()
  const before = await world.notices.read(id)
  // The index of a minute ago still names it.
  const lagging = { ...world.notices, due: async () => [id] }
  expect(await lagging.due()).toEqual([id])
  await world.publish()
  expect(await world.notices.read(id)).toEqual(before)
  const commands = world.table.countCommands()
  await listed(world)
  await see(world, id)
  for (const { input } of commands()) expect(input).toMatchObject({ ConsistentRead: true })
})
