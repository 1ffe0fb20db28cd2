import type { NoticeView } from '@shared/contract/notice'
import { fill } from '@shared/copy/copy'
import { noticeCopyFor } from '@shared/copy/notice-copy'
import { noticePageCopyFor } from '@shared/copy/notice-page-copy'
import { zhCN } from '@shared/copy/zh-cn'
import { PhoneRefusal } from '../hosts/weapp/phone'
import { ended, incident, notice, onNow, overdue } from './canned-notices'
import { type OpenApp, openApp, openOn } from './open-app'
import { pass, stopClock } from './stopped-clock'

const words = noticePageCopyFor('zh-CN').notice
const { notice: said } = zhCN.ui
const PATH = 'pages/notice/index'

async function openNotice(shown: NoticeView, prepare: (given: Omit<OpenApp, 'app'>) => void = () => {}, launch = {}) {
  const opened = await openApp({ path: PATH, query: { id: shown.id }, ...launch }, given => {
    given.api.notices.notices = [shown]
    prepare(given)
  })
  await opened.app.see(shown.title)
  return opened
}

test('a planned window stands on a line of time with what it does, where, and the zone of its times', async () => {
  const { app } = await openNotice(notice())
  expect(app.text).toContain(said.headline.scheduled)
  expect(app.text).toContain(fill(said.starts, { left: '10 小时 0 分' }))
  expect(app.text).toContain(words.beijing)
  expect(app.text).toContain(fill(words.starts, { time: '今天 20:00' }))
  expect(app.text).toContain(fill(words.expected, { time: '明天 08:00' }))
  expect(app.text).toContain(`发票查验、数电票同步：${noticeCopyFor('zh-CN').impact.down} · ${words.everywhere}`)
  expect(app.findAll({ class: 'is-next' })).toHaveLength(1)
})

test('what still works is ready to copy, and what is not touched is named', async () => {
  const { app, phone } = await openNotice(onNow())
  expect(app.text).toContain('急用时向销售方要原始电子文件（OFD 或 XML）。')
  expect(app.text).toContain(fill(words.unaffected, { names: '铁路与航空、财政票据' }))
  await app.tap({ role: 'button', label: `${words.copy} 12366` })
  await app.until(() => phone.clipboard !== '')
  expect(phone.clipboard).toBe('12366')
})

test('source, confidence and the link to copy are always shown', async () => {
  const { app, phone } = await openNotice(notice())
  expect(app.text).toContain('税务局公告')
  expect(app.text).toContain(noticeCopyFor('zh-CN').confidence.confirmed)
  await app.tap({ role: 'button', label: words.copyLink })
  await app.until(() => phone.clipboard !== '')
  expect(phone.clipboard).toBe('https://example.com/notice/1')
})

test('an incident tells its updates, how its expected time changed, and where it is', async () => {
  const { app } = await openNotice(incident())
  expect(app.text).toContain(said.headline.identified)
  expect(app.text).toContain(said.noEta)
  expect(app.text).toContain('查验平台的入口没有答复，已告知运营方。')
  expect(app.text).toContain(fill(words.etaAt, { at: '今天 09:06', eta: '今天 09:48' }))
  expect(app.text).toContain(fill(words.etaUnknown, { at: '今天 09:30' }))
  expect(app.text).toContain('北京、上海')
})

test('what is over says how long it took and what was learnt, and nobody is asked to wait for its end', async () => {
  const { app } = await openNotice(ended())
  expect(app.text).toContain(said.headline.completed)
  expect(app.text).toContain(fill(said.took, { left: '11 小时 0 分' }))
  expect(app.text).toContain('比原定晚一小时恢复。')
  expect(app.findAll({ role: 'button', label: said.recovery })).toEqual([])
  expect(app.findAll({ role: 'button', label: said.calendar })).toEqual([])
})

test('a planned end that has passed is said, with how long ago', async () => {
  const { app } = await openNotice(overdue())
  expect(app.text).toContain(said.headline.overdue)
  expect(app.text).toContain(fill(said.over, { left: '35 分钟' }))
  expect(app.text).not.toContain('Invalid')
})

describe('the countdown', () => {
  beforeEach(stopClock)
  afterEach(() => jest.useRealTimers())

  test('goes on with every minute, and turns into what is over the time', async () => {
    const { app } = await openNotice(onNow(), () => {}, { now: () => Date.now() })
    await app.see(/还有 10 小时 (20|19) 分/)
    await pass(app, 61)
    await app.see(/还有 10 小时 (19|18) 分/)
  })

  test('stands still for a screen reader, and outside what is read out by itself', async () => {
    const silent = ({ phone }: Omit<OpenApp, 'app'>) => {
      phone.screenReader = true
    }
    const { app } = await openNotice(onNow(), silent, { now: () => Date.now() })
    await pass(app, 5)
    const before = app.text
    await pass(app, 180)
    expect(app.text).toBe(before)
    expect(app.find({ role: 'status', label: /税务数字账户/ }).text).not.toContain('还有')
  })
})

test('加入日历 is called within the tap, with alarm and the signed page, and nobody says that it was added', async () => {
  const { app, phone } = await openNotice(notice())
  await app.until(() => phone.requests.some(({ path }) => path.endsWith('/calendar-link')))
  await app.tap({ role: 'button', label: said.calendar })
  await app.until(() => phone.callsOf('showToast').length > 0)
  expect(phone.callsOf('addPhoneCalendar')).toEqual([
    {
      title: notice().title,
      description: notice().summary,
      startTime: Date.parse('2026-11-22T12:00:00Z') / 1000,
      endTime: String(Date.parse('2026-11-23T00:00:00Z') / 1000),
      alarm: true,
      alarmOffset: 3600,
      path: 'pages/notice/index?id=ntc_1',
      signature: 'f00d',
    },
  ])
  expect(phone.callsOf('showToast').at(-1)?.title).toBe(said.calendarHanded)
  expect(said.calendarHanded).not.toContain('已添加')
})

test('without a signature the entry goes without a page', async () => {
  const { app, phone } = await openNotice(notice(), ({ api }) => {
    api.notices.signature = null
  })
  await app.until(() => phone.requests.some(({ path }) => path.endsWith('/calendar-link')))
  await app.tap({ role: 'button', label: said.calendar })
  await app.until(() => phone.callsOf('addPhoneCalendar').length > 0)
  expect(phone.callsOf('addPhoneCalendar')[0]).not.toHaveProperty('path')
})

test('a calendar that is refused leaves the address of the entry in the clipboard', async () => {
  const { app, phone } = await openNotice(notice(), ({ phone }) => {
    phone.answer('addPhoneCalendar', () => {
      throw new PhoneRefusal('addPhoneCalendar:fail auth deny')
    })
  })
  await app.tap({ role: 'button', label: said.calendar })
  await app.until(() => phone.clipboard !== '')
  expect(phone.clipboard).toMatch(/\/v1\/notices\.ics\?id=ntc_1$/)
  await app.until(() => phone.callsOf('showToast').at(-1)?.title === said.calendarCopied)
})

test('who closes the form of the calendar is told nothing', async () => {
  const { app, phone } = await openNotice(notice(), ({ phone }) => {
    phone.answer('addPhoneCalendar', () => {
      throw new PhoneRefusal('addPhoneCalendar:fail cancel')
    })
  })
  await app.tap({ role: 'button', label: said.calendar })
  await app.until(() => phone.callsOf('addPhoneCalendar').length > 0)
  expect(phone.callsOf('showToast')).toEqual([])
  expect(phone.clipboard).toBe('')
})

async function withTemplates(shown: NoticeView, prepare: (given: Omit<OpenApp, 'app'>) => void = () => {}) {
  const opened = await openNotice(shown, prepare)
  // Somebody who has been here before: the names of the templates are known when the page opens.
  await opened.app.open('/pages/subscribe/index')
  await opened.app.see(noticePageCopyFor('zh-CN').subscribe.left)
  await opened.app.back()
  return opened
}

test('恢复时通知我 asks WeChat within the tap, then tells the server of notice and answer', async () => {
  const { app, api, phone } = await withTemplates(onNow())
  await app.tap({ role: 'button', label: said.recovery })
  await app.until(() => api.notices.mine.recoveries.includes('ntc_1'))
  await app.until(() => api.notices.put.some(({ templates }) => templates.length > 0))
  expect(phone.callsOf('requestSubscribeMessage')).toEqual([{ tmplIds: ['tpl_recovery'] }])
  expect(api.notices.put.flatMap(({ templates }) => templates)).toEqual([
    { templateId: 'tpl_recovery', accepted: true, acceptId: expect.stringMatching(/^\w{22}$/), answer: 'accept' },
  ])
  await app.see(said.recoveryOn)
  await app.tap({ role: 'button', label: said.recoveryOn })
  await app.until(() => api.notices.mine.recoveries.length === 0)
})

test('a lasting no is not asked again by 恢复时通知我; the inbox tells then', async () => {
  const { app, api, phone } = await withTemplates(onNow(), ({ api }) => {
    const templates = api.notices.mine.templates.map(one => ({ ...one, refused: true }))
    api.notices.mine = { ...api.notices.mine, templates }
  })
  await app.tap({ role: 'button', label: said.recovery })
  await app.until(() => api.notices.mine.recoveries.includes('ntc_1'))
  expect(phone.callsOf('requestSubscribeMessage')).toEqual([])
  expect(phone.callsOf('showToast').at(-1)?.title).toBe(said.recoveryInbox)
})

test('a card in a chat says what it is and until when, by day and not by "today"', async () => {
  const { app } = await openNotice(onNow())
  const hook = app.page.instance.onShareAppMessage as (given: object) => { title: string; path: string }
  const card = hook.call(app.page.instance, { from: 'menu' })
  expect(card.title).toContain('税务数字账户与查验平台升级')
  expect(card.title).toContain('2026年11月22日 08:00 至 20:20')
  expect(card.title).toContain('北京时间')
  expect(card.path).toBe('/pages/notice/index?id=ntc_1')
})

test('in Moments the page stands alone: no sign-in, no way on, nothing to subscribe to', async () => {
  const { app, api, phone } = await openApp({ path: PATH, query: { id: 'ntc_1' }, scene: 1154 }, ({ api }) => {
    api.notices.notices = [onNow()]
  })
  await app.see('税务数字账户与查验平台升级')
  expect(app.text).toContain(words.alone)
  expect(api.signIns).toBe(0)
  expect(phone.callsOf('login')).toEqual([])
  expect(app.findAll({ role: 'button', label: said.recovery })).toEqual([])
  expect(app.findAll({ role: 'button', label: said.calendar })).toEqual([])
  const hook = app.page.instance.onShareTimeline as () => { title: string; query: string }
  expect(hook.call(app.page.instance).query).toBe('id=ntc_1')
})

test('without a network a notice that was read stays readable', async () => {
  const { app, phone } = await openNotice(onNow())
  app.kill()
  phone.online = false
  const again = await openOn(phone, { path: PATH, query: { id: 'ntc_1' } })
  await again.see(words.kept)
  expect(again.text).toContain('税务数字账户与查验平台升级')
})

test('a notice that is not there says so and leads to the status page', async () => {
  const { app } = await openApp({ path: PATH, query: { id: 'ntc_gone' } })
  await app.see(words.gone)
  await app.tap({ role: 'button', label: words.toStatus })
  expect(app.route).toBe('pages/status/index')
})

test('a slow answer gets words beside its frame', async () => {
  const { app } = await openApp({ path: PATH, query: { id: 'ntc_1' } }, ({ api, phone }) => {
    phone.serve(async request => {
      if (request.path.startsWith('/v1/notices/')) await new Promise(resolve => setTimeout(resolve, 700))
      return api.respond(request)
    })
  })
  await app.see(words.loading)
})

test('statements and policies, which reviewers take for news, are not shown in this package', async () => {
  const { app } = await openApp({ path: PATH, query: { id: 'ntc_1' } }, ({ api }) => {
    api.notices.notices = [notice({ type: 'policy', title: '政策变化一条' })]
  })
  await app.see(words.notHere)
  expect(app.text).not.toContain('政策变化一条')
})
