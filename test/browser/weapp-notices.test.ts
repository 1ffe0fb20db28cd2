import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { noticePageCopyFor } from '@shared/copy/notice-page-copy'
import { zhCN } from '@shared/copy/zh-cn'
import type { Browser, Page } from 'playwright-core'
import { buildWeappSite } from '../hosts/glass-easel/build-site'
import { type Site, serveWeappSite } from '../hosts/glass-easel/weapp-site'
import { connectBrowser, describeInBrowser, keepScreenshot, openPhone, stickingOut } from '../hosts/phone-browser'
import { type LocalStack, startLocalStack } from '../hosts/stack'
import { advance, asOperator, moveToNoon, sentMessages } from './notice-story'

const HOUR_MS = 3_600_000
const pages = noticePageCopyFor('zh-CN')
const TITLE = '税务数字账户与查验平台升级'

describeInBrowser('a notice from its publishing to its reader in the compiled mini-program', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yanpiao-weapp-notices-'))
  let stack: LocalStack
  let browser: Browser
  let site: Site
  let page: Page
  const faults: string[] = []

  beforeAll(async () => {
    ;[stack, browser] = await Promise.all([
      startLocalStack(),
      connectBrowser(),
      buildWeappSite(path.join(process.cwd(), 'dist/weapp'), folder),
    ])
    site = await serveWeappSite(folder, stack.origin)
    page = await openPhone(browser)
    page.on('pageerror', fault => faults.push(String(fault.stack ?? fault)))
  }, 90_000)
  afterAll(async () => {
    await browser?.close()
    await site?.close()
    await stack?.stop()
    fs.rmSync(folder, { recursive: true, force: true })
  })

  const open = (route: string) => page.goto(`${site.origin}/?page=${encodeURIComponent(route)}`)

  test('subscribed, allowed by a tap, published, sent by WeChat, opened by its page', async () => {
    const noon = await moveToNoon(stack.origin, stack.control)
    await open('pages/subscribe/index')
    await page.getByRole('button', { name: pages.subscribe.common }).tap()
    await page.getByText(pages.subscribe.saved, { exact: true }).waitFor()
    await page.getByRole('button', { name: pages.subscribe.add }).tap()
    await page.getByText(pages.subscribe.answer.added, { exact: true }).waitFor()
    await keepScreenshot(page, 'weapp-notices-subscribe')
    expect(await stickingOut(page)).toEqual([])

    const iso = (hours: number) => new Date(noon + hours * HOUR_MS).toISOString()
    const phase = {
      startsAt: iso(8),
      endsAt: iso(20),
      components: ['verification'],
      impact: 'down',
      channels: ['12366'],
    }
    const published = await asOperator(stack.origin, '/v1/operator/notices', {
      type: 'maintenance',
      title: TITLE,
      summary: '查验停止，网页仍可登录。',
      phases: [phase],
      source: '税务局公告',
    })
    await advance(stack.control, 180)
    const sent = (await sentMessages(stack.control)).filter(({ openid }) => openid.startsWith('odev_weapp-'))
    expect(sent.map(message => message.page)).toEqual([`pages/notice/index?id=${String(published.id)}`])

    await open(sent[0]?.page ?? '')
    await page.getByText(TITLE).first().waitFor()
    await page.getByText(zhCN.ui.notice.headline.scheduled).waitFor()
    await keepScreenshot(page, 'weapp-notices-notice')
    expect(await stickingOut(page)).toEqual([])
    await page.getByRole('button', { name: zhCN.ui.notice.calendar }).tap()
    await page.getByText(zhCN.ui.notice.calendarHanded).waitFor()

    await open('pages/status/index')
    await page.getByText(zhCN.ui.status.feeds).waitFor()
    await keepScreenshot(page, 'weapp-notices-status')
    expect(await stickingOut(page)).toEqual([])
    expect(faults).toEqual([])
  })
})
