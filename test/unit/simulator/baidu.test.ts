import { demoSamples } from '../../../config/local/demo/demo-samples'
import { askedAmount } from '../../../config/local/demo/qr-text'
import { BAIDU_TYPES } from '../../../config/local/simulator/baidu-kinds'
import { shanghaiDay } from '../../../config/local/simulator/shanghai-day'
import { SIMULATED_BAIDU } from '../../../config/local/simulator/simulator'
import { samples } from '../../contract/wire-samples'
import { askBaidu, askToken, baiduForm, postForm, saidByBaidu } from './provider-calls'
import { call, invoice, startSimulator, stopAll } from './simulator-bench'

afterEach(stopAll)

async function withInvoice(over: object = {}) {
  const running = await startSimulator()
  const stored = invoice(over)
  await call(running.url, 'PUT', '/control/invoices', [stored])
  return { ...running, stored, form: baiduForm(stored) }
}

const ledger = async (url: string) => (await call(url, 'GET', '/control/ledger')).body

test('a token is given for the keys, in the form or in the query, and stands in no ledger', async () => {
  const { url } = await startSimulator()
  const [[, sample]] = samples('baidu.token.success') as [[string, ReturnType<typeof samples>[0][1]]]
  const { status, body } = await askToken(url)
  expect(status).toBe(200)
  expect(Object.keys(body).sort()).toEqual(Object.keys(sample.response.body as object).sort())
  expect(body.expires_in).toBe(2_592_000)
  const { apiKey, secretKey } = SIMULATED_BAIDU
  const query = `grant_type=client_credentials&client_id=${apiKey}&client_secret=${secretKey}`
  expect((await postForm(url, `/oauth/2.0/token?${query}`, {})).body.access_token).toMatch(/^24\./)
  expect(await ledger(url)).toEqual([])
})

test.each([
  ['key', { ...SIMULATED_BAIDU, apiKey: 'wrong' }],
  ['secret', { ...SIMULATED_BAIDU, secretKey: 'wrong' }],
])('a wrong %s gets no token but the answer of the wire sample', async (_, keys) => {
  const { url } = await startSimulator()
  const [[, sample]] = samples('baidu.token.error') as [[string, ReturnType<typeof samples>[0][1]]]
  const { status, body } = await askToken(url, keys)
  expect(status).toBe(sample.response.status)
  expect(body).toEqual({ error: 'invalid_client', error_description: expect.any(String) })
})

test.each([
  ['no token', '', 'error 100'],
  ['an unknown token', '24.synthetic', 'error 110'],
])('%s is refused without a charge', async (_, token, said) => {
  const { url, form } = await withInvoice()
  expect(await saidByBaidu(url, form, token)).toBe(said)
  expect(await ledger(url)).toMatchObject([{ provider: 'baidu', charged: false, result: 'auth_failure' }])
})

test('a token is good for 30 days of the product, a restart and a reset between', async () => {
  const first = await withInvoice()
  const token = (await askToken(first.url)).body.access_token
  await first.stop()
  const second = await startSimulator(first.dataDir)
  await call(second.url, 'POST', '/control/reset')
  expect(await saidByBaidu(second.url, first.form, token)).toBe('0001 N')
  await call(second.url, 'POST', '/control/clock', { advanceSeconds: 2_592_000 })
  expect(await saidByBaidu(second.url, first.form, token)).toBe('error 111')
  expect(await saidByBaidu(second.url, first.form)).toBe('0001 N')
})

test.each([
  ['normal', '0001 N'],
  ['voided', '0001 Y'],
  ['red', '0001 H'],
  ['red_full', '0001 QH'],
  ['red_partial', '0001 BH'],
  ['red_letter', '0001 N'],
  ['unknown', '0001'],
])('lifecycle %s is told as %s', async (lifecycle, told) => {
  const { url, form } = await withInvoice({ lifecycle })
  expect(await saidByBaidu(url, form)).toBe(told)
})

test.each([
  ['another amount', { total_amount: '106.01' }, '0006', true],
  ['an unknown number', { invoice_num: '26112000000000000778' }, '0009', true],
  ['another kind', { invoice_type: 'elec_invoice_normal' }, '0009', true],
  ['no amount', { total_amount: '' }, '1008', false],
  ['three decimals', { total_amount: '1.001' }, '1005', false],
  ['a short number', { invoice_num: '123' }, '1009', false],
  ['no number', { invoice_num: '' }, '1008', false],
  ['a date with dashes of no day', { invoice_date: '2026-2-30' }, '0005', false],
  ['a date six years ago', { invoice_date: '20190101' }, '1015', false],
  ['no such type', { invoice_type: 'constructor' }, 'error 216100', false],
])('%s answers %s', async (_, over, said, charged) => {
  const { url, form } = await withInvoice()
  expect(await saidByBaidu(url, { ...form, ...over })).toBe(said)
  expect(await ledger(url)).toMatchObject([{ provider: 'baidu', charged }])
})

test('a field that is left out, another method and another path are platform errors', async () => {
  const { url, form } = await withInvoice()
  const { invoice_type: _, ...less } = form
  expect(await saidByBaidu(url, less)).toBe('error 216101')
  expect((await call(url, 'GET', '/baidu/rest/2.0/ocr/v1/vat_invoice_verification')).body.error_code).toBe(3)
  expect((await postForm(url, '/rest/2.0/ocr/v1/odd', form)).body.error_code).toBe(3)
})

test('an invoice of today is too early although it is there, and the next day it is found', async () => {
  const { url, form } = await withInvoice({ issueDate: shanghaiDay(Date.now()) })
  expect(await saidByBaidu(url, form)).toBe('1014')
  expect(await ledger(url)).toMatchObject([{ charged: false, result: 'too_early' }])
  await call(url, 'POST', '/control/clock', { advanceSeconds: 86_400 })
  expect(await saidByBaidu(url, form)).toBe('0001 N')
})

test('a blockchain invoice needs amount and check code, and no seller', async () => {
  const chain = { kind: 'BLOCKCHAIN', invoiceCode: '144032600110', invoiceNumber: '00000077', checkCode: '7f3a1' }
  const { url, stored } = await withInvoice(chain)
  const form = baiduForm(stored, 'blockchain_invoice')
  expect(await saidByBaidu(url, form)).toBe('0001 N')
  expect(await saidByBaidu(url, { ...form, check_code: '7f3a2' })).toBe('0006')
})

test('the log number is too long for a JSON number, and a digital invoice has its number for a check code', async () => {
  const { url, form } = await withInvoice()
  const { text, body } = await askBaidu(url, form)
  expect(text).toMatch(/^\{"log_id":\d{19},/)
  expect(body.CheckCode).toBe(form.invoice_num)
  expect(body.words_result_num).toBe(Object.keys(body.words_result).length)
})

test('each sample of the demo page gets from Baidu the answer that its card promises', async () => {
  const { url, simulator } = await startSimulator()
  const anchor = simulator.seedDemo()
  const token = (await askToken(url)).body.access_token
  const told: Record<string, string> = {
    normal: '0001 N',
    voided: '0001 Y',
    red: '0001 H',
    red_full: '0001 QH',
    red_partial: '0001 BH',
    red_letter: '0001 N',
    unknown: '0001',
    mismatch: '0006',
    not_found: '0009',
    too_early: '1014',
  }
  for (const { face, expected, id } of demoSamples(anchor, shanghaiDay(simulator.now()))) {
    const type = Object.entries(BAIDU_TYPES).find(([, kinds]) => kinds.includes(face.kind))?.[0]
    const form = { ...baiduForm(face, type) }
    const element = face.checkCode === '' ? { total_amount: askedAmount(face) } : { total_amount: '' }
    const asked = { ...form, ...element }
    if (expected === 'network') await expect(saidByBaidu(url, asked, token)).rejects.toThrow()
    else expect([id, await saidByBaidu(url, asked, token)]).toEqual([id, told[expected]])
    await new Promise(resolve => setTimeout(resolve, 110))
  }
})
