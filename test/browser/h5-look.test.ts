import { zhCN } from '@shared/copy/zh-cn'
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
import { type LocalStack, startLocalStack } from '../hosts/stack'
import { demoInvoices } from './demo-invoices'

const LOOKS: (Look & { name: string })[] = [
  { name: 'light-390', scheme: 'light', width: 390 },
  { name: 'dark-390', scheme: 'dark', width: 390 },
  { name: 'light-320', scheme: 'light', width: 320 },
  { name: 'large-320', scheme: 'light', width: 320, rootPx: 23.8 },
  { name: 'large-dark-390', scheme: 'dark', width: 390, rootPx: 23.8 },
]

describeInBrowser.each(LOOKS)('the H5 pages in $name', look => {
  let stack: LocalStack
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    ;[stack, browser] = await Promise.all([startLocalStack(), connectBrowser()])
    page = await openPhone(browser, look)
    await page.goto(stack.origin)
  }, 90_000)
  afterAll(async () => {
    await browser?.close()
    await stack?.stop()
  })

  async function judge(name: string): Promise<void> {
    await keepScreenshot(page, `h5-${name}-${look.name}`)
    expect(await stickingOut(page)).toEqual([])
    expect(await axeFindings(page)).toEqual([])
  }

  async function openHash(hash: string): Promise<void> {
    await page.goto('about:blank')
    await page.goto(`${stack.origin}/#${hash}`)
  }

  async function checkSample(id: string): Promise<void> {
    const sample = (await demoInvoices(stack.origin)).find(one => one.id === id)
    await openHash(`/pages/check/index?text=${encodeURIComponent(sample?.qrText ?? '')}`)
    await page.getByRole('button', { name: zhCN.ui.check.submit, exact: true }).click()
    await page.getByRole('alert').waitFor({ timeout: 45_000 })
  }

  test('check, empty and filled', async () => {
    await page.getByRole('textbox', { name: zhCN.ui.check.number }).waitFor()
    await judge('check')
    await page.getByRole('textbox', { name: zhCN.ui.check.number }).fill('25112000000012345678')
    await page.getByRole('textbox', { name: zhCN.ui.check.date }).fill('2024-11-19')
    await judge('check-filled')
  })

  test.each(['digital-special', 'amount-differs', 'not-found', 'red-partial', 'issued-today'])(
    'result %s',
    async id => {
      await checkSample(id)
      await judge(`result-${id}`)
    },
  )

  test('history and one of its records', async () => {
    await openHash('/pages/history/index')
    await page.locator('.row').first().waitFor()
    await judge('history')
    await page.locator('.row').first().click()
    await page.getByRole('alert').waitFor()
    await judge('detail')
  })

  test('me', async () => {
    await openHash('/pages/me/index')
    await page.getByText(zhCN.ui.me.deleteAll).waitFor()
    await judge('me')
  })

  test('the sheet for pasting', async () => {
    await openHash('/pages/check/index')
    await page.getByRole('button', { name: zhCN.ui.check.paste }).click()
    await page.getByRole('dialog').waitFor()
    await judge('paste')
  })
})
