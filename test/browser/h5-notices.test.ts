import { type Copy, copyFor, fill, type Locale } from '@shared/copy/copy'
import { deskCopyFor } from '@shared/copy/desk-copy'
import { type NoticePageCopy, noticePageCopyFor } from '@shared/copy/notice-page-copy'
import type { Browser, Page } from 'playwright-core'
import {
  axeFindings,
  connectBrowser,
  describeInBrowser,
  keepScreenshot,
  type Look,
  openPhone,
  stickingOut,
} from '../hosts/phone-browser'
import { CannedApi } from '../page/canned-api'
import { ended, inboxItem, incident, notice, onNow, overdue, status, subscriptions } from '../page/canned-notices'
import { CANNED_NOW } from '../page/canned-now'
import { verification } from '../page/canned-verification'
import { afterNow, pendingRecord } from '../page/gate-states'
import { type CannedSite, serveCannedSite } from './canned-site'

const LOOKS: (Look & { name: string; locale: Locale })[] = [
  { name: 'light-390', scheme: 'light', width: 390, locale: 'zh-CN' },
  { name: 'dark-390', scheme: 'dark', width: 390, locale: 'zh-CN' },
  { name: 'large-320', scheme: 'light', width: 320, rootPx: 23.8, locale: 'zh-CN' },
  { name: 'en-dark-320', scheme: 'dark', width: 320, locale: 'en' },
]

interface Screen {
  hash: string
  prepare(api: CannedApi): void
  /** What stands there when it is whole. */
  said(words: Copy['ui'], pages: NoticePageCopy): string
}

const NOTICE = '/pages/notice/index?id='
const SCREENS: Record<string, Screen> = {
  'status-normal': { hash: '/pages/status/index', prepare: () => {}, said: ui => ui.status.feeds },
  'status-tonight': {
    hash: '/pages/status/index',
    prepare: api => {
      api.notices.status = status({ upcoming: [notice(), notice({ id: 'ntc_8', title: '下周的升级' })] })
    },
    said: ui => ui.status.feeds,
  },
  'status-incident': {
    hash: '/pages/status/index',
    prepare: api => {
      const base = status({ current: [incident(), onNow()] })
      const components = base.components.map(row =>
        row.component === 'verification'
          ? { ...row, standing: 'incident' as const, recent: { checks: 60, failedShare: 0.9 } }
          : row,
      )
      api.notices.status = { ...base, components }
    },
    said: ui => ui.status.feeds,
  },
  'notice-on': {
    hash: `${NOTICE}ntc_1`,
    prepare: api => {
      api.notices.notices = [onNow()]
    },
    said: (_, pages) => pages.notice.source,
  },
  'notice-overdue': {
    hash: `${NOTICE}ntc_1`,
    prepare: api => {
      api.notices.notices = [overdue()]
    },
    said: (_, pages) => pages.notice.source,
  },
  'notice-incident': {
    hash: `${NOTICE}ntc_2`,
    prepare: api => {
      api.notices.notices = [incident()]
    },
    said: (_, pages) => pages.notice.updates,
  },
  'notice-ended': {
    hash: `${NOTICE}ntc_0`,
    prepare: api => {
      api.notices.notices = [ended()]
    },
    said: (_, pages) => pages.notice.review,
  },
  'notice-gone': { hash: `${NOTICE}ntc_x`, prepare: () => {}, said: (_, pages) => pages.notice.gone },
  subscribe: {
    hash: '/pages/subscribe/index',
    prepare: api => {
      api.notices.mine = subscriptions({ components: ['verification', 'digital_sync'], regions: ['11'] })
    },
    said: (_, pages) => pages.subscribe.noMessages,
  },
  inbox: {
    hash: '/pages/inbox/index',
    prepare: api => {
      api.notices.inbox = [inboxItem(), inboxItem({ id: 'inb_2', occasion: 'before_24h', read: true })]
    },
    said: (_, pages) => pages.inbox.unread,
  },
  'inbox-empty': { hash: '/pages/inbox/index', prepare: () => {}, said: (_, pages) => pages.inbox.empty },
  'check-banner': {
    hash:
      '/pages/check/index?text=' +
      encodeURIComponent('发票号码：25112000000012345678 开票日期：2025-11-19 价税合计：106.00'),
    prepare: api => {
      api.notices.status = status({ current: [onNow()] })
    },
    said: ui => ui.check.afterRecovery,
  },
  'result-because': {
    hash: '/pages/result/index?id=vrf_1',
    prepare: api => {
      const reason = { code: 'ISSUED_IN_OUTAGE', likelihood: 'likely', message: '' } as const
      const brief = { id: 'ntc_1', title: '税务数字账户与查验平台升级' }
      api.records.push(verification({ outcome: 'not_found', lifecycle: null, notice: brief, reasons: [reason] }))
    },
    said: ui => ui.result.notice,
  },
  'result-later': {
    hash: '/pages/result/index?id=vrf_1',
    prepare: api => {
      const brief = { id: 'ntc_1', title: '税务数字账户与查验平台升级' }
      api.records.push(pendingRecord({ waiting: 'outage', nextTryAt: afterNow(37_200), notice: brief }))
    },
    said: ui => ui.result.waiting.outage.text,
  },
  me: { hash: '/pages/me/index', prepare: () => {}, said: ui => ui.me.subscribe },
}

describeInBrowser.each(LOOKS)('notices in H5, $name', look => {
  let api = new CannedApi()
  let site: CannedSite
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    ;[site, browser] = await Promise.all([serveCannedSite(() => api), connectBrowser()])
    page = await openPhone(browser, look)
    await page.clock.install({ time: new Date(CANNED_NOW) })
    await page.addInitScript(
      settings => localStorage.setItem('yp.settings', JSON.stringify({ data: settings })),
      JSON.stringify({ locale: look.locale, largeType: false }),
    )
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  async function judge(name: string): Promise<void> {
    await keepScreenshot(page, `notices-${name}-${look.name}`)
    expect(await stickingOut(page)).toEqual([])
    expect(await axeFindings(page)).toEqual([])
  }

  test.each(Object.entries(SCREENS))('%s fits, and is readable for everybody', async (name, screen) => {
    api = new CannedApi()
    screen.prepare(api)
    await page.goto('about:blank')
    await page.goto(`${site.origin}/#${screen.hash}`)
    await page.clock.runFor(500)
    await page
      .getByText(screen.said(copyFor(look.locale).ui, noticePageCopyFor(look.locale)))
      .first()
      .waitFor()
    await judge(name)
  })

  test('without a network the status stays, and says of when it is', async () => {
    api = new CannedApi()
    await page.goto('about:blank')
    await page.goto(`${site.origin}/#/pages/status/index`)
    await page.clock.runFor(500)
    const words = copyFor(look.locale).ui.status
    await page.getByText(words.feeds).waitFor()
    await page.context().setOffline(true)
    await page.getByRole('tab').or(page.locator('.weui-tabbar__item')).first().click()
    await page.locator('.weui-tabbar__item').nth(2).click()
    await page
      .getByText(fill(words.kept, { time: '10:00' }))
      .first()
      .waitFor()
    await judge('status-offline')
    await page.context().setOffline(false)
  })

  test('the desk is no page for somebody who is no operator', async () => {
    api = new CannedApi()
    await page.goto('about:blank')
    await page.goto(`${site.origin}/#/pages/desk/index`)
    await page.getByText(deskCopyFor(look.locale).forbidden).waitFor()
    await judge('desk-forbidden')
  })
})
