import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { StoredNotice } from '../../../functions/notices/ports'
import type { Source } from '../../../functions/notices/sources/ports'
import { sourceFetch } from '../../../functions/platform/source-fetch'
import { noticeStore } from '../../../functions/store/notice-store'
import { table } from '../../../functions/store/table'
import { sourcesFunction } from '../../../functions/wiring/sources'
import { openTable, type TestTable } from '../dynalite-table'

const DAY = 86_400_000
const NOON = Date.parse('2026-11-22T12:00:00+08:00')
const at = (text: string) => Date.parse(`${text}+08:00`)

interface Entry {
  title: string
  body: string
  guid?: string
  day?: string
}

let site: http.Server
let base = ''
let pages: Record<string, string> = {}
let opened: TestTable
let store: ReturnType<typeof noticeStore>
let now = NOON
let lines: Record<string, unknown>[] = []

beforeAll(async () => {
  site = http.createServer((request, answer) => {
    const page = pages[request.url ?? '']
    if (page === undefined) answer.writeHead(503).end()
    else answer.setHeader('content-type', 'text/html; charset=utf-8').end(page)
  })
  await new Promise<void>(resolve => site.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
})
afterAll(() => site.close())

beforeEach(async () => {
  opened = await openTable()
  store = noticeStore(table(opened.dynamo, opened.tableName))
  pages = {}
  now = NOON
  lines = []
})
afterEach(() => opened.close())

const feed = (path = '/feed', more: Partial<Source> = {}): Source => {
  return { name: '榆港发票服务中心', url: base + path, kind: 'rss', confidence: 'confirmed', ...more }
}

function publish(entries: readonly Entry[], path = '/feed') {
  const items = entries.map(
    ({ title, body, guid, day = 'Sun, 22 Nov 2026 10:00:00 +0800' }, index) =>
      `<item><title><![CDATA[${title}]]></title><link>${base}/n/${guid ?? index}</link><guid isPermaLink="false">${guid ?? index}</guid><pubDate>${day}</pubDate><description><![CDATA[${body}]]></description></item>`,
  )
  pages[path] = `<rss version="2.0"><channel><title>通知</title>${items.join('')}</channel></rss>`
}

const read = (...sources: Source[]) =>
  sourcesFunction({
    clock: { now: () => now },
    log: line => lines.push(line),
    dynamo: opened.dynamo,
    tableName: opened.tableName,
    secrets: async () => ({ pepper: new Uint8Array(32) }),
    sources: sources.length > 0 ? sources : [feed()],
    reader: sourceFetch({ loopback: true }),
  })()

const all = async () => (await store.all(100, null)).notices
async function only(): Promise<StoredNotice> {
  const [notice, ...more] = await all()
  if (!notice || more.length > 0) throw new Error(`${more.length + (notice ? 1 : 0)} notices`)
  return notice
}

const MAINTENANCE: Entry = {
  title: '发票查验平台停机维护公告',
  body: '<p>定于2026年11月28日18:00至29日08:00对发票查验平台进行停机维护，期间无法查验。</p>',
}
const MOVED = {
  ...MAINTENANCE,
  body: '<p>定于2026年11月29日18:00至30日08:00对发票查验平台进行停机维护，期间无法查验。</p>',
}

describe('reading a source', () => {
  it('proposes a draft that nobody else sees', async () => {
    publish([MAINTENANCE])
    expect(await read()).toEqual({ proposed: 1 })
    const draft = await only()
    expect(draft).toMatchObject({
      type: 'maintenance',
      state: 'scheduled',
      title: '发票查验平台停机维护公告',
      phases: [
        {
          startsAt: at('2026-11-28T18:00'),
          endsAt: at('2026-11-29T08:00'),
          components: ['verification'],
          regions: [],
          impact: 'down',
        },
      ],
      eta: at('2026-11-29T08:00'),
      source: '榆港发票服务中心',
      sourceUrl: `${base}/n/0`,
      confidence: 'confirmed',
      origin: '榆港发票服务中心',
      originRef: `${base}/n/0`,
      publishedAt: null,
      publishAt: null,
      wakeAt: null,
    })
    expect(draft.acts).toMatchObject([{ by: 'source', act: 'created' }])
    expect(await store.active()).toEqual([])
    expect((await store.published(10, null)).notices).toEqual([])
    expect(await store.due(now + 365 * DAY)).toEqual([])
  })

  it('writes two lines of its own, not the source’s text', async () => {
    publish([MAINTENANCE])
    await read()
    const { summary } = await only()
    expect(summary.split('\n')).toHaveLength(2)
    expect(summary).toContain('18:00')
    expect(summary).toContain('榆港发票服务中心')
    expect(summary).not.toContain('期间无法查验')
  })

  it('again proposes nothing and writes nothing', async () => {
    publish([MAINTENANCE])
    await read()
    const commands = opened.countCommands()
    now += DAY
    expect(await read()).toEqual({ proposed: 0 })
    expect(commands().map(({ name }) => name)).toEqual(['GetItemCommand'])
  })

  it('ignores what is about something else, and what is long over', async () => {
    publish([
      { title: '开票常见问题', body: '现将常见问题整理如下。', guid: 'a' },
      { title: '停机维护', body: '定于2026年3月1日18:00至22:00停机维护。', guid: 'b', day: '20 Feb 2026' },
      { title: '2027年放假安排', body: '1月1日至3日放假。', guid: 'c' },
    ])
    expect(await read()).toEqual({ proposed: 0 })
  })

  it('uses the source’s region and components where the text names none', async () => {
    publish([{ title: '系统停机公告', body: '11月28日18:00至22:00系统停机。' }])
    await read(feed('/feed', { region: '33', components: ['fiscal'] }))
    expect((await only()).phases).toMatchObject([{ regions: ['33'], components: ['fiscal'] }])
  })

  it('makes an outage an incident, and what is over or off a statement without windows', async () => {
    publish([
      { title: '故障通报', body: '11月22日9:00起发票查验平台出现故障，预计11月22日15:00恢复。', guid: 'a' },
      { title: '取消通知', body: '取消11月28日18:00至22:00的停机维护。', guid: 'b' },
      { title: '恢复通知', body: '发票查验平台现已恢复正常。', guid: 'c' },
    ])
    await read()
    const found = Object.fromEntries(
      (await all()).map(({ title, type, state, phases, eta }) => [title, { type, state, phases: phases.length, eta }]),
    )
    expect(found).toEqual({
      故障通报: { type: 'incident', state: 'investigating', phases: 1, eta: at('2026-11-22T15:00') },
      取消通知: { type: 'statement', state: 'in_progress', phases: 0, eta: null },
      恢复通知: { type: 'statement', state: 'in_progress', phases: 0, eta: null },
    })
  })

  it('opens the pages of a list that are worth it, on the list’s own site', async () => {
    pages['/list'] =
      `<ul><li><a href="/n/1">关于系统停机的公告</a> 2026-11-22</li><li><a href="/n/2">党建活动</a> 2026-11-21</li>
      <li><a href="http://127.0.0.1:1/n/3">关于系统维护的公告</a></li></ul>`
    pages['/n/1'] =
      '<div id="text"><p>定于11月28日18:00至22:00停机，发票查验暂停。</p></div><p>11月30日8:00至9:00停机</p>'
    const list: Source = feed('/list', { kind: 'html', selectors: { item: 'li', body: '#text' } })
    expect(await read(list)).toEqual({ proposed: 1 })
    expect((await only()).phases).toMatchObject([{ startsAt: at('2026-11-28T18:00') }])
    delete pages['/n/1']
    expect(await read(list)).toEqual({ proposed: 0 })
    expect((await only()).rev).toBe(1)
    expect(lines.at(-1)).toMatchObject({ level: 'warn', failed: [{ source: list.name, why: 'page: status_503' }] })
  })

  it('goes on when a source fails or sends poison', async () => {
    publish([MAINTENANCE])
    pages['/bomb'] = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss/>'
    pages['/huge'] = 'x'.repeat(10_000_000)
    const sources = ['/down', '/bomb', '/huge'].map((path, index) => feed(path, { name: `源${index}` }))
    expect(await read(...sources, feed())).toEqual({ proposed: 1 })
    expect(lines.at(-1)).toMatchObject({
      route: 'sources',
      failed: [{ why: 'status_503' }, { why: 'declares_entities' }, { why: 'too_large' }],
    })
  })

  it('takes scripts, controls and length out of titles, and stops at twenty drafts a run', async () => {
    const title = `<script>alert(1)</script><b>停机\u0007维护</b>\u202e${'很'.repeat(300)}`
    publish(Array.from({ length: 50 }, (_, index) => ({ ...MAINTENANCE, title, guid: `g${index}` })))
    expect(await read()).toEqual({ proposed: 20 })
    for (const notice of await all()) {
      expect(Array.from(notice.title).length).toBeLessThanOrEqual(80)
      expect(notice.title).not.toMatch(/[<>\p{Cc}\p{Cf}]|alert/u)
    }
  })
})

describe('an item that says another time', () => {
  it('changes the draft that nobody has touched', async () => {
    publish([MAINTENANCE])
    await read()
    publish([MOVED])
    expect(await read()).toEqual({ proposed: 0 })
    expect(await only()).toMatchObject({
      version: 2,
      phases: [{ startsAt: at('2026-11-29T18:00') }],
      versions: [{ version: 1, phases: [{ startsAt: at('2026-11-28T18:00') }] }],
    })
  })

  it('leaves words alone that change nothing of the windows', async () => {
    publish([MAINTENANCE])
    await read()
    publish([{ ...MAINTENANCE, title: '发票查验平台停机维护公告（更正错字）' }])
    await read()
    expect(await only()).toMatchObject({ rev: 1, title: '发票查验平台停机维护公告' })
  })

  async function published(): Promise<StoredNotice> {
    publish([MAINTENANCE])
    await read()
    const draft = await only()
    await store.replace({
      ...draft,
      publishedAt: now,
      acts: [...draft.acts, { at: now, by: 'op1', act: 'published', version: 1, detail: '' }],
    })
    return draft
  }

  it('makes a new draft beside a public notice, once, that names it', async () => {
    const { id } = await published()
    publish([MOVED])
    expect(await read()).toEqual({ proposed: 1 })
    expect(await read()).toEqual({ proposed: 0 })
    const [draft] = (await all()).filter(({ publishedAt }) => publishedAt === null)
    expect(draft).toMatchObject({
      title: '时间有变：发票查验平台停机维护公告',
      phases: [{ startsAt: at('2026-11-29T18:00') }],
    })
    expect(draft?.summary).toContain(id)
    expect(await store.read(id)).toMatchObject({ version: 1, phases: [{ startsAt: at('2026-11-28T18:00') }] })
  })

  it('changes that draft when it moves again, and tells of a way back as well', async () => {
    await published()
    publish([MOVED])
    await read()
    publish([{ ...MOVED, body: MOVED.body.replace('18:00', '20:00') }])
    expect(await read()).toEqual({ proposed: 0 })
    publish([MAINTENANCE])
    await read()
    const drafts = (await all()).filter(({ publishedAt }) => publishedAt === null)
    expect(drafts).toMatchObject([{ version: 3, phases: [{ startsAt: at('2026-11-28T18:00') }] }])
  })

  it('is not lost when a run is cut off between its two writes', async () => {
    const { id } = await published()
    publish([MOVED])
    let puts = 0
    opened.onCommand(({ name }) => {
      if (name === 'PutItemCommand' && ++puts === 2) throw new Error('cut off')
    })
    await expect(read()).rejects.toThrow('cut off')
    opened.onCommand(null)
    await read()
    await read()
    expect(await all()).toHaveLength(2)
    expect((await store.read(id))?.acts.filter(({ act }) => act === 'moved')).toHaveLength(1)
  })

  it('does not take a draft out of an operator’s hands', async () => {
    publish([MAINTENANCE])
    await read()
    const draft = await only()
    await store.replace({
      ...draft,
      title: '我们的标题',
      acts: [...draft.acts, { at: now, by: 'op1', act: 'edited', version: 2, detail: '' }],
    })
    publish([MOVED])
    expect(await read()).toEqual({ proposed: 1 })
    expect(await store.read(draft.id)).toMatchObject({
      title: '我们的标题',
      phases: [{ startsAt: at('2026-11-28T18:00') }],
    })
  })

  it('stands still when it leans on the day it was first seen', async () => {
    pages['/list'] = '<ul><li>今晚22:00至次日6:00系统停机维护</li></ul>'
    const list: Source = feed('/list', { kind: 'html', selectors: { item: 'li' } })
    await read(list)
    now += DAY
    expect(await read(list)).toEqual({ proposed: 0 })
    expect(await only()).toMatchObject({ rev: 1, phases: [{ startsAt: at('2026-11-22T22:00') }] })
  })
})
