import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { zhCN } from '@shared/copy/zh-cn'
import type { Browser, Page } from 'playwright-core'
import { buildWeappSite } from '../hosts/glass-easel/build-site'
import { type Site, serveWeappSite } from '../hosts/glass-easel/weapp-site'
import { connectBrowser, describeInBrowser, keepScreenshot, openPhone, stickingOut } from '../hosts/phone-browser'
import { type LocalStack, startLocalStack } from '../hosts/stack'
import { demoInvoices } from './demo-invoices'

const words = zhCN.ui.check

describeInBrowser("the mini-program in WeChat's component framework", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yanpiao-weapp-site-'))
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
  }, 90_000)
  afterAll(async () => {
    await browser?.close()
    await site?.close()
    await stack?.stop()
    fs.rmSync(folder, { recursive: true, force: true })
  })
  afterEach(async () => {
    await page?.context().close()
    expect(faults.splice(0)).toEqual([])
  })

  async function open(look: Parameters<typeof openPhone>[1] = {}, query = ''): Promise<void> {
    page = await openPhone(browser, look)
    page.on('pageerror', fault => faults.push(String(fault.stack ?? fault)))
    await page.goto(`${site.origin}/${query}`)
    await page.getByRole('textbox', { name: words.number }).waitFor()
  }

  async function checkSample(): Promise<void> {
    const [sample] = await demoInvoices(stack.origin)
    await page.getByRole('button', { name: words.paste }).tap()
    await page.getByRole('textbox', { name: words.pasteTitle }).fill(sample?.qrText ?? '')
    await page.getByRole('button', { name: words.pasteRead, exact: true }).tap()
    await page.getByText(words.filledFrom.qr).waitFor()
    await page.getByRole('button', { name: words.submit, exact: true }).tap()
    await page.getByText(zhCN.outcome.consistent.headline).first().waitFor()
  }

  test('a pasted invoice is checked through the real API and stands in the history', async () => {
    await open()
    await keepScreenshot(page, 'weapp-check-light-390')
    await checkSample()
    await page.getByText(zhCN.ui.demoBanner).last().waitFor()
    await keepScreenshot(page, 'weapp-result-light-390')
    await page.getByRole('button', { name: zhCN.ui.result.another }).tap()
    await page.getByRole('tab', { name: zhCN.ui.tab.history, exact: true }).dispatchEvent('click')
    await page.locator('.row').first().waitFor()
    await keepScreenshot(page, 'weapp-history-light-390')
    await page.locator('.row').first().tap()
    await page.getByRole('alert').last().waitFor()
  })

  test('a number typed into a real input shows its kind', async () => {
    await open({ scheme: 'dark' })
    await page.getByRole('textbox', { name: words.number }).fill('25112000000012345678')
    await page.getByRole('textbox', { name: words.amount.incl_tax }).waitFor()
    await keepScreenshot(page, 'weapp-check-dark-390')
  })

  test('care mode of 23.8 px reaches the root through page-meta and nothing leaves a 320 px screen', async () => {
    await open({ width: 320 }, '?font=23.8')
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('23.8px')
    expect(await stickingOut(page)).toEqual([])
    await keepScreenshot(page, 'weapp-check-large-320')
    await checkSample()
    expect(await stickingOut(page)).toEqual([])
    await keepScreenshot(page, 'weapp-result-large-320')
  })
})
