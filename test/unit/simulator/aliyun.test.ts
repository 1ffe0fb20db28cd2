import { demoSamples } from '../../../config/local/demo/demo-samples'
import { askedAmount } from '../../../config/local/demo/qr-text'
import { shanghaiDay } from '../../../config/local/simulator/shanghai-day'
import { SIMULATED_ALIYUN } from '../../../config/local/simulator/simulator'
import { aliyunQuery, askAliyun, askToken, baiduForm, saidByAliyun, saidByBaidu } from './provider-calls'
import { ask, call, invoice, questionOf, startSimulator, stopAll } from './simulator-bench'

afterEach(stopAll)

async function withInvoice(over: object = {}) {
  const running = await startSimulator()
  const stored = invoice(over)
  await call(running.url, 'PUT', '/control/invoices', [stored])
  return { ...running, stored, query: aliyunQuery(stored) }
}

const ledger = async (url: string) => (await call(url, 'GET', '/control/ledger')).body

test.each(['', '/aliyun'])('the official SDK is understood with its endpoint ending in "%s"', async path => {
  const { url, query } = await withInvoice()
  expect(await saidByAliyun(url, query, path)).toBe('001 N')
  expect(await ledger(url)).toMatchObject([{ provider: 'aliyun', charged: true, result: 'found' }])
})

test('values that the signature writes otherwise than the address are read as they were given', async () => {
  const { url, query } = await withInvoice()
  expect(await saidByAliyun(url, { ...query, verifyCode: "*~ +&=!'()中" })).toBe('001 N')
})

test.each([
  ['key', { ...SIMULATED_ALIYUN, accessKeyId: 'somebody' }, 'error 404 InvalidAccessKeyId.NotFound'],
  ['secret', { ...SIMULATED_ALIYUN, accessKeySecret: 'wrong' }, 'error 400 SignatureDoesNotMatch'],
])('a wrong %s is refused without a charge', async (_, keys, said) => {
  const { url, query } = await withInvoice()
  expect(await saidByAliyun(url, query, '', keys)).toBe(said)
  expect(await ledger(url)).toMatchObject([{ charged: false, result: 'auth_failure' }])
})

/** The headers and the address of one signed request of the SDK. */
async function captured(url: string, query: object) {
  const { subscribe, unsubscribe } = await import('node:diagnostics_channel')
  const seen: { path: string; headers: Record<string, string> }[] = []
  const onStart = (message: unknown) => {
    const { request } = message as { request: { path: string; getHeaders(): Record<string, string> } }
    seen.push({ path: request.path, headers: { ...request.getHeaders() } })
  }
  subscribe('http.client.request.start', onStart)
  await askAliyun(url, query)
  unsubscribe('http.client.request.start', onStart)
  const [first] = seen
  if (first === undefined) throw new Error('no request was seen')
  const { host: _, connection: __, 'content-length': ___, ...headers } = first.headers
  return { path: first.path, headers }
}

test('a request sent again, changed, or signed a quarter of an hour ago is refused', async () => {
  const { url, query } = await withInvoice()
  const { path, headers } = await captured(url, query)
  const again = await call(url, 'POST', path, undefined, headers)
  expect(again).toMatchObject({ status: 400, body: { Code: 'SignatureNonceUsed' } })
  const changed = await call(url, 'POST', path.replace('106.00', '106.01'), undefined, headers)
  expect(changed).toMatchObject({ status: 400, body: { Code: 'SignatureDoesNotMatch' } })
  const unsigned = { ...headers, 'x-acs-signature-nonce': 'f'.repeat(64) }
  expect((await call(url, 'POST', path, undefined, unsigned)).body.Code).toBe('SignatureDoesNotMatch')
  const date = `${new Date(Date.now() - 16 * 60_000).toISOString().slice(0, 19)}Z`
  const old = await call(url, 'POST', path, undefined, { ...headers, 'x-acs-date': date })
  expect(old).toMatchObject({ status: 400, body: { Code: 'InvalidTimeStamp.Expired' } })
  const action = await call(url, 'POST', path, undefined, { ...headers, 'x-acs-action': 'Odd' })
  expect(action.body.Code).toBe('SignatureDoesNotMatch')
})

test.each([
  ['normal', '001 N'],
  ['voided', '001 Y'],
  ['red', '001 H'],
  ['red_full', '001 8'],
  ['red_partial', '001 7'],
  ['red_letter', '001 N'],
  ['unknown', '001'],
])('lifecycle %s is told as %s', async (lifecycle, told) => {
  const { url, query } = await withInvoice({ lifecycle })
  expect(await saidByAliyun(url, query)).toBe(told)
})

test.each([
  ['another amount', { invoiceSum: '106.01' }, '006', true],
  ['an unknown number', { invoiceNo: '26112000000000000778' }, '009', true],
  ['a blockchain kind', { invoiceKind: 1 }, '009', true],
  ['neither amount nor check code', { invoiceSum: '' }, '1005', true],
  ['three decimals', { invoiceSum: '1.001' }, '111', false],
  ['a short number', { invoiceNo: '123' }, '113', false],
  ['a code beside 20 digits', { invoiceCode: '033002600111' }, '110', false],
  ['a date with dashes of no day', { invoiceDate: '2026-2-30' }, '1010', false],
  ['a date six years ago', { invoiceDate: '20190101' }, '10017', false],
  ['no number', { invoiceNo: '' }, 'error 400 MissingInvoiceNo', false],
])('%s answers %s', async (_, over, said, charged) => {
  const { url, query } = await withInvoice()
  expect(await saidByAliyun(url, { ...query, ...over })).toBe(said)
  expect(await ledger(url)).toMatchObject([{ provider: 'aliyun', charged }])
})

test.each([
  ['VAT_NORMAL_ROLL', '04'],
  ['VAT_NORMAL_PAPER', '11'],
])('%s is type %s, the other way round than with Tencent', async (kind, type) => {
  const over = { kind, invoiceCode: '033002600107', invoiceNumber: '00000077', checkCode: '12345678901234567890' }
  const { url, query } = await withInvoice(over)
  expect((await askAliyun(url, query)).data.data.invoiceType).toBe(type)
})

test('an invoice of today is found when it is there, and too early when it is not', async () => {
  const { url, query } = await withInvoice({ issueDate: shanghaiDay(Date.now()) })
  expect(await saidByAliyun(url, query)).toBe('001 N')
  const visibleFrom = new Date(Date.now() + 3 * 86_400_000).toISOString()
  const later = invoice({ issueDate: shanghaiDay(Date.now()), invoiceNumber: '26112000000000000776', visibleFrom })
  await call(url, 'PUT', '/control/invoices', [later])
  expect(await saidByAliyun(url, aliyunQuery(later))).toBe('10014')
})

test('five checks of an invoice a day are all there are, whoever of the three is asked', async () => {
  const { url, stored, query } = await withInvoice()
  const token = (await askToken(url)).body.access_token
  const bySum = (sum: string) => ({ ...baiduForm(stored), total_amount: sum })
  expect(await saidByAliyun(url, query)).toBe('001 N')
  expect(await saidByBaidu(url, bySum('1.00'), token)).toBe('0006')
  expect(await ask(url, questionOf(stored))).toBe('found N')
  expect(await saidByBaidu(url, bySum('106.00'), token)).toBe('0001 N')
  expect((await askAliyun(url, query)).data.data.inspectionAmount).toBe('5')
  expect(await saidByAliyun(url, query)).toBe('002')
  expect(await saidByBaidu(url, bySum('106.00'), token)).toBe('0002')
  expect(await ask(url, questionOf(stored))).toBe('FailedOperation.CountLimitError')
  const rows: { provider: string; charged: boolean }[] = await ledger(url)
  expect(rows.filter(({ charged }) => charged)).toHaveLength(5)
  expect(new Set(rows.map(({ provider }) => provider))).toEqual(new Set(['tencent', 'baidu', 'aliyun']))
})

test('each sample of the demo page gets from Alibaba the answer that its card promises', async () => {
  const { url, simulator } = await startSimulator()
  const anchor = simulator.seedDemo()
  const told: Record<string, string> = {
    normal: '001 N',
    voided: '001 Y',
    red: '001 H',
    red_full: '001 8',
    red_partial: '001 7',
    red_letter: '001 N',
    unknown: '001',
    mismatch: '006',
    not_found: '009',
    too_early: '10014',
    network: 'error undefined undefined',
  }
  for (const { face, expected, id } of demoSamples(anchor, shanghaiDay(simulator.now()))) {
    const query = aliyunQuery(face)
    const element = face.checkCode === '' ? { invoiceSum: askedAmount(face) } : { invoiceSum: '' }
    expect([id, await saidByAliyun(url, { ...query, ...element })]).toEqual([id, told[expected]])
    await new Promise(resolve => setTimeout(resolve, 110))
  }
})
