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
