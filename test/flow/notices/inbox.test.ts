import { createHmac } from 'node:crypto'
import { storedNotice } from './stored-samples'
import { inbox, type Me, openWechatWorld, personOf, subscribe, subscriptions, type WechatWorld } from './wechat-world'

let world: WechatWorld
let me: Me
beforeEach(async () => {
  world = await openWechatWorld()
  me = await world.signIn('dev:ann')
})
afterEach(() => world.close())

const MINUTE = 60_000
const claim = (waveId: string | null, at: number) => ({ waveId, at })
const titles = async (query = {}) => (await inbox(world, me, query)).body.items.map(({ title }) => title)

test('the inbox shows what was told of what a person follows, newest first, and no write goes to the person', async () => {
  await subscribe(world, me, { components: ['verification'], regions: ['31'] })
  const { rev } = await personOf(world, me)
  const at = world.clock.now()
  const theirs = storedNotice({
    title: '甲',
    claims: {
      '1.published': claim('wav_1', at + 1),
      '1.before_24h': claim(null, at + 2),
      '1.before_1h': claim('wav_2', at + 3),
    },
  })
  const phase = theirs.phases[0]
  if (phase === undefined) throw new Error('no phase')
  const elsewhere = storedNotice({
    title: '乙',
    phases: [{ ...phase, regions: ['44'] }],
    claims: { '1.published': claim('w', at + 4) },
  })
  const other = storedNotice({
    title: '丙',
    phases: [{ ...phase, components: ['fiscal'] }],
    claims: { '1.published': claim('w', at + 5) },
  })
  const earlier = storedNotice({ title: '丁', claims: { '1.published': claim('w', at - 1) } })
  for (const notice of [theirs, elsewhere, other, earlier]) await world.stores.notices.insert(notice)
  const { body } = await inbox(world, me)
  expect(body).toEqual({
    items: [
      {
        id: `${theirs.id}.1.before_1h`,
        at: new Date(at + 3).toISOString(),
        kind: 'notice',
        occasion: 'before_1h',
        title: '一小时内开始：甲',
        text: '升级期间不能查验。',
        noticeId: theirs.id,
        verificationId: null,
        read: false,
      },
      expect.objectContaining({ title: '甲', occasion: 'published' }),
    ],
    nextCursor: null,
    unread: 2,
  })
  expect((await personOf(world, me)).rev).toBe(rev)
  expect((await subscriptions(world, me)).unread).toBe(2)
})

test('who asked for the end of a notice sees it once, whether it was told at night or in the morning', async () => {
  const at = world.clock.now()
  const notice = storedNotice({
    title: '甲',
    state: 'completed',
    endedAt: at + 1,
    claims: {
      '1.published': claim('w', at + 1),
      '1.ended.asked': claim('w', at + 2),
      '1.ended': claim('w', at + 600),
    },
  })
  await world.stores.notices.insert(notice)
  await subscribe(world, me, { components: [], recoveries: [notice.id] })
  expect(await titles()).toEqual(['已恢复：甲'])
  const other = await world.signIn('dev:bob')
  await subscribe(world, other, { components: ['verification'] })
  expect((await inbox(world, other)).body.items.map(item => item.title)).toEqual(['已恢复：甲', '甲'])
})

test('a cancelled notice says so, and English readers read English', async () => {
  await subscribe(world, me, { components: ['verification'] })
  const at = world.clock.now()
  await world.stores.notices.insert(
    storedNotice({
      title: 'A',
      state: 'cancelled',
      tellVersion: 2,
      claims: { '1.changed': claim('w', at + 1), '2.changed': claim('w', at + 2) },
    }),
  )
  expect(await titles()).toEqual(['已取消：A', '时间或影响有变：A'])
  const english = await world.api('GET /v1/inbox', { headers: { ...me.headers, 'accept-language': 'en-GB' } })
  expect(JSON.stringify(english.body)).toContain('Cancelled: A')
})

test('own checks stand among the notices, also of who follows nothing', async () => {
  const at = world.clock.now()
  const own = { id: 'msg_1', at: at + 5, verificationId: 'vrf_1', outcome: 'consistent', title: '查验完成' }
  await world.stores.inbox.put(me.userId, own)
  const { items, unread } = (await inbox(world, me)).body
  expect(items).toMatchObject([
    { kind: 'check', title: '查验完成', verificationId: 'vrf_1', noticeId: null, occasion: null },
  ])
  expect(unread).toBe(1)
})

test('pages follow each other without a gap or a double, also among messages of one moment', async () => {
  await subscribe(world, me, { components: ['verification'] })
  const at = world.clock.now()
  for (let turn = 0; turn < 7; turn++) {
    await world.stores.notices.insert(
      storedNotice({ title: `n${turn}`, claims: { '1.published': claim('w', at + (turn >> 1)) } }),
    )
    await world.stores.inbox.put(me.userId, {
      id: `m${turn}`,
      at: at + (turn >> 1),
      verificationId: 'v',
      outcome: '',
      title: `m${turn}`,
    })
  }
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof inbox>> = await inbox(world, me, { limit: '3', ...(cursor && { cursor }) })
    seen.push(...page.body.items.map(({ title }) => title))
    cursor = page.body.nextCursor
  } while (cursor !== null)
  expect(seen).toHaveLength(14)
  expect(new Set(seen).size).toBe(14)
  expect(await titles({ limit: '100' })).toEqual(seen)
})

test('a cursor of somebody else, a changed one and odd limits are refused', async () => {
  await subscribe(world, me, { components: ['verification'] })
  for (const id of ['a', 'b']) {
    await world.stores.inbox.put(me.userId, { id, at: 1, verificationId: 'v', outcome: '', title: id })
  }
  const { nextCursor } = (await inbox(world, me, { limit: '1' })).body
  const other = await world.signIn('dev:bob')
  expect((await inbox(world, other, { cursor: nextCursor ?? '' })).status).toBe(400)
  expect((await inbox(world, me, { cursor: `${nextCursor}x` })).status).toBe(400)
  for (const limit of ['0', '101', 'x', '-1']) expect((await inbox(world, me, { limit })).status).toBe(422)
})

test('what was read stays read; the mark goes neither back nor into the future', async () => {
  const put = (readUntil: string) => world.api('PUT /v1/inbox', { headers: me.headers, body: { readUntil } })
  const at = world.clock.now()
  for (const [id, when] of [
    ['a', at],
    ['b', at + MINUTE],
  ] as const) {
    await world.stores.inbox.put(me.userId, { id, at: when, verificationId: 'v', outcome: '', title: id })
  }
  expect((await put(new Date(at).toISOString())).status).toBe(204)
  expect((await inbox(world, me)).body).toMatchObject({ unread: 1, items: [{ read: false }, { read: true }] })
  await put('2020-01-01T00:00:00Z')
  await put('2999-01-01T00:00:00Z')
  expect((await inbox(world, me)).body.unread).toBe(1)
  world.clock.advance(MINUTE)
  await put('2999-01-01T00:00:00Z')
  expect((await inbox(world, me)).body.unread).toBe(0)
  expect((await subscriptions(world, me)).unread).toBe(0)
  expect((await put('yesterday')).status).toBe(422)
  expect((await put('2026-02-30T00:00:00Z')).status).toBe(422)
})

test('a page for the calendar is signed with the session key of the last sign-in; without one it has no signature', async () => {
  const notice = storedNotice()
  await world.stores.notices.insert(notice)
  const draft = storedNotice({ publishedAt: null })
  await world.stores.notices.insert(draft)
  const link = async (who: Me, id: string) =>
    world.api('GET /v1/notices/{id}/calendar-link', { headers: who.headers, params: { id } })
  const path = `pages/notice/index?id=${notice.id}`
  expect((await link(me, notice.id)).body).toEqual({ path, signature: null })
  const session = await world.sessionOf('sim-ann-7')
  const signature = createHmac('sha256', session.sessionKey).update(path).digest('hex')
  expect((await link(session.me, notice.id)).body).toEqual({ path, signature })
  expect((await link(me, draft.id)).status).toBe(404)
  expect((await link(me, 'ntc_none')).status).toBe(404)
  expect(JSON.stringify(await world.items())).not.toContain(session.sessionKey)
})

test('fault 53: a login code that is used, expired or of another app mints no session', async () => {
  await world.signIn('sim-ann-1')
  for (const code of ['sim-ann-1', 'gone', '0a1B2c3D']) {
    const answer = await world.api('POST /v1/sessions', { body: { code } })
    expect([answer.status, answer.body.code]).toEqual([401, 'SIGN_IN_REFUSED'])
  }
})

test.each(['-1', '45011'])(
  'fault 54: when code2Session answers %s a new sign-in waits and old sessions go on',
  async code => {
    await world.fault({ provider: 'wechat', mode: 'code', code })
    const answer = await world.api('POST /v1/sessions', { body: { code: 'sim-bob-1' } })
    expect([answer.status, answer.body.code]).toEqual([503, 'UNAVAILABLE'])
    expect((await world.api('GET /v1/subscriptions', { headers: me.headers })).status).toBe(200)
    await world.fault({ provider: 'wechat', mode: 'none' })
    expect((await world.api('POST /v1/sessions', { body: { code: 'sim-bob-1' } })).status).toBe(201)
  },
)
