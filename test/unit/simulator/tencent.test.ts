import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { demoSamples } from '../../../config/local/demo/demo-samples'
import { askedAmount } from '../../../config/local/demo/qr-text'
import { shanghaiDay } from '../../../config/local/simulator/shanghai-day'
import { ask, call, invoice, questionOf, startSimulator, stopAll, tencentClient } from './simulator-bench'

afterEach(stopAll)

async function withInvoice(over: object = {}) {
  const running = await startSimulator()
  const stored = invoice(over)
  await call(running.url, 'PUT', '/control/invoices', [stored])
  return { ...running, stored, question: questionOf(stored) }
}

const ledger = async (url: string) => (await call(url, 'GET', '/control/ledger')).body

test('the official SDK reads a found invoice with every object of the wire sample', async () => {
  const { url, question } = await withInvoice()
  const answer = await tencentClient(url).VatInvoiceVerifyNew(question)
  const sample = JSON.parse(
    readFileSync(join(__dirname, '../../vectors/wire/tencent.verify.success.digital-special.json'), 'utf8'),
  ).response.body.Response
  expect(Object.keys(sample).sort()).toEqual(
    Object.keys(answer)
      .filter(key => key !== 'TraceId')
      .sort(),
  )
  expect(Object.keys(answer.Invoice ?? {}).sort()).toEqual(Object.keys(sample.Invoice).sort())
  expect(answer.Invoice).toMatchObject({ Type: '0920', IsAbandoned: 'N', AmountWithTax: '106.00' })
  expect(answer.ElectronicTrainTicket).toEqual(sample.ElectronicTrainTicket)
  expect(answer.VehicleInvoiceInfo).toEqual(sample.VehicleInvoiceInfo)
  expect(answer.UsedVehicleInvoiceInfo).toEqual(sample.UsedVehicleInvoiceInfo)
})

test.each([
  ['secret key', { secretId: 'SIMULATED-SECRET-ID', secretKey: 'wrong' }, 'AuthFailure.SignatureFailure'],
  ['secret id', { secretId: 'somebody', secretKey: 'simulated-secret-key' }, 'AuthFailure.SecretIdNotFound'],
])('a wrong %s is refused without a charge', async (_, credentials, code) => {
  const { url, question } = await withInvoice()
  await expect(tencentClient(url, credentials).VatInvoiceVerifyNew(question)).rejects.toMatchObject({ code })
  expect(await ledger(url)).toMatchObject([{ charged: false, result: 'auth_failure' }])
})

test('a request changed after signing and one of six minutes ago are refused', async () => {
  const { url } = await withInvoice()
  const headers = {
    'x-tc-action': 'VatInvoiceVerifyNew',
    'x-tc-version': '2018-11-19',
    authorization: `TC3-HMAC-SHA256 Credential=SIMULATED-SECRET-ID/2026-01-01/ocr/tc3_request, SignedHeaders=content-type;host, Signature=${'0'.repeat(64)}`,
  }
  const at = (seconds: number) => ({ ...headers, 'x-tc-timestamp': String(Math.floor(Date.now() / 1000) + seconds) })
  const changed = await call(url, 'POST', '/tencent/', {}, at(0))
  expect(changed.body.Response.Error.Code).toBe('AuthFailure.SignatureFailure')
  const old = await call(url, 'POST', '/tencent/', {}, at(-360))
  expect(old).toMatchObject({ status: 200, body: { Response: { Error: { Code: 'AuthFailure.SignatureExpire' } } } })
})

test.each([
  ['another amount', { Amount: '106.01' }, 'FailedOperation.InvoiceMismatch', true],
  ['another date', { InvoiceDate: '2026-01-05' }, 'FailedOperation.InvoiceMismatch', true],
  ['an unknown number', { InvoiceNo: '26112000000000000778' }, 'ResourceNotFound.NoInvoice', true],
  ['no amount', { Amount: '' }, 'InvalidParameterValue.PriceOrVerificationParameterValueLimit', false],
  ['three decimals', { Amount: '1.001' }, 'InvalidParameterValue.PriceOrVerificationParameterValueLimit', false],
  ['a short number', { InvoiceNo: '123' }, 'InvalidParameterValue.TicketSnParameterValueLimit', false],
  [
    'a code beside 20 digits',
    { InvoiceCode: '033002600111' },
    'InvalidParameterValue.TicketCodeParameterValueLimit',
    false,
  ],
  ['a date six years ago', { InvoiceDate: '2019-01-01' }, 'InvalidParameterValue.TicketDateParameterValueLimit', false],
  ['no real date', { InvoiceDate: '2026-02-30' }, 'InvalidParameterValue.TicketDateParameterValueLimit', false],
])('%s answers %s', async (_, over, code, charged) => {
  const { url, question } = await withInvoice()
  expect(await ask(url, { ...question, ...over })).toBe(code)
  expect(await ledger(url)).toMatchObject([{ provider: 'tencent', charged }])
})

test.each([
  ['normal', 'found N'],
  ['voided', 'found Y'],
  ['red', 'found H'],
  ['red_full', 'found HF'],
  ['red_partial', 'found HP'],
  ['red_letter', 'found N'],
  ['unknown', 'found '],
])('lifecycle %s is told as %s', async (lifecycle, told) => {
  const { url, question } = await withInvoice({ lifecycle })
  expect(await ask(url, question)).toBe(told)
})

test('a used vehicle is found by either total', async () => {
  const { url, stored } = await withInvoice({
    kind: 'USED_VEHICLE',
    invoiceCode: '012002600117',
    invoiceNumber: '90000099',
  })
  const question = { ...questionOf(stored), Amount: '106.00' }
  expect(await ask(url, question)).toBe('found N')
  expect(await ask(url, { ...question, Amount: '100' })).toBe('found N')
  expect(await ask(url, { ...question, Amount: '101' })).toBe('FailedOperation.InvoiceMismatch')
})

test('before visibleFrom the answer is too early on the day of issue and not found afterwards', async () => {
  const today = shanghaiDay(Date.now())
  const later = new Date(Date.now() + 3 * 86_400_000).toISOString()
  const { url, question } = await withInvoice({ issueDate: today, visibleFrom: later })
  expect(await ask(url, question)).toBe('ResourceNotFound.NotSupportCurrentInvoiceQuery')
  await call(url, 'POST', '/control/clock', { advanceSeconds: 86_400 })
  expect(await ask(url, question)).toBe('ResourceNotFound.NoInvoice')
  await call(url, 'POST', '/control/clock', { advanceSeconds: 3 * 86_400 })
  expect(await ask(url, question)).toBe('found N')
  expect((await ledger(url)).map((row: { charged: boolean }) => row.charged)).toEqual([false, true, true])
})

test('the sixth check of a day is refused without a charge, and the next day starts afresh', async () => {
  const { url, question } = await withInvoice()
  for (let check = 0; check < 5; check += 1) await ask(url, { ...question, Amount: `${check}.00` })
  expect(await ask(url, question)).toBe('FailedOperation.CountLimitError')
  expect((await ledger(url)).filter((row: { charged: boolean }) => row.charged)).toHaveLength(5)
  await call(url, 'POST', '/control/clock', { advanceSeconds: 86_400 })
  expect(await ask(url, question)).toBe('found N')
})

test('more than twenty calls a second are refused', async () => {
  const { url, question } = await withInvoice()
  const calls = Array.from({ length: 30 }, (_, index) =>
    ask(url, { ...question, InvoiceNo: String(26112000000000001000n + BigInt(index)) }),
  )
  const refused = (await Promise.all(calls)).filter(code => code === 'RequestLimitExceeded')
  expect(refused).toHaveLength(10)
})

test('each sample of the demo page gets the answer that its card promises', async () => {
  const { url, simulator } = await startSimulator()
  const anchor = simulator.seedDemo()
  const told: Record<string, string> = {
    normal: 'found N',
    voided: 'found Y',
    red: 'found H',
    red_full: 'found HF',
    red_partial: 'found HP',
    red_letter: 'found N',
    unknown: 'found ',
    mismatch: 'FailedOperation.InvoiceMismatch',
    not_found: 'ResourceNotFound.NoInvoice',
    too_early: 'ResourceNotFound.NotSupportCurrentInvoiceQuery',
    network: 'no answer',
  }
  for (const { face, expected, id } of demoSamples(anchor, shanghaiDay(simulator.now()))) {
    const code = face.checkCode.slice(-6)
    const element = code === '' ? { Amount: askedAmount(face) } : { CheckCode: code }
    const question = { InvoiceCode: face.invoiceCode, InvoiceNo: face.invoiceNumber, InvoiceDate: face.issueDate }
    expect([id, await ask(url, { ...question, ...element })]).toEqual([id, told[expected]])
    await new Promise(resolve => setTimeout(resolve, 60))
  }
})
