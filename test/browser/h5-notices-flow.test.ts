import { deskCopyFor } from '@shared/copy/desk-copy'
import { noticeCopyFor } from '@shared/copy/notice-copy'
import { noticePageCopyFor } from '@shared/copy/notice-page-copy'
import { noticeServerCopyFor } from '@shared/copy/notice-server-copy'
import { zhCN } from '@shared/copy/zh-cn'
import type { Browser, Page } from 'playwright-core'
import {
  axeFindings,
  connectBrowser,
  describeInBrowser,
  keepScreenshot,
  openPhone,
  stickingOut,
} from '../hosts/phone-browser'
import { type LocalStack, startLocalStack } from '../hosts/stack'
import { advance, moveToNoon, typedInBeijing } from './notice-story'

const HOUR_MS = 3_600_000
const desk = deskCopyFor('zh-CN')
const pages = noticePageCopyFor('zh-CN')
const template = noticeServerCopyFor('zh-CN').authoring.platform

describeInBrowser('a notice from the desk to its reader in H5', () => {
  let stack: LocalStack
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    ;[stack, browser] = await Promise.all([startLocalStack(), connectBrowser()])
    page = await openPhone(browser)
  }, 90_000)
  afterAll(async () => {
    await browser?.close()
    await stack?.stop()
  })

  async function open(hash: string): Promise<void> {
    await page.goto('about:blank')
    await page.goto(`${stack.origin}/#${hash}`)
  }

  async function judge(name: string): Promise<void> {
    await keepScreenshot(page, `notices-${name}-flow`)
    expect(await stickingOut(page)).toEqual([])
    expect(await axeFindings(page)).toEqual([])
  }

  test('subscribed, written at the desk, published, found in the inbox, read', async () => {
    const noon = await moveToNoon(stack.origin, stack.control)
    await open('/pages/subscribe/index')
    await page.getByRole('button', { name: pages.subscribe.common }).click()
    await page.getByText(pages.subscribe.saved, { exact: true }).waitFor()

    await open('/pages/desk/index')
    await page.getByText(desk.forbidden).waitFor()
    await page.getByRole('switch', { name: desk.local }).click()
    await page.getByRole('button', { name: template.name }).click()
    await page.getByRole('textbox', { name: desk.fields.source }).first().fill('税务局公告')
    await page.getByRole('textbox', { name: desk.phases.startsAt }).fill('明天晚上')
    await page.getByRole('button', { name: desk.publish }).click()
    await page.getByText(desk.badTime, { exact: true }).first().waitFor()
    await page.getByRole('textbox', { name: desk.phases.startsAt }).fill(typedInBeijing(noon + 8 * HOUR_MS))
    await page.getByRole('textbox', { name: desk.phases.endsAt }).fill(typedInBeijing(noon + 20 * HOUR_MS))
    await page.getByRole('button', { name: desk.preview }).click()
    await page.getByText(desk.calendar, { exact: true }).waitFor()
    await judge('desk-editor')
    await page.getByRole('button', { name: desk.publish }).click()
    await page.getByText(desk.sent, { exact: true }).waitFor()
    await page.getByText(desk.audit).waitFor()
    await judge('desk-notice')
    await page.getByRole('button', { name: desk.back }).click()
    await page.getByText(desk.published, { exact: true }).waitFor()
    await judge('desk-list')

    await advance(stack.control, 180)
    await open('/pages/inbox/index')
    await page
      .getByRole('button', { name: new RegExp(template.title) })
      .last()
      .click()
    await page.getByRole('heading', { name: zhCN.ui.notice.headline.scheduled }).waitFor()
    await page.getByText('今天 20:00 至 明天 08:00（北京时间）').waitFor()
    await judge('notice-read')

    await open('/pages/status/index')
    await page.getByRole('heading', { name: zhCN.ui.notice.headline.scheduled }).waitFor()
    await page.getByText(noticeCopyFor('zh-CN').group.ours).waitFor()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: zhCN.ui.notice.calendar }).click()
    expect((await download).url()).toMatch(/\/v1\/notices\.ics\?id=ntc_/)
    await page.getByText(zhCN.ui.notice.calendarFile).waitFor()
    await page.getByRole('button', { name: zhCN.ui.notice.recovery }).click()
    await page.getByRole('button', { name: zhCN.ui.notice.recoveryOn }).waitFor()
  })
})
