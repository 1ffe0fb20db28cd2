import type { Verification } from '@shared/contract/verification'
import { fill, type Locale } from '@shared/copy/copy'
import { en } from '@shared/copy/en'
import { zhCN } from '@shared/copy/zh-cn'
import { PhoneRefusal } from '../hosts/weapp/phone'
import { flatten } from '../hosts/weapp/rendered-tree'
import type { Weapp } from '../hosts/weapp/weapp'
import { type CannedApi, NOW } from './canned-api'
import { verification } from './canned-verification'
import { pendingRecord } from './gate-states'
import { type OpenApp, openApp } from './open-app'
import { inSeconds, pass, stopClock } from './stopped-clock'

const words = zhCN.ui.result
const WAITS = ['answer', 'turn', 'slot', 'recheck', 'outage'] as const

beforeEach(stopClock)
afterEach(() => jest.useRealTimers())

function openPending(change: Partial<Verification>, locale: Locale = 'zh-CN', page = 'result'): Promise<OpenApp> {
  const launch = { path: `pages/${page}/index`, query: { id: 'vrf_1' }, now: () => Date.now() }
  return openApp(launch, ({ api, phone }) => {
    phone.language = locale === 'en' ? 'en' : 'zh_CN'
    api.records.push(pendingRecord(change))
  })
}

const looksOf = (api: CannedApi) => api.heard.filter(route => route === 'GET /v1/verifications/vrf_1').length

function turn(api: CannedApi, change: Partial<Verification>): void {
  const [record] = api.records
  if (record) Object.assign(record, change)
}

/** The person looks at another app: WeChat tells the page. */
function hide({ page }: Weapp): void {
  const { onHide } = page.instance
  if (typeof onHide === 'function') onHide.call(page.instance)
}

/** How much of the bar is drawn, percent. */
function drawn(app: Weapp): number {
  const bar = flatten(app.tree).find(node => node.classes.includes('bar-done'))
  return Number(/width:\s*(\d+)%/.exec(String(bar?.attributes.style))?.[1])
}

test.each(WAITS.flatMap(wait => [['zh-CN', wait] as const, ['en', wait] as const]))(
  'in %s a check that waits for %s says why, until about when, and that nobody needs to stay',
  async (locale, waiting) => {
    const copy = locale === 'en' ? en : zhCN
    const { app } = await openPending({ waiting, nextTryAt: inSeconds(120) }, locale)
    await app.see(copy.ui.result.waiting[waiting].text)
    expect(app.text).toContain(copy.ui.result.pending)
    expect(app.text).toContain('10:02:00')
    expect(app.text).toContain(copy.ui.result.promise)
  },
)

test('the expected time is counted down, and then the record is looked at', async () => {
  const { app, api } = await openPending({ nextTryAt: inSeconds(26) })
  await app.see(/约 10:00:26，还有 2\d 秒/)
  const looks = looksOf(api)
  await pass(app, 20)
  await app.see(/约 10:00:26，还有 [3-6] 秒/)
  expect(looksOf(api)).toBe(looks)
  await pass(app, 6)
  await app.see(words.looking)
  expect(looksOf(api)).toBe(looks + 1)
})

test('once the time has come it is looked at with growing pauses', async () => {
  const { app, api } = await openPending({ nextTryAt: NOW })
  await app.see(words.looking)
  const looks = looksOf(api)
  const after = async (seconds: number) => {
    await pass(app, seconds)
    return looksOf(api) - looks
  }
  expect(await after(3)).toBe(1)
  expect(await after(4)).toBe(2)
  expect(await after(6)).toBe(3)
  expect(await after(60)).toBeLessThanOrEqual(7)
})

test('an expected time that moves is shown without going back to the start', async () => {
  const { app, api } = await openPending({ nextTryAt: inSeconds(10) })
  await app.see('10:00:10')
  await pass(app, 8)
  const before = drawn(app)
  expect(before).toBeGreaterThan(50)
  turn(api, { nextTryAt: inSeconds(30), waiting: 'recheck' })
  await pass(app, 3)
  await app.see('10:00:38')
  await app.see(words.waiting.recheck.text)
  expect(app.text).not.toContain(words.asking)
  expect(drawn(app)).toBeGreaterThanOrEqual(before)
})

test('the answer takes the place of the wait as soon as it is there', async () => {
  const { app, api } = await openPending({ nextTryAt: inSeconds(5) })
  await app.see('10:00:05')
  turn(api, { ...verification() })
  await pass(app, 6)
  await app.see(zhCN.outcome.consistent.headline)
  expect(app.text).not.toContain(words.promise)
  const looks = looksOf(api)
  await pass(app, 120)
  expect(looksOf(api)).toBe(looks)
})

test('an answer that somebody is fetching is looked for before its time', async () => {
  const { app, api } = await openPending({ waiting: 'answer', nextTryAt: inSeconds(25) })
  await app.see('10:00:25')
  turn(api, { ...verification() })
  await pass(app, 4)
  await app.see(zhCN.outcome.consistent.headline)
})

test('a hidden app asks nothing, and looks as soon as it is back', async () => {
  const { app, api } = await openPending({ nextTryAt: inSeconds(5) })
  await app.see('10:00:05')
  const looks = looksOf(api)
  hide(app)
  await pass(app, 60)
  expect(looksOf(api)).toBe(looks)
  turn(api, { ...verification() })
  await app.comeBack()
  await app.see(zhCN.outcome.consistent.headline)
  expect(looksOf(api)).toBe(looks + 1)
})

test('without a network the wait stays on the screen and says so; the network brings the answer', async () => {
  const { app, api, phone } = await openPending({ nextTryAt: inSeconds(5) })
  await app.see('10:00:05')
  phone.online = false
  app.fire('NetworkStatusChange', { isConnected: false, networkType: 'none' })
  await app.see(words.unread)
  const sent = phone.requests.length
  await pass(app, 60)
  expect(app.text).toContain(words.pending)
  expect(phone.requests.length).toBe(sent)
  turn(api, { ...verification() })
  phone.online = true
  app.fire('NetworkStatusChange', { isConnected: true, networkType: 'wifi' })
  await app.see(zhCN.outcome.consistent.headline)
})

test('a look that does not come through keeps the wait and is tried again', async () => {
  const { app, api, phone } = await openPending({ nextTryAt: inSeconds(3) })
  await app.see('10:00:03')
  phone.serve(() => {
    throw new PhoneRefusal('request:fail timeout', 5)
  })
  await pass(app, 4)
  await app.see(words.unread)
  expect(app.text).toContain(words.pending)
  turn(api, { ...verification() })
  phone.serve(api.respond)
  await pass(app, 10)
  await app.see(zhCN.outcome.consistent.headline)
})

test('a record of the history that is still pending is followed in the same way', async () => {
  const { app, api } = await openPending({ nextTryAt: inSeconds(5) }, 'zh-CN', 'detail')
  await app.see('10:00:05')
  turn(api, { ...verification() })
  await pass(app, 6)
  await app.see(zhCN.outcome.consistent.headline)
})

test('a second of the countdown is one setData of at most 200 bytes', async () => {
  const { app } = await openPending({ nextTryAt: inSeconds(40) })
  await app.see('10:00:40')
  const calls = await app.setDataOf(() => pass(app, 10))
  expect(calls.length).toBeLessThanOrEqual(13)
  expect(Math.max(...calls.map(call => call.bytes))).toBeLessThanOrEqual(200)
})

test('a wait of minutes and hours is said in these', async () => {
  const { app } = await openPending({ nextTryAt: inSeconds(2 * 3600 + 300) })
  await app.see(fill(words.left.hours, { h: 2, m: 4 }))
  expect(app.text).toContain('12:05')
})

test('the countdown is no part of what a screen reader is told by itself', async () => {
  const { app } = await openPending({ nextTryAt: inSeconds(26) })
  await app.see('10:00:26')
  const status = app.find({ role: 'status', class: 'pending-why' })
  expect(status.text).toContain(words.waiting.slot.text)
  expect(status.text).not.toContain('10:00:26')
})
