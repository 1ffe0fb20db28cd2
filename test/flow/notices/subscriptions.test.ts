import {
  accept,
  leftOf,
  openWechatWorld,
  personOf,
  subscribe,
  subscriptions,
  TEMPLATE,
  type WechatWorld,
} from './wechat-world'

let world: WechatWorld
beforeEach(async () => {
  world = await openWechatWorld()
})
afterEach(() => world.close())

const MINUTE = 60_000

test('who has chosen nothing sees the templates of the stage and no message left', async () => {
  const me = await world.signIn('dev:ann')
  expect(await subscriptions(world, me)).toEqual({
    components: [],
    regions: [],
    recoveries: [],
    templates: [
      { templateId: TEMPLATE.plan, key: 'plan', title: '系统维护通知', left: 0, refused: false },
      { templateId: TEMPLATE.recovery, key: 'recovery', title: '服务恢复通知', left: 0, refused: false },
      { templateId: TEMPLATE.check, key: 'check', title: '查验结果通知', left: 0, refused: false },
    ],
    canMessage: true,
    unread: 0,
  })
  expect(await world.stores.roster.read(me.userId)).toBeNull()
})

test('a choice is kept, each accept counts once however often it is sent, and one call unsubscribes', async () => {
  const me = await world.signIn('dev:ann')
  const body = {
    components: ['fiscal', 'verification', 'fiscal'],
    regions: ['44', '11'],
    recoveries: ['ntc_1'],
    templates: [accept('plan', 'a1'), accept('recovery', 'a1')],
  }
  const first = await subscribe(world, me, body)
  expect(first.status).toBe(200)
  expect(first.body).toMatchObject({
    components: ['verification', 'fiscal'],
    regions: ['11', '44'],
    recoveries: ['ntc_1'],
    canMessage: true,
  })
  expect(leftOf(first.body)).toEqual({ plan: 1, recovery: 1, check: 0 })
  world.clock.advance(24 * 60 * MINUTE)
  expect(leftOf((await subscribe(world, me, body)).body)).toEqual({ plan: 1, recovery: 1, check: 0 })
  const more = { components: ['fiscal'], templates: [accept('plan', 'a2')] }
  const second = await subscribe(world, me, more)
  expect(second.body).toMatchObject({ components: ['fiscal'], regions: [], recoveries: ['ntc_1'] })
  expect(leftOf(second.body)).toEqual({ plan: 2, recovery: 1, check: 0 })
  const gone = await subscribe(world, me, { components: [] })
  expect(gone.body).toMatchObject({ components: [], regions: [] })
  expect(leftOf(gone.body)).toEqual({ plan: 2, recovery: 1, check: 0 })
})

test('the same accept sent several times at once counts once', async () => {
  const me = await world.signIn('dev:ann')
  const body = { components: ['fiscal'], templates: [accept('plan', 'a1')] }
  await Promise.all([1, 2, 3, 4].map(() => subscribe(world, me, body)))
  expect(leftOf(await subscriptions(world, me)).plan).toBe(1)
})

test('what is no id of a notice is refused, also names that every object has', async () => {
  const me = await world.signIn('dev:ann')
  const recoveries = ['ntc_1', 'constructor', '__proto__', 'a b']
  const { status, body } = await subscribe(world, me, { components: [], recoveries })
  expect(status).toBe(422)
  expect(body).toMatchObject({ fields: [1, 2, 3].map(at => ({ field: `recoveries.${at}`, code: 'format' })) })
})

test('looking costs three reads, a choice that changes nothing no write, and one that does a single one', async () => {
  const me = await world.signIn('dev:ann')
  const body = { components: ['fiscal'], templates: [accept('plan', 'a1')] }
  const names = (commands: { name: string }[]) => commands.map(({ name }) => name.replace('Command', '')).sort()
  const first = world.table.countCommands()
  await subscribe(world, me, body)
  expect(names(first()).filter(name => /Update|Put|Delete/.test(name))).toEqual(['UpdateItem'])
  const same = world.table.countCommands()
  await subscribe(world, me, body)
  expect(names(same())).toEqual(['BatchGetItem', 'GetItem', 'Query', 'Query'])
  const look = world.table.countCommands()
  await subscriptions(world, me)
  expect(names(look())).toEqual(['BatchGetItem', 'Query', 'Query'])
})

test('a no takes no earlier accept away, and a person at the cap gets no more', async () => {
  const me = await world.signIn('dev:ann')
  await subscribe(world, me, { components: [], templates: [accept('plan', 'a1')] })
  const no = { templateId: TEMPLATE.plan, accepted: false, answer: 'reject' }
  const after = await subscribe(world, me, { components: [], templates: [no] })
  expect(after.body.templates[0]).toMatchObject({ left: 1, refused: false })
  for (let tap = 0; tap < 6; tap++) {
    const templates = Array.from({ length: 10 }, (_, at) => accept('plan', `b${tap}-${at}`))
    await subscribe(world, me, { components: [], templates })
  }
  expect(leftOf(await subscriptions(world, me)).plan).toBe(50)
})

test('an unknown template and an accept without a name of its own are refused, naming the field, and nothing is kept', async () => {
  const me = await world.signIn('dev:ann')
  const bad = await subscribe(world, me, {
    components: ['fiscal'],
    templates: [
      accept('plan', 'a1'),
      { templateId: 'no-such', accepted: true, acceptId: 'a' },
      { templateId: TEMPLATE.plan, accepted: true },
    ],
  })
  expect(bad.status).toBe(422)
  expect(bad.body).toMatchObject({
    code: 'INVALID_FIELDS',
    fields: [
      { field: 'templates.1.templateId', code: 'unknown_value' },
      { field: 'templates.2.acceptId', code: 'required' },
    ],
  })
  expect(await world.stores.roster.read(me.userId)).toBeNull()
})

test('a banned template is marked as refused until the next accept', async () => {
  const me = await world.signIn('dev:ann')
  await subscribe(world, me, { components: [], templates: [accept('plan', 'a1')] })
  world.clock.advance(1)
  const ban = { templateId: TEMPLATE.plan, accepted: false, answer: 'ban' }
  const after = await subscribe(world, me, { components: [], templates: [ban] })
  expect(after.body.templates[0]).toMatchObject({ left: 0, refused: true })
  const again = await subscribe(world, me, { components: [], templates: [accept('plan', 'a2')] })
  expect(again.body.templates[0]).toMatchObject({ left: 1, refused: false })
})

test('openid and session key lie sealed in the table', async () => {
  const me = await world.signIn('sim-ann-1')
  const shown = await subscribe(world, me, { components: ['fiscal'] })
  expect(shown.body.canMessage).toBe(true)
  const { openid } = await personOf(world, me)
  expect(openid).toMatch(/^o[\w-]{27}$/)
  const everything = JSON.stringify(await world.items())
  expect(everything).not.toContain(openid)
  expect(JSON.stringify(world.logs)).not.toContain(openid)
})

test('a deleted account neither reads nor subscribes', async () => {
  const me = await world.signIn('dev:ann')
  await subscribe(world, me, { components: ['fiscal'], templates: [accept('plan', 'a1')] })
  expect((await world.api('DELETE /v1/me', { headers: me.headers })).status).toBe(204)
  for (const [route, body] of [
    ['GET /v1/subscriptions'],
    ['PUT /v1/subscriptions', { components: ['fiscal'] }],
    ['GET /v1/inbox'],
    ['PUT /v1/inbox', { readUntil: '2026-11-22T10:00:00+08:00' }],
  ] as const) {
    expect((await world.api(route, { headers: me.headers, body })).status).toBe(401)
  }
  expect(await world.stores.roster.read(me.userId)).toBeNull()
})
