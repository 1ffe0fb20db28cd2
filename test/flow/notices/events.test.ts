import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { SIMULATED_WECHAT } from '../../../config/local/simulator/simulator'
import type { Told } from '../../../functions/notices/fan-out/ports'
import {
  accept,
  leftOf,
  type Me,
  openWechatWorld,
  PUSH_TOKEN,
  personOf,
  subscribe,
  subscriptions,
  TEMPLATE,
  type WechatWorld,
} from './wechat-world'

let world: WechatWorld
let me: Me
beforeEach(async () => {
  world = await openWechatWorld()
  me = await world.signIn('dev:ann')
})
afterEach(() => world.close())

const MINUTE = 60_000
const sha1 = (...parts: string[]) => createHash('sha1').update(parts.sort().join('')).digest('hex')
const seconds = () => String(Math.floor(world.clock.now() / 1000))

function signed(timestamp = seconds()) {
  return { signature: sha1(PUSH_TOKEN, timestamp, 'n'), timestamp, nonce: 'n' }
}

const push = (Event: string, List: unknown, at = world.clock.now(), FromUserName = me.openid) => ({
  ToUserName: 'gh',
  FromUserName,
  CreateTime: Math.floor(at / 1000),
  MsgType: 'event',
  Event,
  List,
})
const popup = (status: string, TemplateId = TEMPLATE.plan) => ({
  TemplateId,
  SubscribeStatusString: status,
  PopupScene: '0',
})
const sent = (MsgID: string) => ({ TemplateId: TEMPLATE.plan, MsgID, ErrorCode: '0', ErrorStatus: 'success' })
const deliver = (body: object) => world.event({ query: signed(), body })
const left = async () => leftOf(await subscriptions(world, me))
const tap = (acceptId: string) =>
  subscribe(world, me, { components: ['fiscal'], templates: [accept('plan', acceptId)] })

test('the address of the push answers what WeChat asks, and nobody else', async () => {
  const good = await world.check({ ...signed(), echostr: '1234567890' })
  expect([good.status, good.text]).toEqual([200, '1234567890'])
  const bad = await world.check({ ...signed(), nonce: 'other', echostr: '1234567890' })
  expect([bad.status, bad.body.code]).toEqual([401, 'UNAUTHENTICATED'])
})

test.each([
  ['another token', () => ({ ...signed(), signature: sha1('other', seconds(), 'n') })],
  ['no signature', () => ({ timestamp: seconds(), nonce: 'n' })],
  ['an old one', () => signed(String(Number(seconds()) - 601))],
  ['one of the future', () => signed(String(Number(seconds()) + 601))],
  ['a time that is none', () => signed('1e9')],
])('an event signed with %s changes nothing', async (_, query) => {
  const answer = await world.event({ query: query(), body: push('subscribe_msg_popup_event', popup('accept')) })
  expect([answer.status, (await left()).plan]).toEqual([401, 0])
})

test('client and event of the same tap are one accept, whichever comes first', async () => {
  await tap('a1')
  await deliver(push('subscribe_msg_popup_event', popup('accept')))
  expect((await left()).plan).toBe(1)
  world.clock.advance(6 * MINUTE)
  await deliver(push('subscribe_msg_popup_event', popup('accept')))
  await tap('a2')
  expect((await left()).plan).toBe(2)
  world.clock.advance(6 * MINUTE)
  await deliver(push('subscribe_msg_popup_event', popup('accept')))
  expect((await left()).plan).toBe(3)
  expect((await personOf(world, me)).accepts.map(({ id, confirmed }) => [id, confirmed])).toEqual([
    ['a1', true],
    ['a2', true],
    [null, false],
  ])
})

test('two taps within five minutes with their events, in any order and repeated, are two accepts', async () => {
  const [first, second] = [world.clock.now(), world.clock.now() + 60_000]
  const events = [first, second].map(at => push('subscribe_msg_popup_event', popup('accept'), at))
  await tap('a1')
  world.clock.advance(60_000)
  for (const event of [events[1], events[0], events[1]]) await deliver(event ?? {})
  await tap('a2')
  for (const event of [...events, ...events]) await deliver(event)
  expect((await left()).plan).toBe(2)
})

test('client and events of one tap at the same moment, doubled, are one accept', async () => {
  const event = push('subscribe_msg_popup_event', popup('accept'))
  await Promise.all([tap('a1'), deliver(event), tap('a1'), deliver(event)])
  expect((await left()).plan).toBe(1)
})

test('fault 50: List comes as an object or an array, CreateTime as text, events twice: the same state', async () => {
  const two = [
    popup('accept'),
    popup('accept', TEMPLATE.recovery),
    popup('reject', TEMPLATE.check),
    popup('accept', 'x'),
  ]
  const event = push('subscribe_msg_popup_event', two)
  expect((await deliver(event)).text).toBe('success')
  expect((await deliver({ ...event, CreateTime: String(event.CreateTime) })).text).toBe('success')
  expect(await left()).toEqual({ plan: 1, recovery: 1, check: 0 })
  const { openid, components } = await personOf(world, me)
  expect([openid, components]).toEqual([me.openid, []])
})

const told: Told = {
  at: 0,
  result: 'sent',
  messageId: '1000000000000000001',
  template: 'plan',
  waveId: 'wav_1',
  sampled: true,
}

test('fault 50: a delivery that comes before we wrote the message down is kept, once, for who writes it', async () => {
  await tap('a1')
  const before = await personOf(world, me)
  for (let copy = 0; copy < 3; copy++) await deliver(push('subscribe_msg_sent_event', [sent('1000000000000000001')]))
  const { events, rev } = await personOf(world, me)
  expect(events).toEqual({ '1000000000000000001': { template: 'plan', at: expect.any(Number), ok: true } })
  expect(rev).toBe(before.rev + 1)
})

test('a delivery of what is told already writes nothing to the person, and is evidence when it is sampled', async () => {
  await tap('a1')
  const at = world.clock.now()
  const confirmed: string[][] = []
  world.table.onCommand(({ name, input }) => {
    const pk = JSON.stringify(input.Key ?? '')
    if (name === 'UpdateItemCommand' || name === 'PutItemCommand') confirmed.push([name, pk])
  })
  await world.stores.roster.tell(me.userId, ['n.1.published'], { ...told, at }, [])
  await world.stores.roster.tell(me.userId, ['n.1.started'], { ...told, at, messageId: '7', sampled: false }, [])
  confirmed.splice(0)
  await deliver(push('subscribe_msg_sent_event', sent('7')))
  expect(confirmed).toEqual([])
  await deliver(push('subscribe_msg_sent_event', sent('1000000000000000001')))
  expect(confirmed).toEqual([['UpdateItemCommand', expect.stringContaining('WAVE#wav_1')]])
  expect((await personOf(world, me)).events).toEqual({})
})

test('a delivery of a message that WeChat gave no id is known by its template and time; one in doubt is kept', async () => {
  await tap('a1')
  const at = world.clock.now()
  await world.stores.roster.tell(me.userId, ['n.1.published'], { ...told, at, messageId: null, sampled: false }, [])
  await deliver(push('subscribe_msg_sent_event', sent('8')))
  expect((await personOf(world, me)).events).toEqual({})
  world.clock.advance(30 * MINUTE)
  const unknown = { ...told, at: world.clock.now(), messageId: null, sampled: false, result: 'unknown' as const }
  await world.stores.roster.tell(me.userId, ['n.1.started'], unknown, [])
  await deliver(push('subscribe_msg_sent_event', sent('9')))
  expect(Object.keys((await personOf(world, me)).events)).toEqual(['9'])
})

test('fault 45: after a refusal nothing is left of the template, and a later accept counts again', async () => {
  await tap('a1')
  await tap('a2')
  const refusal = { ...told, at: world.clock.now(), result: 'refused' as const, messageId: null, credits: 2 }
  await world.stores.roster.tell(me.userId, ['n.1.published'], refusal, [])
  expect((await left()).plan).toBe(0)
  await tap('a3')
  expect((await left()).plan).toBe(1)
})

test('fault 51: a switch in the settings voids what was left; one that comes late does not void a newer accept', async () => {
  await tap('a1')
  world.clock.advance(MINUTE)
  const off = push('subscribe_msg_change_event', { TemplateId: TEMPLATE.plan, SubscribeStatusString: 'reject' })
  await deliver(off)
  expect((await subscriptions(world, me)).templates[0]).toMatchObject({ left: 0, refused: true })
  const rev = (await personOf(world, me)).rev
  await deliver(off)
  expect((await personOf(world, me)).rev).toBe(rev)
  world.clock.advance(MINUTE)
  await tap('a2')
  await deliver(off)
  expect((await subscriptions(world, me)).templates[0]).toMatchObject({ left: 1, refused: false })
})

test('people whom we do not know, deleted ones, and events that we cannot read are answered and leave nothing', async () => {
  const unknown = push('subscribe_msg_popup_event', popup('accept'), world.clock.now(), 'oNobody')
  expect((await deliver(unknown)).text).toBe('success')
  for (const body of [{}, { MsgType: 'text' }, push('subscribe_msg_popup_event', 5), push('other', popup('accept'))]) {
    expect((await deliver(body)).text).toBe('success')
  }
  await tap('a1')
  await world.api('DELETE /v1/me', { headers: me.headers })
  expect((await deliver(push('subscribe_msg_popup_event', popup('accept')))).text).toBe('success')
  expect(await world.stores.roster.read(me.userId)).toBeNull()
  expect(JSON.stringify(world.logs)).not.toContain(me.openid)
})

test('a table that fails is no success, so that WeChat comes again', async () => {
  world.table.onCommand(() => {
    throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' })
  })
  expect((await deliver(push('subscribe_msg_popup_event', popup('accept')))).status).toBe(503)
})

describe('in safe mode', () => {
  const KEY = randomBytes(32).toString('base64').slice(0, 43)

  function encrypted(message: object, appId = SIMULATED_WECHAT.appId): string {
    const key = Buffer.from(`${KEY}=`, 'base64')
    const text = Buffer.from(JSON.stringify(message))
    const length = Buffer.alloc(4)
    length.writeUInt32BE(text.length)
    const plain = Buffer.concat([randomBytes(16), length, text, Buffer.from(appId)])
    const padding = 32 - (plain.length % 32)
    const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
    return Buffer.concat([
      cipher.update(plain),
      cipher.update(Buffer.alloc(padding, padding)),
      cipher.final(),
    ]).toString('base64')
  }
  const query = (Encrypt: string) => ({ ...signed(), msg_signature: sha1(PUSH_TOKEN, seconds(), 'n', Encrypt) })

  beforeEach(async () => {
    await world.close()
    world = await openWechatWorld({ pushKey: KEY })
    me = await world.signIn('dev:ann')
  })

  test('an encrypted event counts', async () => {
    const Encrypt = encrypted(push('subscribe_msg_popup_event', popup('accept')))
    const answer = await world.event({ query: query(Encrypt), body: { ToUserName: 'gh', Encrypt } })
    expect([answer.text, (await left()).plan]).toEqual(['success', 1])
  })

  test('a plain one, one for another app, a changed one and one whose signature speaks of another are refused', async () => {
    const event = push('subscribe_msg_popup_event', popup('accept'))
    const [good, foreign] = [encrypted(event), encrypted(event, 'wxother')]
    const changed = `${good.startsWith('A') ? 'B' : 'A'}${good.slice(1)}`
    for (const ask of [
      { query: signed(), body: event },
      { query: query(foreign), body: { Encrypt: foreign } },
      { query: query(good), body: { Encrypt: changed } },
      { query: query(good), body: { Encrypt: foreign } },
      { query: query('no cipher text'), body: { Encrypt: 'no cipher text' } },
      { query: { ...signed(), msg_signature: signed().signature }, body: { Encrypt: good } },
    ]) {
      expect((await world.event(ask)).status).toBe(401)
    }
    expect((await left()).plan).toBe(0)
  })
})

test('a tap on the simulated phone reaches the product as an event of its own', async () => {
  const told = await world.phone('subscribe', { openid: me.openid, tmplIds: [TEMPLATE.plan, TEMPLATE.recovery] })
  expect(told).toEqual({
    errMsg: 'requestSubscribeMessage:ok',
    [TEMPLATE.plan]: 'accept',
    [TEMPLATE.recovery]: 'accept',
  })
  expect(await left()).toEqual({ plan: 1, recovery: 1, check: 0 })
  await tap('a1')
  expect(await left()).toEqual({ plan: 1, recovery: 1, check: 0 })
  await world.phone('settings', { openid: me.openid, tmplIds: [TEMPLATE.plan] })
  expect(await left()).toEqual({ plan: 0, recovery: 1, check: 0 })
})
