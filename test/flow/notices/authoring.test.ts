import {
  desk,
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
let world: NoticeWorld
beforeEach(async () => {
  world = await openNotices()
})
afterEach(() => world.close())

test('a notice is public at once, scheduled, and says when it is', async () => {
  const { status, body } = await write(world, saturday())
  expect([status, body]).toEqual([
    201,
    expect.objectContaining({
      version: 1,
      state: 'scheduled',
      title: '发票查验平台升级',
      startsAt: '2026-11-28T10:00:00.000Z',
      endsAt: '2026-11-29T00:00:00.000Z',
      eta: '2026-11-29T00:00:00.000Z',
      overdue: false,
      confidence: 'reported',
      publishedAt: body.createdAt,
    }),
  ])
  expect((await see(world, body.id)).body).toEqual(body)
  expect((await listed(world)).body.items).toEqual([body])
})

test('a double click writes one notice and tells it once; another body under the key is refused', async () => {
  const replies = await Promise.all(Array.from({ length: 8 }, () => write(world, saturday(), 'one-click')))
  expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1)
  expect(replies.map(({ status }) => status)).toEqual(Array(8).fill(201))
  expect((await listed(world)).body.items).toHaveLength(1)
  await Promise.all([world.publish(), world.publish()])
  const id = replies[0]?.body.id ?? ''
  const waves = Object.values((await world.notices.read(id))?.claims ?? {}).flatMap(({ waveId }) => waveId ?? [])
  expect(waves).toHaveLength(1)
  const other = await write(world, saturday({ title: 'x' }), 'one-click')
  expect([other.status, other.body.code]).toEqual([422, 'KEY_REUSED'])
  expect((await write(world, saturday(), 'another-click')).body.id).not.toBe(id)
})

test('a notice timed for later is public when its time has come, and nobody sees it before', async () => {
  const { body } = await write(world, saturday({ publishAt: '2026-11-23T09:00:00+08:00' }))
  expect(body.publishedAt).toBeNull()
  expect((await see(world, body.id)).status).toBe(404)
  world.clock.set('2026-11-23T08:59:00+08:00')
  await world.publish()
  expect((await listed(world)).body.items).toEqual([])
  world.clock.set('2026-11-23T09:00:00+08:00')
  await world.publish()
  expect((await see(world, body.id)).body.publishedAt).toBe('2026-11-23T01:00:00.000Z')
  expect((await desk(world, body.id)).acts.map(({ act, by }) => [act, by === 'clock'])).toEqual([
    ['published', true],
    ['created', false],
  ])
})

test('a draft stays the operators’ own until it is timed or published, and can be thrown away', async () => {
  const { body } = await write(world, saturday({ draft: true }))
  world.clock.advance(24 * HOUR)
  await world.publish()
  expect((await see(world, body.id)).status).toBe(404)
  expect(fieldsOf(await move(world, body.id, { to: 'in_progress' }))).toEqual([['to', 'transition_not_allowed']])
  await patch(world, body.id, { publishAt: '2026-11-27T09:00:00+08:00' })
  expect((await desk(world, body.id)).publishAt).toBe('2026-11-27T01:00:00.000Z')
  const now = new Date(world.clock.now()).toISOString()
  const shown = await Promise.all([1, 2, 3].map(() => patch(world, body.id, { publishAt: now })))
  expect(shown.map(({ status }) => status)).toEqual([200, 200, 200])
  expect((await desk(world, body.id)).acts.map(({ act }) => act)).toEqual(['published', 'created'])
  expect(fieldsOf(await patch(world, body.id, { publishAt: '2026-11-27T09:00:00+08:00' }))).toEqual([
    ['publishAt', 'not_allowed'],
  ])
  const other = (await write(world, saturday({ publishAt: '2026-11-27T09:00:00+08:00' }))).body
  await move(world, other.id, { to: 'cancelled' })
  world.clock.set('2026-11-27T10:00:00+08:00')
  await world.publish()
  expect((await see(world, other.id)).status).toBe(404)
})

test('a change of wording is a version that nobody is told of; a moved window is told', async () => {
  const { id } = (await write(world, saturday())).body
  await world.publish()
  world.clock.advance(HOUR)
  const worded = (await patch(world, id, { title: '查验平台升级（改字）', text: '改了标题。' })).body
  expect(worded).toMatchObject({ version: 2, title: '查验平台升级（改字）', updates: [{ text: '改了标题。' }, {}] })
  expect((await world.notices.read(id))?.tellVersion).toBe(1)
  world.clock.advance(HOUR)
  const moved = [phase({ startsAt: '2026-11-28T20:00:00+08:00' })]
  expect((await patch(world, id, { phases: moved })).body).toMatchObject({ version: 3 })
  expect(await world.notices.read(id)).toMatchObject({ tellVersion: 3, changedAt: world.clock.now() })
  // Said again, it is said already.
  expect(
    (await patch(world, id, { phases: moved, text: '改了标题。', title: '查验平台升级（改字）' })).body.version,
  ).toBe(3)
  const { acts, versions } = await desk(world, id)
  expect(acts.map(({ act, version, detail }) => [act, version, detail])).toEqual([
    ['edited', 3, 'phases'],
    ['edited', 2, 'title'],
    ['published', 1, 'scheduled'],
    ['created', 1, '发票查验平台升级'],
  ])
  expect(versions.map(({ version, title, at }) => [version, title, at])).toEqual([
    [2, '查验平台升级（改字）', '2026-11-22T03:00:00.000Z'],
    [1, '发票查验平台升级', '2026-11-22T02:00:00.000Z'],
  ])
  expect(acts.every(({ by }) => /^[0-9a-z]{12}$/.test(by) && !by.includes(world.operator.userId))).toBe(true)
})

test('a window that takes longer is extended, by its phases or by the expected end alone', async () => {
  const { id } = (await write(world, saturday())).body
  world.clock.set('2026-11-29T07:00:00+08:00')
  await world.publish()
  const phases = [phase({ endsAt: '2026-11-29T12:00:00+08:00' })]
  expect((await patch(world, id, { phases })).body).toMatchObject({ state: 'in_progress', version: 2 })
  expect((await desk(world, id)).acts[0]).toMatchObject({ act: 'extended' })
  world.clock.set('2026-11-29T12:10:00+08:00')
  await world.renewSessions()
  expect((await see(world, id)).body).toMatchObject({ state: 'verifying', overdue: true })
  const later = await move(world, id, { to: 'in_progress', text: '还要两小时。', eta: '2026-11-29T14:00:00+08:00' })
  expect(later.body).toMatchObject({
    state: 'in_progress',
    overdue: false,
    eta: '2026-11-29T06:00:00.000Z',
    phases: [{ endsAt: '2026-11-29T06:00:00.000Z' }],
  })
  expect(later.body.etaHistory.map(({ eta }) => eta)).toEqual([
    '2026-11-29T00:00:00.000Z',
    '2026-11-29T04:00:00.000Z',
    '2026-11-29T06:00:00.000Z',
  ])
  expect(later.body.updates[0]).toMatchObject({ state: 'in_progress', text: '还要两小时。' })
})

test('a window that is moved into the future is scheduled again, at once', async () => {
  const { id } = (await write(world, saturday())).body
  world.clock.set('2026-11-28T18:30:00+08:00')
  await world.publish()
  expect((await see(world, id)).body.state).toBe('in_progress')
  const phases = [phase({ startsAt: '2026-11-30T18:00:00+08:00', endsAt: '2026-11-30T22:00:00+08:00' })]
  expect((await patch(world, id, { phases })).body.state).toBe('scheduled')
})

test('the clock moves a notice for readers, publisher or not; the operator ends it', async () => {
  const { id } = (await write(world, saturday())).body
  world.clock.set('2026-11-28T18:00:00+08:00')
  expect((await see(world, id)).body.state).toBe('in_progress')
  world.clock.set('2026-11-29T08:01:00+08:00')
  expect((await see(world, id)).body).toMatchObject({ state: 'verifying', overdue: true })
  const replies = await Promise.all([1, 2, 3].map(() => move(world, id, { to: 'completed', text: '已恢复。' })))
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200])
  const { body } = await see(world, id)
  expect(body).toMatchObject({ state: 'completed', overdue: false, endedAt: '2026-11-29T00:01:00.000Z' })
  expect(body.updates.map(({ state }) => state)).toEqual(['completed', 'verifying', 'in_progress', 'scheduled'])
  expect((await desk(world, id)).acts.filter(({ detail }) => detail === 'verifying → completed')).toHaveLength(1)
  expect(fieldsOf(await patch(world, id, { phases: [phase({ endsAt: '2026-11-29T12:00:00+08:00' })] }))).toEqual([
    ['phases', 'not_allowed'],
  ])
  const reviewed = await move(world, id, { to: 'reviewed', text: '比计划晚了一分钟。' })
  expect(reviewed.body).toMatchObject({ state: 'reviewed', review: '比计划晚了一分钟。', endedAt: body.endedAt })
})

test('an incident goes through its states, may come back, and its expected end has a history', async () => {
  const outage = {
    ...saturday({ type: 'incident', title: '查验平台没有答复', state: 'suspected' }),
    phases: [phase({ startsAt: '2026-11-22T09:30:00+08:00', endsAt: null })],
  }
  const { id, ...first } = (await write(world, outage)).body
  expect(first).toMatchObject({ state: 'suspected', eta: null })
  for (const to of ['investigating', 'identified', 'monitoring', 'resolved', 'investigating', 'resolved', 'reviewed']) {
    world.clock.advance(HOUR / 4)
    expect((await move(world, id, { to, text: to })).body.state).toBe(to)
  }
  expect(fieldsOf(await move(world, id, { to: 'investigating' }))).toEqual([['to', 'transition_not_allowed']])
  const other = (await write(world, outage, 'other')).body
  await move(world, other.id, { to: 'identified', eta: '2026-11-22T14:00:00+08:00' })
  await patch(world, other.id, { eta: '2026-11-22T16:00:00+08:00' })
  const { body } = await patch(world, other.id, { eta: null })
  expect(body.etaHistory.map(({ eta }) => eta)).toEqual(['2026-11-22T06:00:00.000Z', '2026-11-22T08:00:00.000Z', null])
  const before = world.clock.now()
  world.clock.set('2026-11-22T13:00:00+08:00')
  const opened = (await move(world, other.id, { to: 'resolved' })).body
  expect(opened.endedAt).toBe(new Date(world.clock.now()).toISOString())
  expect((await move(world, other.id, { to: 'investigating' })).body).toMatchObject({
    endedAt: null,
    version: opened.version + 1,
  })
  expect(await world.notices.read(other.id)).toMatchObject({
    changedAt: world.clock.now(),
    tellVersion: opened.version + 1,
  })
  expect(before).toBeLessThan(world.clock.now())
})

test('a cancelled plan is told as a version of its own', async () => {
  const { id } = (await write(world, saturday())).body
  await world.publish()
  world.clock.advance(HOUR)
  expect((await move(world, id, { to: 'cancelled', text: '不升级了。' })).body).toMatchObject({
    state: 'cancelled',
    version: 2,
  })
  await world.publish()
  expect(Object.keys((await world.notices.read(id))?.claims ?? {})).toContain('2.changed')
  expect(fieldsOf(await move(world, id, { to: 'in_progress' }))).toEqual([['to', 'transition_not_allowed']])
})

test('edits at the same time are all there in the end', async () => {
  const { id } = (await write(world, saturday())).body
  world.clock.advance(HOUR)
  const replies = await Promise.all([
    patch(world, id, { title: '新标题' }),
    patch(world, id, { summary: '新说明' }),
    move(world, id, { to: 'in_progress', text: '提前开始' }),
  ])
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200])
  expect((await see(world, id)).body).toMatchObject({
    title: '新标题',
    summary: '新说明',
    state: 'in_progress',
    version: 3,
  })
})

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
