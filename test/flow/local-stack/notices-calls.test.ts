import type { Inbox, NoticeView, Status, Subscriptions } from '@shared/contract/notice'
import { clockOf, iso, noticesWorld, type Person, subscribeWith } from './notices-world'
import { type Answer, call, digitalInvoice, killAll, type RunningStack, signIn, startFresh } from './running-stack'
import { advance, fault } from './stack-reads'

jest.setTimeout(120_000)

const HOUR_MS = 3_600_000
const ODD_IDS = ['x', 'ntc_nothere', '..%2f..', '%00', 'null', `ntc_${'a'.repeat(300)}`]

let stack: RunningStack
let world: Awaited<ReturnType<typeof noticesWorld>>
let user: Person
/** Product time of the beginning, ms. */
let now: number

beforeAll(async () => {
  stack = await startFresh()
  world = await noticesWorld(stack)
  await world.toNoon()
  now = await clockOf(stack)
  user = await signIn(stack.url, 'reader')
})
afterAll(killAll)

const get = (path: string, person?: Person) => call(stack.url, 'GET', path, undefined, person)
const phase = (more: object = {}) => ({
  startsAt: iso(now + 26 * HOUR_MS),
  endsAt: iso(now + 28 * HOUR_MS),
  components: ['fiscal'],
  impact: 'down',
  ...more,
})
const plan = (more: object = {}) => ({
  type: 'maintenance',
  title: '升级',
  summary: '说明',
  phases: [phase()],
  source: '示例税务局',
  ...more,
})
const made = async (body: object = plan()) => {
  const created = await world.post(body)
  expect(created.status).toBe(201)
  return created.body as unknown as NoticeView
}
const problems = ({ status, body }: Answer) => [
  status,
  body.code,
  ...((body.fields as { field: string; code: string }[] | undefined) ?? []).map(
    ({ field, code }) => `${field} ${code}`,
  ),
]

test.each([
  ['as written', () => plan({ phases: [phase({ regions: ['11'], workaround: '手工', channels: ['12366', '大厅'] })] })],
  ['without summary, regions, workaround and channels', () => plan({ summary: undefined })],
  ['an address as its source', () => plan({ source: 'https://example.com/a' })],
  [
    'a zone of its own',
    () => plan({ phases: [phase({ startsAt: '2030-01-01T20:00+08:00', endsAt: '2030-01-01T22:00+08:00' })] }),
  ],
  ['published in the past', () => plan({ publishAt: iso(now - HOUR_MS) })],
  [
    'an incident without an end',
    () => plan({ type: 'incident', phases: [phase({ startsAt: iso(now), endsAt: undefined })] }),
  ],
  ['a statement without windows', () => plan({ type: 'statement', phases: [] })],
])('a notice is taken: %s', async (_, body) => {
  const notice = await made(JSON.parse(JSON.stringify(body())))
  expect(notice).toMatchObject({ version: 1, publishedAt: expect.any(String), updates: [expect.anything()] })
  expect((await get(`/v1/notices/${notice.id}`)).body).toEqual(notice)
})

test.each([
  [{ source: undefined }, 'source required'],
  [{ title: ' ' }, 'title required'],
  [{ publishAt: 'tomorrow' }, 'publishAt format'],
  [{ phases: [] }, 'phases required'],
  [{ phases: [{ startsAt: '2026-02-30T00:00:00Z' }] }, 'phases.0.startsAt instant_not_real'],
  [{ phases: [{ components: ['nope'] }] }, 'phases.0.components.0 unknown_value'],
  [{ phases: [{ regions: ['99'] }] }, 'phases.0.regions.0 unknown_value'],
])('a notice is refused with its field named: %j', async (change, problem) => {
  const { phases } = change as { phases?: object[] }
  const refused = await world.post({ ...plan(), ...change, ...(phases && { phases: phases.map(phase) }) })
  expect(problems(refused)).toEqual([422, 'INVALID_FIELDS', problem])
})

test('the same request twice is one notice, another body under its key none', async () => {
  const key = { 'idempotency-key': 'calls-twin' }
  const [one, two] = await Promise.all([world.post(plan(), key), world.post(plan(), key)])
  expect([one.status, two.status, two.body.id]).toEqual([201, 201, one.body.id])
  expect(problems(await world.post(plan({ title: '别的' }), key)).slice(0, 2)).toEqual([422, 'KEY_REUSED'])
})

test('ids that are odd or foreign, users and strangers get one answer', async () => {
  const { id } = await made()
  for (const odd of ODD_IDS) {
    const answers = await Promise.all([
      get(`/v1/notices/${odd}`),
      world.patch(odd, { title: 'x' }),
      world.move(odd, { to: 'cancelled' }),
      get(`/v1/notices/${odd}/calendar-link`, user),
    ])
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404])
  }
  const move = (person: Person) => world.move(id, { to: 'cancelled' }, person)
  expect([(await move(user)).status, (await world.patch(id, {}, user)).status, (await move({})).status]).toEqual([
    404, 404, 401,
  ])
  const put = await call(stack.url, 'PUT', '/v1/notices')
  expect([put.status, put.body.code, put.headers.get('allow')]).toEqual([405, 'METHOD_NOT_ALLOWED', 'GET'])
})

test('a timed notice is nowhere before its time, and everywhere after it', async () => {
  const { id } = await made(plan({ title: '定时', publishAt: iso((await clockOf(stack)) + 20 * 60_000) }))
  const places = ['/v1/notices?limit=100', '/v1/status', '/v1/notices.ics', '/v1/notices.atom', '/v1/notices.json']
  const shown = () =>
    Promise.all(places.map(async path => (await (await fetch(`${stack.url}${path}`)).text()).includes(id)))
  expect([...(await shown()), (await get(`/v1/notices/${id}`)).status]).toEqual([...places.map(() => false), 404])
  await advance(stack, 21 * 60)
  expect([...(await shown()), (await get(`/v1/notices/${id}`)).status]).toEqual([...places.map(() => true), 200])
})

test('one move made by twelve at once is one, and a move its life has not is refused', async () => {
  const { id } = await made()
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => world.move(id, { to: 'in_progress', text: '开始' })),
  )
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
  const { updates } = (await get(`/v1/notices/${id}`)).body as unknown as NoticeView
  expect(updates.map(({ text }) => text)).toEqual(['开始', ''])
  expect(problems(await world.move(id, { to: 'extended' }))).toEqual([422, 'INVALID_FIELDS', 'to unknown_value'])
  expect(problems(await world.move(id, { to: 'resolved' }))).toEqual([
    422,
    'INVALID_FIELDS',
    'to transition_not_allowed',
  ])
})

test.each([
  ['a patch of its window', (id: string) => world.patch(id, { phases: [phase({ endsAt: iso(now + 40 * HOUR_MS) })] })],
  ['another expected end', (id: string) => world.patch(id, { eta: iso(now + 40 * HOUR_MS) })],
  ['a move to where it is', (id: string) => world.move(id, { to: 'in_progress', eta: iso(now + 40 * HOUR_MS) })],
])('what began early and takes longer is still on: %s', async (_, extend) => {
  const { id } = await made()
  await world.move(id, { to: 'in_progress' })
  expect((await extend(id)).body).toMatchObject({ state: 'in_progress', version: 2, endsAt: iso(now + 40 * HOUR_MS) })
  expect((await world.move(id, { to: 'completed' })).body).toMatchObject({ state: 'completed', overdue: false })
})

test('lists page without loss, are filtered, and take no cursor of another list', async () => {
  const { id } = await made(plan({ phases: [phase({ components: ['baidu'], regions: ['31'] })] }))
  const ids: string[] = []
  let cursor = ''
  let first = ''
  do {
    const { items, nextCursor } = (await get(`/v1/notices?limit=3${cursor}`)).body as {
      items: NoticeView[]
      nextCursor: string | null
    }
    ids.push(...items.map(notice => notice.id))
    cursor = nextCursor === null ? '' : `&cursor=${encodeURIComponent(nextCursor)}`
    first ||= cursor
  } while (cursor !== '')
  const all = (await get('/v1/notices?limit=100')).body.items as NoticeView[]
  expect([...ids].sort()).toEqual(all.map(notice => notice.id).sort())
  const found = async (query: string) =>
    ((await get(`/v1/notices?${query}`)).body.items as NoticeView[]).map(one => one.id)
  expect(await found('component=baidu&region=31&state=scheduled')).toEqual([id])
  expect([await found('component=baidu&region=11'), await found('component=baidu&state=cancelled')]).toEqual([[], []])
  const bad = ['cursor=x', `component=baidu${first}`, `limit=3${first.slice(0, -3)}AAA`]
  for (const query of bad) expect(problems(await get(`/v1/notices?${query}`))).toEqual([400, 'BAD_CURSOR'])
})

test('each accept counts once, told by the client, by WeChat or by both, in any order', async () => {
  const person = await subscribeWith(stack.url, 'taps', { components: ['aliyun'] })
  const { templates } = (await get('/v1/subscriptions', person)).body as unknown as Subscriptions
  const ids = Object.fromEntries(templates.map(({ key, templateId }) => [key, templateId]))
  const left = async () =>
    ((await get('/v1/subscriptions', person)).body as unknown as Subscriptions).templates.map(one => one.left)
  const accept = (acceptId: string) =>
    call(
      stack.url,
      'PUT',
      '/v1/subscriptions',
      { components: ['aliyun'], regions: [], templates: [{ templateId: ids.plan, accepted: true, acceptId }] },
      person,
    )
  const at = Math.floor((await clockOf(stack)) / 1000)
  const entry = (key: string, answer: string) => ({
    TemplateId: ids[key],
    SubscribeStatusString: answer,
    PopupScene: '0',
  })
  const event = (CreateTime: number | string, List: unknown, name = 'popup') =>
    world.push({ FromUserName: 'odev_taps', CreateTime, Event: `subscribe_msg_${name}_event`, List })
  expect(await event(at, entry('plan', 'accept'))).toEqual({ status: 200, text: 'success' })
  await event(String(at), entry('plan', 'accept'))
  await Promise.all([accept('a'), accept('a'), accept('a')])
  expect(await left()).toEqual([1, 0, 0])
  await accept('b')
  await event(at + 5, [entry('plan', 'accept'), entry('recovery', 'accept'), entry('check', 'reject')])
  expect(await left()).toEqual([2, 1, 0])
  await event(at + 400, entry('plan', 'accept'))
  expect(await left()).toEqual([3, 1, 0])
  await event(at + 500, entry('plan', 'reject'), 'change')
  await event(at + 400, entry('plan', 'accept'))
  expect(await left()).toEqual([0, 1, 0])
  expect((await world.push({ FromUserName: 'odev_taps' }, 'forged')).status).toBe(401)
})

test('the inbox pages, is read, and belongs to its person; who leaves in the middle is sent nothing', async () => {
  const choice = { components: ['tencent'], accepts: { plan: 3 } }
  const people = await Promise.all(['stays', 'leaves', 'stays-too'].map(name => subscribeWith(stack.url, name, choice)))
  const [stays = {}, leaves = {}, other = {}] = people
  await fault(stack, 'slow', { provider: 'wechat', latencyMs: 150 })
  const { id } = await world.outage('tencent')
  expect((await call(stack.url, 'DELETE', '/v1/me', undefined, leaves)).status).toBe(204)
  await fault(stack, 'none', { provider: 'wechat' })
  await advance(stack, 60)
  await world.patch(id, { phases: [phase({ startsAt: iso(now), components: ['tencent'], impact: 'slow' })] })
  await advance(stack, 60)
  const messages = (await call(stack.simulatorUrl, 'GET', '/control/messages')).body as unknown as { openid: string }[]
  const to = (name: string) => messages.filter(({ openid }) => openid === `odev_${name}`).length
  expect([to('stays'), to('stays-too')]).toEqual([2, 2])
  expect(to('leaves')).toBeLessThanOrEqual(1)
  expect((await get('/v1/inbox', leaves)).status).toBe(401)
  const page = (await get('/v1/inbox?limit=1', stays)).body as unknown as Inbox
  expect(page).toMatchObject({ unread: 2, items: [{ occasion: 'changed', noticeId: id, read: false }] })
  const next = `/v1/inbox?limit=1&cursor=${encodeURIComponent(page.nextCursor ?? '')}`
  expect((await get(next, stays)).body).toMatchObject({ items: [{ occasion: 'published' }], nextCursor: null })
  expect(problems(await get(next, other))).toEqual([400, 'BAD_CURSOR'])
  expect((await call(stack.url, 'PUT', '/v1/inbox', { readUntil: page.items[0]?.at }, stays)).status).toBe(204)
  expect((await get('/v1/inbox', stays)).body).toMatchObject({ unread: 0 })
})

test('twenty-five failed checks are a share on the status page within a minute', async () => {
  await Promise.all(['tencent', 'baidu', 'aliyun'].map(provider => fault(stack, 'down', { provider })))
  const { question } = digitalInvoice('26112000000000000000')
  for (let at = 0; at < 25; at++) {
    const invoiceNumber = `261120000000000005${String(at).padStart(2, '0')}`
    await call(stack.url, 'POST', '/v1/verifications', { ...question, invoiceNumber }, user)
  }
  await advance(stack, 60)
  const { components } = (await get('/v1/status')).body as unknown as Status
  const { recent } = components.find(({ component }) => component === 'verification') ?? {}
  expect(recent).toEqual({ checks: 25, failedShare: 1 })
})
