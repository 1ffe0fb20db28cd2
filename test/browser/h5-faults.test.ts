import { zhCN } from '@shared/copy/zh-cn'
import type { Browser, Page } from 'playwright-core'
import { connectBrowser, describeInBrowser, openPhone } from '../hosts/phone-browser'
import { type LocalStack, startLocalStack } from '../hosts/stack'
import { demoInvoices } from './demo-invoices'

describeInBrowser('the H5 pages when the stack fails', () => {
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

  const submit = () => page.getByRole('button', { name: zhCN.ui.check.submit, exact: true }).click()
  const openSample = async (id: string) => {
    const sample = (await demoInvoices(stack.origin)).find(one => one.id === id)
    await page.goto(`${stack.origin}/#/pages/check/index?text=${encodeURIComponent(sample?.qrText ?? '')}`)
    await page.getByText(zhCN.ui.check.filledFrom.qr).waitFor()
  }
  const pasteSample = async (id: string) => {
    const sample = (await demoInvoices(stack.origin)).find(one => one.id === id)
    await page.getByRole('button', { name: zhCN.ui.check.paste }).click()
    await page.getByRole('textbox', { name: zhCN.ui.check.pasteTitle }).fill(sample?.qrText ?? '')
    await page.getByRole('button', { name: zhCN.ui.check.pasteRead, exact: true }).click()
    await page.getByText(zhCN.ui.check.filledFrom.qr).waitFor()
  }
  const chargedCalls = async (number: string) => {
    const ledger = (await (await fetch(`${stack.control}/ledger`)).json()) as {
      invoiceNumber: string
      charged: boolean
    }[]
    return ledger.filter(call => call.invoiceNumber === number && call.charged).length
  }

  test('maintenance of the tax network is said as such, not as "no such invoice"', async () => {
    await fetch(`${stack.control}/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ provider: '*', mode: 'maintenance' }),
    })
    await openSample('digital-special')
    await submit()
    await page.getByText(zhCN.cause.maintenance).first().waitFor()
    expect(await page.getByText(zhCN.outcome.not_found.headline).count()).toBe(0)
    await fetch(`${stack.control}/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ provider: '*', mode: 'none' }),
    })
  })

  test('the history shows many records and goes on while the person scrolls', async () => {
    await page.goto(stack.origin)
    const token = await signIn()
    for (let index = 0; index < 45; index++) await ask(token, index)
    await page.goto(`${stack.origin}/#/pages/history/index`)
    await page.reload()
    const rows = page.locator('.row')
    await rows.nth(19).waitFor()
    await page.mouse.move(195, 500)
    for (let turn = 0; turn < 60 && (await rows.count()) < 45; turn++) {
      await page.mouse.wheel(0, 250)
      await page.waitForTimeout(60)
    }
    expect(await rows.count()).toBe(45)
    await rows.nth(3).click()
    await page.getByRole('alert').waitFor()
    await page.goBack()
    await rows.nth(3).waitFor()
  }, 60_000)

  test('a stack that is killed is a network failure in plain words; after a restart the same question is paid once', async () => {
    await openSample('special-paper')
    await submit()
    await page.getByRole('alert').waitFor()
    await page.getByRole('button', { name: zhCN.ui.result.another }).click()
    await pasteSample('digital-normal')
    const number = (await page.getByRole('textbox', { name: zhCN.ui.check.number }).inputValue()).replace(/\s/g, '')
    await stack.kill()
    await submit()
    await page.getByText(zhCN.ui.failed.network).waitFor()
    await page.getByText(zhCN.ui.failed.networkNote).waitFor()
    await stack.restart()
    await page.getByRole('button', { name: zhCN.ui.failed.retry }).click()
    await page.getByText(zhCN.outcome.consistent.headline).first().waitFor()
    expect(await chargedCalls(number)).toBe(1)
  }, 90_000)

  /** Signs the page's own person in, as the page does, and leaves the session with the page. */
  async function signIn(): Promise<string> {
    const answer = await fetch(`${stack.origin}/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: `dev:browser-${Date.now()}` }),
    })
    const session = (await answer.json()) as { token: string }
    // Taro's H5 storage wraps every value.
    await page.evaluate(
      kept => localStorage.setItem('yp.session', JSON.stringify({ data: kept })),
      JSON.stringify(session),
    )
    return session.token
  }

  async function ask(token: string, index: number): Promise<void> {
    const answer = await fetch(`${stack.origin}/v1/verifications`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'idempotency-key': `many-${index}`,
      },
      body: JSON.stringify({
        invoiceNumber: `251120000000${String(50_000_000 + index)}`,
        issueDate: '2025-11-03',
        amount: '12.00',
      }),
    })
    expect(answer.status).toBe(200)
  }
})
