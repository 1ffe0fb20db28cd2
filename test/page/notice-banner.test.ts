import { nearNotice } from '@shared/contract/near-notice'
import type { NoticeView } from '@shared/contract/notice'
import { bannerText } from '@shared/copy/notice-copy-banner'
import { zhCN } from '@shared/copy/zh-cn'
import { hoursFromNow, incident, notice, onNow, overdue, phase, status } from './canned-notices'
import { CANNED_NOW } from './canned-now'
import { verification } from './canned-verification'
import { fillDigitalInvoice, openApp, openOn } from './open-app'
import { pass, stopClock } from './stopped-clock'

const said = (view: NoticeView) =>
  bannerText({ ...nearNotice(view), title: view.title }, Date.parse(CANNED_NOW), 'zh-CN')
const PAGES = [
  'pages/check/index',
  'pages/history/index',
  'pages/me/index',
  'pages/subscribe/index',
  'pages/inbox/index',
]

test.each(PAGES)('%s names what is near, and a tap opens it', async path => {
  const { app } = await openApp({ path }, ({ api }) => {
    api.notices.status = status({ upcoming: [notice()] })
  })
  await app.see(said(notice()))
  expect(app.text).toMatch(/今天 20:00 起税务数字账户与查验平台升级，预计 ?明天 08:00（北京时间） ?恢复/)
  await app.tap({ role: 'button', label: /税务数字账户/ })
  expect(app.route).toBe('pages/notice/index')
  expect(app.query.id).toBe('ntc_1')
})

test('an answer names it, too', async () => {
  const { app } = await openApp({ path: 'pages/result/index', query: { id: 'vrf_1' } }, ({ api }) => {
    api.records.push(verification())
    api.notices.status = status({ current: [onNow()] })
  })
  await app.see(said(onNow()))
})

test('an incident goes before a maintenance', async () => {
  const { app } = await openApp({}, ({ api }) => {
    api.notices.status = status({ current: [onNow(), incident()] })
  })
  await app.see(said(incident()))
  expect(app.text).not.toContain('税务数字账户')
})

test('a planned end that has passed is said in so many words', async () => {
  const { app } = await openApp({}, ({ api }) => {
    api.notices.status = status({ current: [overdue()] })
  })
  await app.see('预计时间已过')
})

test.each([
  [
    'what is more than a day away',
    notice({ phases: [phase({ startsAt: hoursFromNow(30), endsAt: hoursFromNow(32) })] }),
  ],
  ['a policy', notice({ type: 'policy' })],
  ['a statement', notice({ type: 'statement' })],
  ['a release of ours', notice({ type: 'release' })],
])('%s is no banner', async (_, view) => {
  const { app } = await openApp({}, ({ api }) => {
    api.notices.status = status({ upcoming: [view] })
  })
  await app.until(() => app.phone.storage.has('yp.status'))
  expect(app.findAll({ class: 'standing' })).toEqual([])
})

test('it costs at most 400 bytes', async () => {
  let tell = () => {}
  const told = new Promise<void>(resolve => {
    tell = resolve
  })
  const { app } = await openApp({}, ({ api, phone }) => {
    api.notices.status = status({ upcoming: [notice()] })
    phone.serve(async request => {
      if (request.path === '/v1/status') await told
      return api.respond(request)
    })
  })
  const calls = await app.setDataOf(async () => {
    tell()
    await app.see(said(notice()))
  })
  const bytes = calls.filter(({ data }) => JSON.stringify(data).includes('税务数字账户')).map(call => call.bytes)
  expect(bytes).toHaveLength(1)
  expect(bytes[0]).toBeLessThanOrEqual(400 + Buffer.byteLength(said(notice())))
})

test('after a kill and without a network it is still there', async () => {
  const { app, phone } = await openApp({}, ({ api }) => {
    api.notices.status = status({ current: [onNow()] })
  })
  await app.see(said(onNow()))
  app.kill()
  phone.online = false
  const again = await openOn(phone)
  await again.see(said(onNow()))
})

test('a check that nobody answered asks at once how checking stands', async () => {
  const { app, api } = await openApp({}, ({ api }) => {
    api.answers = [{ outcome: 'could_not_check', lifecycle: null, cause: 'network' }]
  })
  await app.until(() => app.phone.storage.has('yp.status'))
  api.notices.status = status({ current: [incident()] })
  await fillDigitalInvoice(app)
  await app.tap({ role: 'button', label: zhCN.ui.check.submit })
  await app.see(said(incident()))
})

describe('how checking stands', () => {
  beforeEach(stopClock)
  afterEach(() => jest.useRealTimers())

  test('is asked again when a page is shown and the last answer is older than a minute', async () => {
    const { app, api } = await openApp({ now: () => Date.now() })
    const asked = () => api.heard.filter(route => route === 'GET /v1/status').length
    await app.until(() => asked() === 1)
    await pass(app, 50)
    await app.openTab('记录')
    expect(asked()).toBe(1)
    await pass(app, 15)
    await app.openTab('查验')
    await app.until(() => asked() === 2)
  })
})
