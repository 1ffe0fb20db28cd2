import { parseFeed } from '@rowanmanning/feed-parser'
import { parseJsonFeed } from 'feedsmith'
import ICAL from 'ical.js'
import { move, type NoticeWorld, openNotices, PUBLIC_URL, patch, phase, saturday, write } from './given-notices'

const DAY = 24 * 3_600_000
let world: NoticeWorld
beforeEach(async () => {
  world = await openNotices()
})
afterEach(() => world.close())

const feed = (kind: 'ics' | 'atom' | 'json', query: Record<string, string> = {}, language = 'zh-CN') =>
  world.send(`GET /v1/notices.${kind}`, { query, headers: { 'accept-language': language } })

/** The calendar as an independent reader has it. */
async function calendar(query: Record<string, string> = {}, language = 'zh-CN') {
  const { status, text } = await feed('ics', query, language)
  expect(status).toBe(200)
  const root = new ICAL.Component(ICAL.parse(text))
  const events = root.getAllSubcomponents('vevent').map(component => {
    const event = new ICAL.Event(component)
    const alarm = component.getFirstSubcomponent('valarm')
    return {
      uid: event.uid,
      sequence: event.sequence,
      summary: event.summary,
      description: event.description,
      start: event.startDate.toJSDate().toISOString(),
      end: event.endDate.toJSDate().toISOString(),
      status: component.getFirstPropertyValue('status'),
      url: component.getFirstPropertyValue('url'),
      stamp: String(component.getFirstPropertyValue('dtstamp')),
      alarm: alarm === null ? null : String(alarm.getFirstPropertyValue('trigger')),
    }
  })
  return { text, root, events }
}

const HOSTILE = '维护</title><script>alert(1)</script> & "引号" \\ ; , 😀'.padEnd(79, '长')

test('the calendar reads as RFC 5545 with a link, a reminder and lines of 75 octets', async () => {
  const { id } = (await write(world, saturday({ summary: '第一行\n第二行；还有 \\ 和 , 以及 ;' }))).body
  const reply = await feed('ics')
  expect(reply.headers).toMatchObject({
    'content-type': 'text/calendar; charset=utf-8',
    'cache-control': 'public, max-age=60',
  })
  const { text, root, events } = await calendar()
  expect(events).toEqual([
    {
      uid: `${id}-1@yanpiao`,
      sequence: 1,
      summary: '发票查验平台升级',
      description: expect.stringContaining('第一行\n第二行；还有 \\ 和 , 以及 ;'),
      start: '2026-11-28T10:00:00.000Z',
      end: '2026-11-29T00:00:00.000Z',
      status: 'CONFIRMED',
      url: `${PUBLIC_URL}/#/pages/notice/index?id=${id}`,
      stamp: '2026-11-22T02:00:00Z',
      alarm: '-PT1H',
    },
  ])
  expect(events[0]?.description).toContain('北京时间')
  expect([root.getFirstPropertyValue('version'), root.getFirstPropertyValue('method')]).toEqual(['2.0', 'PUBLISH'])
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
})

test('a moved window keeps its UID and raises its SEQUENCE', async () => {
  const { id } = (await write(world, saturday())).body
  const before = (await calendar()).events
  world.clock.advance(DAY)
  await patch(world, id, { phases: [phase({ startsAt: '2026-11-28T20:00:00+08:00' })] })
  const after = (await calendar()).events
  expect(after.map(({ uid }) => uid)).toEqual(before.map(({ uid }) => uid))
  expect(after[0]).toMatchObject({ sequence: 2, start: '2026-11-28T12:00:00.000Z', stamp: '2026-11-23T02:00:00Z' })
})

test('of several windows each has a UID; one that is taken away is cancelled under its own', async () => {
  const first = phase({ endsAt: '2026-11-28T22:00:00+08:00' })
  const second = phase({ startsAt: '2026-11-29T18:00:00+08:00', endsAt: '2026-11-29T22:00:00+08:00' })
  const { id } = (await write(world, saturday({ phases: [first, second] }))).body
  world.clock.advance(DAY)
  await patch(world, id, { phases: [first] })
  const { events } = await calendar()
  expect(events.map(({ uid, status, sequence }) => [uid, status, sequence])).toEqual([
    [`${id}-1@yanpiao`, 'CONFIRMED', 2],
    [`${id}-2@yanpiao`, 'CANCELLED', 2],
  ])
  expect(events[1]).toMatchObject({ start: '2026-11-29T10:00:00.000Z', alarm: null })
})

test('a cancelled notice says so, with a higher SEQUENCE, and drops out 30 days later', async () => {
  const { id } = (await write(world, saturday())).body
  world.clock.advance(DAY)
  await move(world, id, { to: 'cancelled' })
  const [event] = (await calendar()).events
  expect(event).toMatchObject({ uid: `${id}-1@yanpiao`, status: 'CANCELLED', sequence: 2, alarm: null })
  expect(event?.summary).toBe('已取消：发票查验平台升级')
  world.clock.advance(30 * DAY - 1)
  expect((await calendar()).events).toHaveLength(1)
  world.clock.advance(1)
  expect((await calendar()).events).toEqual([])
})

test('an end that nobody knows is an hour and says so; an incident ends when it ended', async () => {
  const open = saturday({ type: 'incident', phases: [phase({ startsAt: '2026-11-22T09:30:00+08:00', endsAt: null })] })
  const { id } = (await write(world, open)).body
  const [event] = (await calendar()).events
  expect(event).toMatchObject({ start: '2026-11-22T01:30:00.000Z', end: '2026-11-22T02:30:00.000Z', alarm: null })
  expect(event?.description).toContain('结束时间待定，这里先按一小时记')
  await patch(world, id, { eta: '2026-11-22T15:00:00+08:00' })
  expect((await calendar()).events[0]).toMatchObject({ end: '2026-11-22T07:00:00.000Z' })
  world.clock.set('2026-11-22T13:00:00+08:00')
  await move(world, id, { to: 'resolved' })
  expect((await calendar()).events[0]).toMatchObject({ end: '2026-11-22T05:00:00.000Z', status: 'CONFIRMED' })
})

test('the calendar of one notice is that one; of a draft or none it is not found', async () => {
  const [one, other] = [(await write(world, saturday())).body, (await write(world, saturday({ title: 'b' }))).body]
  const draft = (await write(world, saturday({ draft: true }))).body
  expect((await calendar({ id: one.id })).events.map(({ uid }) => uid)).toEqual([`${one.id}-1@yanpiao`])
  for (const id of [draft.id, 'ntc_none', 'x']) expect((await feed('ics', { id })).status).toBe(404)
  expect((await calendar()).events.map(({ uid }) => uid).sort()).toEqual(
    [`${one.id}-1@yanpiao`, `${other.id}-1@yanpiao`].sort(),
  )
})

test('feeds take a component and a region, and leave out what is about another', async () => {
  await write(world, saturday({ phases: [phase({ regions: ['31'] })] }))
  expect((await calendar({ component: 'verification', region: '31' })).events).toHaveLength(1)
  expect((await calendar({ region: '11' })).events).toEqual([])
  expect((await calendar({ component: 'fiscal' })).events).toEqual([])
  expect((await calendar({ state: 'active' })).events).toHaveLength(1)
  expect((await calendar({ state: 'completed' })).events).toEqual([])
  expect((await feed('atom', { component: 'satellite' })).status).toBe(422)
})

test('the Atom feed reads elsewhere, with its times, its states and its links', async () => {
  const { id } = (await write(world, saturday({ sourceUrl: 'https://tax.example/a?b=1&c=2' }))).body
  world.clock.advance(DAY)
  await patch(world, id, { phases: [phase({ startsAt: '2026-11-28T20:00:00+08:00' })], text: '推迟了两小时。' })
  const { text, headers } = await feed('atom')
  expect(headers).toMatchObject({
    'content-type': 'application/atom+xml; charset=utf-8',
    'cache-control': 'public, max-age=60',
  })
  const read = parseFeed(text)
  expect(read).toMatchObject({
    language: 'zh-CN',
    title: '验票：发票查验维护与中断',
    self: `${PUBLIC_URL}/v1/notices.atom`,
  })
  expect(read.updated?.toISOString()).toBe('2026-11-23T02:00:00.000Z')
  const [item] = read.items
  expect(item).toMatchObject({
    id: `urn:yanpiao:notice:${id}`,
    title: '发票查验平台升级',
    description: '升级期间不能查验。',
    url: `${PUBLIC_URL}/#/pages/notice/index?id=${id}`,
  })
  expect([item?.published?.toISOString(), item?.updated?.toISOString()]).toEqual([
    '2026-11-22T02:00:00.000Z',
    '2026-11-23T02:00:00.000Z',
  ])
  expect(item?.content).toContain('推迟了两小时。')
  expect(item?.content).toContain('https://tax.example/a?b=1&c=2')
  expect(item?.categories.map(({ term }) => term)).toEqual(['maintenance'])
})

test('the JSON feed reads elsewhere, and tells programs what the text says in words', async () => {
  const { id } = (await write(world, saturday())).body
  const { text, headers } = await feed('json')
  expect(headers).toMatchObject({ 'content-type': 'application/feed+json; charset=utf-8' })
  const read = parseJsonFeed(text)
  expect(read).toMatchObject({
    title: '验票：发票查验维护与中断',
    feed_url: `${PUBLIC_URL}/v1/notices.json`,
    items: [{ id: `urn:yanpiao:notice:${id}`, title: '发票查验平台升级', tags: ['maintenance'] }],
  })
  expect(JSON.parse(text)).toMatchObject({
    version: 'https://jsonfeed.org/version/1.1',
    items: [{ _yanpiao: { id, state: 'scheduled', phases: [{ startsAt: '2026-11-28T10:00:00.000Z' }] } }],
  })
})

test('hostile, Chinese and long titles come out of every feed as they went in, and run nothing', async () => {
  expect(HOSTILE.length).toBeLessThanOrEqual(80)
  await write(
    world,
    saturday({
      title: HOSTILE,
      summary: ']]>\n<b>&amp;</b>\u2028BEGIN:VEVENT\nEND:VCALENDAR',
      source: '<税务局>',
      phases: [phase({ workaround: 'X\r\nATTENDEE:mailto:a@b\r\n'.repeat(5) })],
    }),
  )
  const { events, root, text } = await calendar()
  expect(events).toHaveLength(1)
  expect(events[0]?.summary).toBe(HOSTILE)
  expect(root.getAllSubcomponents('vevent')[0]?.getAllProperties('attendee')).toEqual([])
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  const atom = (await feed('atom')).text
  expect(parseFeed(atom).items[0]).toMatchObject({ title: HOSTILE, authors: [{ name: '<税务局>' }] })
  expect(atom).not.toContain('<script>')
  expect(parseJsonFeed((await feed('json')).text)).toMatchObject({ items: [{ title: HOSTILE }] })
})

test('feeds speak English to who asks for it, and an empty one is valid', async () => {
  const empty = await calendar()
  expect([empty.events, empty.root.getAllSubcomponents().map(({ name }) => name)]).toEqual([[], ['vtimezone']])
  expect(parseFeed((await feed('atom')).text).items).toEqual([])
  expect(JSON.parse((await feed('json')).text)).toMatchObject({
    version: 'https://jsonfeed.org/version/1.1',
    items: [],
  })
  await write(world, saturday())
  expect((await calendar({}, 'en')).events[0]?.description).toContain('Beijing time')
  expect((await feed('atom', {}, 'en')).text).toContain('xml:lang="en"')
})
