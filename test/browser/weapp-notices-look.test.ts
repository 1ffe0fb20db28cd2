import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { noticePageCopyFor } from '@shared/copy/notice-page-copy'
import { zhCN } from '@shared/copy/zh-cn'
import type { Browser, Page } from 'playwright-core'
import { buildWeappSite } from '../hosts/glass-easel/build-site'
import { type Site, serveWeappSite } from '../hosts/glass-easel/weapp-site'
import { connectBrowser, describeInBrowser, keepScreenshot, openPhone, stickingOut } from '../hosts/phone-browser'
import { CannedApi } from '../page/canned-api'
import { inboxItem, notice, onNow, status } from '../page/canned-notices'
import { type CannedSite, serveCannedSite } from './canned-site'

const pages = noticePageCopyFor('zh-CN')

/** Page → what stands at its end. */
const SCREENS: Record<string, string> = {
  'pages/status/index': zhCN.ui.status.feeds,
  'pages/notice/index?id=ntc_1': pages.notice.source,
  'pages/subscribe/index': pages.subscribe.why,
  'pages/inbox/index': inboxItem().text,
  'pages/me/index': zhCN.ui.me.deleteAll,
}

describeInBrowser("the pages about notices in WeChat's component framework", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yanpiao-weapp-notices-'))
  let answers: CannedSite
  let site: Site
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    const api = new CannedApi()
    api.notices.status = status({ current: [onNow()], upcoming: [notice({ id: 'ntc_8', title: '下周的升级' })] })
    api.notices.inbox = [inboxItem()]
    ;[answers, browser] = await Promise.all([
      serveCannedSite(() => api),
      connectBrowser(),
      buildWeappSite(path.join(process.cwd(), 'dist/weapp'), folder),
    ])
    site = await serveWeappSite(folder, answers.origin)
  }, 90_000)
  afterAll(async () => {
    await browser?.close()
    await site?.close()
    await answers?.close()
    fs.rmSync(folder, { recursive: true, force: true })
  })
  afterEach(() => page?.context().close())

  test.each(Object.entries(SCREENS))('%s keeps within a small screen in care mode', async (route, end) => {
    page = await openPhone(browser, { width: 320 })
    const faults: string[] = []
    page.on('pageerror', fault => faults.push(String(fault.stack ?? fault)))
    await page.goto(`${site.origin}/?page=${encodeURIComponent(route)}&font=23.8`)
    await page.getByText(end).first().waitFor()
    await keepScreenshot(page, `weapp-notices-${route.split('/')[1]}-large-320`)
    expect(await stickingOut(page)).toEqual([])
    expect(faults).toEqual([])
  })

  test('a row of bars is drawn in its colours', async () => {
    page = await openPhone(browser)
    await page.goto(`${site.origin}/?page=${encodeURIComponent('pages/status/index')}`)
    const bars = page.locator('.bars').first()
    await bars.waitFor()
    const drawn = await bars.evaluate(element => getComputedStyle(element).backgroundImage)
    expect(drawn).toContain('linear-gradient')
    expect((await bars.boundingBox())?.height).toBeGreaterThan(20)
  })
})
