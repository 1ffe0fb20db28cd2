import { DOCUMENTED_CODES } from '../../../config/local/simulator/documented-codes'
import { asRecord } from '../../../config/local/simulator/sim-invoice'
import { samples } from '../../contract/wire-samples'
import { askBaidu, askToken, baiduForm } from './provider-calls'
import { aliyunWire, tencentWire } from './signed-calls'
import { call, invoice, questionOf, type Running, startSimulator, stopAll } from './simulator-bench'

type Name = 'tencent' | 'baidu' | 'aliyun'

let running: Running
let token: string
beforeAll(async () => {
  running = await startSimulator()
  token = (await askToken(running.url)).body.access_token
})
afterAll(stopAll)

const unwrapped = (body: unknown): Record<string, unknown> => {
  const record = asRecord(body)
  return typeof record.Data === 'string' ? { ...record, Data: JSON.parse(record.Data) } : record
}

/** Every key of an answer with its place; the elements of a list share one. */
function keysOf(value: unknown, place = ''): string[] {
  if (Array.isArray(value)) return value.flatMap(entry => keysOf(entry, `${place}[]`))
  const record = asRecord(value)
  return [
    ...new Set(Object.keys(record).flatMap(key => [`${place}.${key}`, ...keysOf(record[key], `${place}.${key}`)])),
  ]
}

/** The code that an answer names, wherever its provider puts it. */
function codeOf(body: unknown): string {
  const { Response, error_code: platform, VerifyResult, Data, Code } = unwrapped(body)
  const code = asRecord(asRecord(Response).Error).Code ?? platform ?? VerifyResult ?? asRecord(Data).code ?? Code
  return code === undefined ? 'found' : String(code)
}

const stored = (over: object = {}) =>
  invoice({ items: [{ name: '*信息技术服务*服务费', quantity: '1', unitPrice: '100.00' }], ...over })

/** One check of an invoice over the wire. */
function check(name: Name, of: ReturnType<typeof invoice>, type?: string) {
  if (name === 'tencent') return tencentWire(running.url, { ...questionOf(of), CheckCode: of.checkCode.slice(-6) })
  const form = baiduForm(of, type)
  if (name === 'baidu') return askBaidu(running.url, form, token)
  const { invoice_num: InvoiceNo, invoice_date: InvoiceDate, total_amount: InvoiceSum } = form
  return aliyunWire(running.url, { InvoiceNo, InvoiceDate, InvoiceSum })
}

const failures = (
  [
    ['tencent', 'tencent.verify.error.'],
    ['baidu', 'baidu.verify.result.'],
    ['baidu', 'baidu.platform-error.'],
    ['aliyun', 'aliyun.verify.result.'],
    ['aliyun', 'aliyun.gateway-error.'],
  ] as const
).flatMap(([name, prefix]) => samples(prefix).map(([id, sample]) => [`${prefix}${id}`, name, sample] as const))

test.each(failures)('%s is answered on demand as the sample has it', async (_, name, { _meta, response }) => {
  const code = codeOf(response.body)
  await call(running.url, 'POST', '/control/reset')
  const set = await call(running.url, 'PUT', '/control/faults', { provider: name, mode: 'code', code })
  expect(set.status).toBe(200)
  const answer = await check(name, stored())
  expect(answer.status).toBe(response.status)
  expect(answer.type).toBe(response.headers['Content-Type'])
  expect(codeOf(answer.body)).toBe(code)
  expect(keysOf(unwrapped(answer.body)).sort()).toEqual(keysOf(unwrapped(response.body)).sort())
  const { body: ledger } = await call(running.url, 'GET', '/control/ledger')
  const billed = _meta.billed_by_vendor ?? ['0006', '0009'].includes(code)
  expect(ledger).toMatchObject([{ provider: name, charged: billed, result: `code:${code}` }])
})

const LIFECYCLES: Record<string, string> = { voided: 'voided', red: 'red_full', 'red-full': 'red_full' }
const KINDS: Record<string, object> = {
  'paper-normal': {
    kind: 'VAT_NORMAL_PAPER',
    invoiceCode: '033002600104',
    invoiceNumber: '00000077',
    checkCode: '12345678901234567890',
  },
  rail: { kind: 'DIGITAL_RAILWAY' },
}
const successes = (['tencent', 'baidu', 'aliyun'] as const).flatMap(name =>
  samples(`${name}.verify.success`).map(([rest, sample]) => [`${name}${rest}`, name, rest.slice(1), sample] as const),
)

test.each(successes)('a found invoice has every key of %s, and its code', async (_, name, rest, { response }) => {
  await call(running.url, 'POST', '/control/reset')
  const of = stored({ lifecycle: LIFECYCLES[rest] ?? 'normal', ...KINDS[rest] })
  await call(running.url, 'PUT', '/control/invoices', [of])
  const answer = await check(name, of)
  expect(answer.status).toBe(response.status)
  expect(answer.type).toBe(response.headers['Content-Type'])
  expect(codeOf(answer.body)).toBe(codeOf(response.body))
  expect(keysOf(unwrapped(answer.body))).toEqual(expect.arrayContaining(keysOf(unwrapped(response.body))))
})

test.each(
  Object.entries(DOCUMENTED_CODES).flatMap(([name, codes]) =>
    Object.keys(codes).map(code => [name as Name, code] as const),
  ),
)('%s answers %s on demand', async (name, code) => {
  await call(running.url, 'POST', '/control/reset')
  await call(running.url, 'PUT', '/control/invoices', [stored()])
  await call(running.url, 'PUT', '/control/faults', { provider: name, mode: 'code', code })
  expect(codeOf((await check(name, stored())).body)).toBe(code)
  const { body } = await call(running.url, 'GET', '/control/ledger')
  expect(body[0].charged).toBe(DOCUMENTED_CODES[name][code]?.charged)
})
