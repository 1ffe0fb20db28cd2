import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { AskedInvoice } from '@shared/invoice/invoice'
import { BAIDU } from '../../functions/providers/baidu'
import { errorMeaning, resultMeaning } from '../../functions/providers/baidu-codes'
import type { InvoiceProvider } from '../../functions/verification/ports'
import { type BaiduServer, baiduServer, freshAdapter, json } from './baidu-server'
import { samples } from './wire-samples'

const WAIT_MS = 5000

let server: BaiduServer
let verify: InvoiceProvider['verify']
beforeAll(async () => {
  server = await baiduServer()
  // A proxy in the environment must not be used: nothing listens there.
  process.env.http_proxy = 'http://127.0.0.1:9'
})
beforeEach(() => {
  verify = freshAdapter(server.origin)
})
afterAll(() => {
  delete process.env.http_proxy
  return server.close()
})

/** The question that every recorded exchange asks. */
const ASKED: AskedInvoice = {
  kind: 'DIGITAL_SPECIAL',
  invoiceCode: null,
  invoiceNumber: '25332000000000000001',
  issueDate: '2025-11-20',
  amount: '106.00',
  checkCode: null,
  sellerTaxId: null,
}

type Expected = [outcome: string, detail: string | null, retry: string, charged: string]
const account: Expected = ['could_not_check', 'provider_account', 'elsewhere', 'no']
const refused: Expected = ['could_not_check', 'input_refused', 'none', 'no']
const busy: Expected = ['could_not_check', 'busy', 'paced', 'no']
const broken: Expected = ['could_not_check', 'network', 'delayed', 'unknown']
const unknown: Expected = ['could_not_check', 'unknown_answer', 'none', 'unknown']

/** What each sample must become: outcome, then cause or lifecycle, what may follow, whether it is taken for billed. */
const EXPECTED: Record<string, Expected> = {
  'verify.success': ['consistent', 'normal', 'none', 'yes'],
  'verify.success.red': ['consistent', 'red_full', 'none', 'yes'],
  'verify.success.voided': ['consistent', 'voided', 'none', 'yes'],
  'verify.result.mismatch': ['mismatch', null, 'none', 'yes'],
  'verify.result.not-found': ['not_found', null, 'none', 'yes'],
  'verify.result.over-five-years': ['not_checkable', null, 'none', 'no'],
  'verify.result.today-invoice': ['could_not_check', 'too_early', 'tomorrow', 'no'],
  'verify.result.per-invoice-daily-limit': ['could_not_check', 'daily_limit', 'tomorrow', 'no'],
  'verify.result.maintenance': ['could_not_check', 'maintenance', 'elsewhere', 'no'],
  'verify.result.max-volume': account,
  'verify.result.no-permission': account,
  'verify.result.illegal-request': refused,
  'verify.result.empty-field': refused,
  'verify.result.bad-length': refused,
  'verify.result.nonstandard': ['could_not_check', 'input_refused', 'none', 'unknown'],
  'verify.result.verify-exception': unknown,
  'verify.result.failed': unknown,
  'platform-error.bad-signature-iam': account,
  'platform-error.cluster-limit': busy,
  'platform-error.internal': broken,
  'platform-error.invalid-param': refused,
  'platform-error.missing-param': refused,
  'platform-error.no-api-permission': account,
  'platform-error.qps': busy,
  'platform-error.quota-daily': account,
  'platform-error.quota-total': account,
  'platform-error.token-expired': account,
  'platform-error.token-invalid': account,
  'platform-error.unavailable': broken,
  'token.success': ['consistent', 'normal', 'none', 'yes'],
  'token.error.bad-key': account,
}

const all = samples('baidu.')
const success = new Map(all).get('verify.success')?.response.body

test('every recorded sample has an expectation', () => {
  expect(all.map(([name]) => name).sort()).toEqual(Object.keys(EXPECTED).sort())
})

test.each(all)('%s means over real HTTP what the table says', async (name, { request, response }) => {
  const isToken = name.startsWith('token.')
  const answered = json(response.body, response.status)
  server.play(isToken ? json(success) : answered, isToken ? answered : undefined)
  const answer = await verify(ASKED, WAIT_MS)
  const expected = EXPECTED[name]
  expect([answer.outcome, answer.lifecycle ?? answer.cause, answer.retry, answer.charged]).toEqual(expected)
  expect(answer.counted).toBe(answer.charged)
  expect(answer.codeKnown).toBe(true)
  expect(answer.invoice === null).toBe(answer.outcome !== 'consistent')
  const { log_id: logId } = response.body as { log_id?: string | number }
  if (!isToken) expect(answer.requestId).toBe(String(logId))

  const [sent] = isToken ? server.tokenCalls : server.checks
  const { form: recorded } = request as { form?: Record<string, string> }
  const form = { ...recorded, ...(isToken && { client_id: 'the-api-key', client_secret: 'the-secret-key' }) }
  expect(sent?.method).toBe(request.method)
  expect(sent?.url.pathname).toBe(`/baidu${request.path}`)
  expect(Object.fromEntries(new URLSearchParams(sent?.body))).toEqual(form)
  expect(sent?.url.search).toBe(isToken ? '' : '?access_token=24.token-1')
  expect(sent?.headers).toMatchObject({
    'content-type': 'application/x-www-form-urlencoded',
    // A kept connection may have died while the function was frozen.
    connection: 'close',
  })
})

test('the request id keeps all of its nineteen digits, as a number and as text', async () => {
  for (const logId of ['1803053124329552749', '"1803053124329552749"']) {
    server.play(json(`{"VerifyResult":"0006","log_id": ${logId}}`))
    expect((await verify(ASKED, WAIT_MS)).requestId).toBe('1803053124329552749')
  }
})

interface DomainRow {
  provider: string
  code: string
  normalised: string
}
const domain = JSON.parse(readFileSync(path.join(__dirname, '../vectors/domain.json'), 'utf8')) as {
  resultCodes: DomainRow[]
}

const CLASSES: Record<string, [string, string | null]> = {
  MISMATCH: ['mismatch', null],
  NOT_FOUND: ['not_found', null],
  TOO_EARLY: ['could_not_check', 'too_early'],
  TOO_OLD: ['not_checkable', null],
  LIMIT_PER_INVOICE: ['could_not_check', 'daily_limit'],
  PROVIDER_ACCOUNT: ['could_not_check', 'provider_account'],
  UPSTREAM_MAINTENANCE: ['could_not_check', 'maintenance'],
  BAD_REQUEST: ['could_not_check', 'input_refused'],
  UNKNOWN: ['could_not_check', 'unknown_answer'],
}
const refusals = domain.resultCodes.filter(row => row.provider === 'baidu' && row.normalised !== 'FOUND')

test.each(refusals)('$code is $normalised', row => {
  const meaning = resultMeaning(row.code)
  expect([meaning?.outcome, meaning?.cause]).toEqual(CLASSES[row.normalised])
})

/** Upstreams reference § 2.2. */
const RESULTS = '0002 0005 0006 0009 1004 1005 1006 1008 1009 1014 1015 1020 1021 9999'.split(' ')
const ERRORS =
  '1 2 3 4 6 14 17 18 19 100 110 111 216100 216101 216102 216103 216110 216200 216201 216202 216630 282000'.split(' ')

test('every documented code has a row, and nothing undocumented has', () => {
  expect(RESULTS.filter(code => resultMeaning(code) === null)).toEqual([])
  expect(ERRORS.filter(code => errorMeaning(code) === null)).toEqual([])
  for (const code of ['0001', '0003', '1', '1007', '7777', '', 'toString', '__proto__']) {
    expect(resultMeaning(code)).toBeNull()
  }
  for (const code of ['0', '5', '0001', '336000', '', 'constructor']) expect(errorMeaning(code)).toBeNull()
})

test('a code whose cost nobody names is taken for spent, and is never repeated by itself', () => {
  for (const code of ['1005', '1006', '9999']) {
    expect(resultMeaning(code)).toMatchObject({ charged: 'unknown', counted: 'unknown', retry: 'none' })
  }
})

test.each([
  ['a new result', { log_id: 7, VerifyResult: '7777' }, '7777'],
  ['a new error', { log_id: 7, error_code: 336_000, error_msg: 'new' }, 'error_code 336000'],
])('%s is no answer, kept for the log and the alarm', async (_, body, rawCode) => {
  server.play(json(body))
  expect(await verify(ASKED, WAIT_MS)).toMatchObject({
    outcome: 'could_not_check',
    cause: 'unknown_answer',
    charged: 'unknown',
    codeKnown: false,
    requestId: '7',
    rawCode,
  })
  expect(server.checks).toHaveLength(1)
})

test('the row says what Baidu is', () => {
  const { kinds, ...traits } = BAIDU.traits
  expect(traits).toEqual({
    name: 'baidu',
    order: 2,
    timeoutMs: 12_000,
    callsPerSecond: 10,
    priceFen: 24,
    sameDay: false,
  })
  expect(kinds.has('DIGITAL_SPECIAL')).toBe(true)
  expect(kinds.has('UNKNOWN')).toBe(false)
  expect([BAIDU.baseUrl, BAIDU.secrets]).toEqual(['https://aip.baidubce.com', ['api-key', 'secret-key']])
})
