import { zhCN } from '@shared/copy/zh-cn'
import type { Browser, Page } from 'playwright-core'
import { connectBrowser, describeInBrowser, openPhone } from '../hosts/phone-browser'
import { type LocalStack, startLocalStack } from '../hosts/stack'
import { demoInvoices } from './demo-invoices'

const words = zhCN.ui.check

describeInBrowser('the H5 pages on the local stack', () => {
  let stack: LocalStack
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    ;[stack, browser] = await Promise.all([startLocalStack(), connectBrowser()])
  }, 90_000)
  afterAll(async () => {
    await browser?.close()
    await stack?.stop()
  })
  beforeEach(async () => {
    page = await openPhone(browser)
  })
  afterEach(() => page.context().close())

  const headline = () => page.getByRole('alert').getByRole('heading', { level: 1 })

  test('every demo invoice ends in the outcome that its card promises', async () => {
    const samples = await demoInvoices(stack.origin)
    expect(samples.length).toBeGreaterThanOrEqual(12)
    const seen: Record<string, string> = {}
    for (const sample of samples) {
      await page.goto('about:blank')
      await page.goto(`${stack.origin}/#/pages/check/index?text=${encodeURIComponent(sample.qrText)}`)
      await page.getByRole('button', { name: words.submit, exact: true }).click()
      await page.getByRole('alert').waitFor({ timeout: 45_000 })
      seen[sample.id] = (await headline().textContent()) ?? ''
    }
    expect(seen).toEqual(Object.fromEntries(samples.map(({ id, headline }) => [id, headline])))
  }, 180_000)

  test('an invoice typed by hand is found and shown beside the tax data', async () => {
    await page.goto(stack.origin)
    const [sample] = await typedSample()
    await page.getByRole('textbox', { name: words.number }).fill(sample?.invoiceNumber ?? '')
    await page.getByRole('textbox', { name: words.date }).fill(sample?.issueDate ?? '')
    await page.getByRole('textbox', { name: words.amount.incl_tax }).fill(sample?.amountWithTax ?? '')
    await page.getByRole('button', { name: words.submit, exact: true }).click()
    await page.getByRole('heading', { name: zhCN.ui.result.compare }).waitFor()
    expect(await headline().textContent()).toBe(zhCN.outcome.consistent.headline)
    await page
      .getByText(sample?.seller.name ?? '')
      .first()
      .waitFor()
    await page.getByText(zhCN.ui.demoBanner).last().waitFor()
  })

  test('a pasted sentence fills the form', async () => {
    await page.goto(stack.origin)
    await page.getByRole('button', { name: words.paste }).click()
    await page
      .getByRole('textbox', { name: words.pasteTitle })
      .fill('发票号码：26112000000012345678，开票日期：2026年11月19日，价税合计：106.00元')
    await page.getByRole('button', { name: words.pasteRead, exact: true }).click()
    await page.getByText(words.filledFrom.sentence).waitFor()
    expect(await page.getByRole('textbox', { name: words.number }).inputValue()).toBe('26112000000012345678')
  })

  test('a picture of an invoice is read on the phone', async () => {
    const [sample] = await demoInvoices(stack.origin)
    const picture = await fetch(`${stack.origin}/demo/qr/${sample?.id}.png`)
    await page.goto(stack.origin)
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: words.picture, exact: true }).click()
    await (await chooser).setFiles({
      name: 'invoice.png',
      mimeType: 'image/png',
      buffer: Buffer.from(await picture.arrayBuffer()),
    })
    await page.getByText(words.filledFrom.qr).waitFor()
    expect(await page.getByRole('textbox', { name: words.number }).inputValue()).toContain(sample?.qrText.split(',')[3])
  })

  test('without a network the page says so and still judges the form', async () => {
    await page.goto(stack.origin)
    await page.getByRole('textbox', { name: words.number }).waitFor()
    await page.context().setOffline(true)
    await page.getByText(zhCN.ui.offline).first().waitFor()
    await page.getByRole('textbox', { name: words.number }).fill('26112000000012345678')
    await page.getByRole('textbox', { name: words.amount.incl_tax }).fill('1.234')
    await page.getByText(zhCN.field.amount_decimals).waitFor()
    await page.context().setOffline(false)
  })

  test('a draft stands after a reload', async () => {
    await page.goto(stack.origin)
    await page.getByRole('textbox', { name: words.number }).fill('26112000000012345678')
    await page.reload()
    expect(await page.getByRole('textbox', { name: words.number }).inputValue()).toBe('26112000000012345678')
  })

  interface Sample {
    kind: string
    invoiceNumber: string
    issueDate: string
    amountWithTax: string
    lifecycle: string
    seller: { name: string }
  }

  async function typedSample(): Promise<Sample[]> {
    const listed = (await (await fetch(`${stack.control}/invoices`)).json()) as Sample[]
    return listed.filter(({ kind, lifecycle }) => kind === 'DIGITAL_NORMAL' && lifecycle === 'normal')
  }
})
