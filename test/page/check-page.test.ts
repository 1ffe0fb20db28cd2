import { fill } from '@shared/copy/copy'
import { zhCN } from '@shared/copy/zh-cn'
import type { Weapp } from '../hosts/weapp/weapp'
import { fillDigitalInvoice, openApp } from './open-app'

const words = zhCN.ui.check
const SPECIAL_QR = '01,01,1100243130,90000001,100.00,20240315,,C229'
/** The scan action is read with the note below it. */
const SCAN = { role: 'button', label: new RegExp(`^${words.scanTitle}`) }
const labels = (app: Weapp) => app.controls.filter(control => control.role === 'textbox').map(control => control.label)
const typedIn = (app: Weapp, label: string) => app.find({ role: 'textbox', label }).attributes.value

test('a 20-digit number shows its kind and only the fields it needs', async () => {
  const { app } = await openApp()
  await app.type(words.number, '25112000000012345678')
  expect(labels(app)).toEqual([words.number, words.date, words.amount.incl_tax])
  expect(app.text).toContain(words.digital)
  expect(app.text).toContain('北京')
  expect(app.text).toContain(words.amountWhere.incl_tax)
})

test('an invoice code decides the kind and which amount is asked for', async () => {
  const { app } = await openApp()
  await app.type(words.number, '90000001')
  await app.type(words.code, '1100243130')
  expect(app.text).toContain(zhCN.kind.VAT_SPECIAL_PAPER)
  expect(labels(app)).toEqual([words.number, words.code, words.date, words.amount.excl_tax])
  await app.type(words.code, '1100243320')
  expect(app.text).toContain(zhCN.kind.VAT_NORMAL_PAPER)
  expect(labels(app)).toContain(words.checkCode)
})

test('a doubt is shown while typing and does not stop the check', async () => {
  const { app, api } = await openApp()
  await fillDigitalInvoice(app)
  await app.type(words.date, '2024-11-19')
  expect(app.text).toContain(zhCN.hint.NUMBER_YEAR_DIFFERS_FROM_DATE)
  await app.tap({ role: 'button', label: words.submit })
  await app.see(zhCN.outcome.consistent.headline)
  expect(api.asked).toHaveLength(1)
})

test('a field that cannot be right names its reason and nothing is sent', async () => {
  const { app, api } = await openApp()
  await fillDigitalInvoice(app)
  await app.type(words.amount.incl_tax, '106.005')
  expect(app.text).toContain(zhCN.field.amount_decimals)
  await app.tap({ role: 'button', label: words.submit })
  expect(app.route).toBe('pages/check/index')
  expect(app.text).toContain(fill(words.toMend, { n: 1 }))
  expect(api.asked).toHaveLength(0)
})

test('a tap on an empty form says how much is missing', async () => {
  const { app, api } = await openApp()
  await app.tap({ role: 'button', label: words.submit })
  expect(app.text).toContain(fill(words.toFill, { n: 2 }))
  expect(api.asked).toHaveLength(0)
})

test('two taps in a row open one answer and ask one question', async () => {
  const { app, api } = await openApp()
  await fillDigitalInvoice(app)
  await Promise.all([
    app.tap({ role: 'button', label: words.submit }),
    app.tap({ role: 'button', label: words.submit }),
  ])
  await app.see(zhCN.outcome.consistent.headline)
  expect(api.asked).toHaveLength(1)
  await app.back()
  expect(app.route).toBe('pages/check/index')
})

test('a long number is read back in groups, and while it is typed the rest is counted', async () => {
  const { app } = await openApp()
  await app.type(words.number, '261120000000000')
  expect(app.text).toContain(fill(words.numberMore, { n: 15, left: 5 }))
  await app.type(words.number, '26112000000000000001')
  expect(app.text).toContain('2611 2000 0000 0000 0001')
})

test('full-width digits and spaces are taken as they are meant', async () => {
  const { app } = await openApp()
  await app.type(words.number, '２５１１ 2000 0000 1234 5678')
  expect(labels(app)).toContain(words.amount.incl_tax)
})

test('scanning fills the form and says that the code is intact', async () => {
  const { app } = await openApp({}, ({ phone }) => phone.answer('scanCode', () => ({ result: SPECIAL_QR })))
  await app.tap(SCAN)
  await app.see(words.qrIntact)
  expect(typedIn(app, words.number)).toBe('90000001')
  expect(typedIn(app, words.code)).toBe('1100243130')
  expect(typedIn(app, words.date)).toBe('2024-03-15')
  expect(typedIn(app, words.amount.excl_tax)).toBe('100.00')
})

test('a cancelled scan changes nothing', async () => {
  const { app } = await openApp()
  const before = app.text
  await app.tap(SCAN)
  expect(app.text).toBe(before)
})

test('a pasted QR text and a pasted sentence fill the form', async () => {
  const { app } = await openApp()
  await app.tap(words.paste)
  await app.type(words.pasteTitle, SPECIAL_QR)
  await app.tap({ role: 'button', label: words.pasteRead })
  expect(typedIn(app, words.number)).toBe('90000001')
  await app.tap(words.paste)
  await app.type(words.pasteTitle, '发票号码：25112000000012345678，开票日期：2025年11月19日，价税合计：106.00元')
  await app.tap({ role: 'button', label: words.pasteRead })
  expect(app.text).toContain(words.filledFrom.sentence)
  expect(typedIn(app, words.number)).toBe('25112000000012345678')
  expect(typedIn(app, words.amount.incl_tax)).toBe('106.00')
})

test('a text that is no invoice says what it is and leaves the form alone', async () => {
  const { app } = await openApp({}, ({ phone }) =>
    phone.answer('scanCode', () => ({ result: 'https://example.com/x' })),
  )
  await app.tap(SCAN)
  await app.see(zhCN.notInvoice.OTHER_LINK)
  expect(typedIn(app, words.number)).toBe('')
})

test('the clipboard is read after consent, and without it the box stays to be typed into', async () => {
  const { app, phone } = await openApp({}, ({ phone }) => {
    phone.privacyAgreed = false
    phone.clipboard = SPECIAL_QR
  })
  await app.tap(words.paste)
  await app.tap(words.pasteFromClipboard)
  await app.see(zhCN.ui.privacySheet.title)
  await app.tap({ role: 'button', label: zhCN.ui.privacySheet.refuse })
  await app.see(zhCN.ui.gated.clipboardRead.fallback)
  await app.tap(words.pasteFromClipboard)
  await app.tap({ role: 'button', label: zhCN.ui.privacySheet.agree })
  await app.see(words.qrIntact)
  expect(phone.privacyAgreed).toBe(true)
})

test.each([104, 112])('errno %i of the clipboard leads to typing by hand', async errno => {
  const { PhoneRefusal } = await import('../hosts/weapp/phone')
  const { app } = await openApp({}, ({ phone }) =>
    phone.answer('getClipboardData', () => {
      throw new PhoneRefusal('getClipboardData:fail', errno)
    }),
  )
  await app.tap(words.paste)
  await app.tap(words.pasteFromClipboard)
  await app.see(zhCN.ui.gated.clipboardRead.fallback)
})

test('demo data is marked on the page', async () => {
  const { app } = await openApp()
  await app.see(zhCN.ui.demoBanner)
})

test('a link opened in WeChat fills the form from its text', async () => {
  const { app } = await openApp({ query: { text: encodeURIComponent(SPECIAL_QR) } })
  await app.see(words.qrIntact)
  expect(typedIn(app, words.number)).toBe('90000001')
})
