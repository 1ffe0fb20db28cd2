import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { AskedInvoice } from '@shared/invoice/invoice'
import type { InvoiceKind } from '@shared/invoice/invoice-kind'
import { TENCENT } from '../../functions/providers/tencent'
import { meaningOf } from '../../functions/providers/tencent-codes'
import { lifecycleOf } from '../../functions/providers/tencent-invoice'
import { tencentRequest } from '../../functions/providers/tencent-request'
import type { InvoiceProvider } from '../../functions/verification/ports'
import { type ReplayServer, replayServer, samples } from './wire-samples'

const WAIT_MS = 5000

let server: ReplayServer
let verify: InvoiceProvider['verify']
beforeAll(async () => {
  server = await replayServer()
  // A proxy in the environment must not be used: nothing listens there.
  process.env.http_proxy = 'http://127.0.0.1:9'
  verify = TENCENT.connect({
    baseUrl: server.origin,
    secrets: async () => ({ 'secret-id': 'AKIDsynthetic', 'secret-key': 'synthetic' }),
  })
})
afterAll(() => {
  delete process.env.http_proxy
  return server.close()
})

type Body = Record<string, string | undefined>

/** The question that a sample's request asks. */
function askedBy(body: Body): AskedInvoice {
  const kind: InvoiceKind = body.InvoiceKind === '04' ? 'VAT_NORMAL_PAPER' : 'UNKNOWN'
  return {
    kind,
    invoiceCode: body.InvoiceCode || null,
    invoiceNumber: body.InvoiceNo ?? '',
    issueDate: body.InvoiceDate ?? '',
    amount: body.Amount ?? null,
    checkCode: body.CheckCode ?? null,
    sellerTaxId: null,
  }
}

/** What each sample must become: outcome, then cause or lifecycle. */
const EXPECTED: Record<string, [string, string | null]> = {
  'success.digital-special': ['consistent', 'normal'],
  'success.paper-normal': ['consistent', 'normal'],
  'success.rail': ['consistent', 'normal'],
  'success.red-full': ['consistent', 'red_full'],
  'success.voided': ['consistent', 'voided'],
  'error.mismatch': ['mismatch', null],
  'error.not-found': ['not_found', null],
  'error.today-invoice': ['could_not_check', 'too_early'],
  'error.per-invoice-daily-limit': ['could_not_check', 'daily_limit'],
  'error.rate-limit': ['could_not_check', 'busy'],
  'error.maintenance-tax-network': ['could_not_check', 'maintenance'],
  'error.internal-error': ['could_not_check', 'network'],
  'error.unknown': ['could_not_check', 'unknown_answer'],
  'error.bad-param': ['could_not_check', 'input_refused'],
  'error.bad-param-amount-or-checkcode': ['could_not_check', 'input_refused'],
  'error.bad-param-code': ['could_not_check', 'input_refused'],
  'error.bad-param-date': ['could_not_check', 'input_refused'],
  'error.bad-param-number': ['could_not_check', 'input_refused'],
  'error.bad-region-code': ['could_not_check', 'input_refused'],
  'error.bad-secret-id': ['could_not_check', 'provider_account'],
  'error.bad-signature': ['could_not_check', 'provider_account'],
  'error.signature-expired': ['could_not_check', 'provider_account'],
  'error.charge-status': ['could_not_check', 'provider_account'],
  'error.not-opened': ['could_not_check', 'provider_account'],
  'error.quota-arrears-legacy': ['could_not_check', 'provider_account'],
  'error.quota-in-arrears': ['could_not_check', 'provider_account'],
  'error.quota-package-run-out': ['could_not_check', 'provider_account'],
}

test('every recorded sample has an expectation', () => {
  expect(
    samples('tencent.verify.')
      .map(([name]) => name)
      .sort(),
  ).toEqual(Object.keys(EXPECTED).sort())
})

test.each(samples('tencent.verify.'))('%s means over real HTTP what the table says', async (name, sample) => {
  server.received.length = 0
  server.answer(sample.response.status, sample.response.headers, JSON.stringify(sample.response.body))
  const asked = askedBy(sample.request.body as Body)
  const answer = await verify(asked, WAIT_MS)
  const [outcome, detail] = EXPECTED[name] ?? []
  expect([answer.outcome, answer.lifecycle ?? answer.cause]).toEqual([outcome, detail])
  expect(answer.codeKnown).toBe(true)
  expect(answer.requestId).toBe('00000000-0000-4000-8000-00000000aaaa')
  expect(answer.invoice === null).toBe(outcome !== 'consistent')
  const billed = sample._meta.billed_by_vendor
  if (billed !== undefined && answer.charged !== 'unknown') expect(answer.charged).toBe(billed ? 'yes' : 'no')

  const [sent] = server.received
  expect(JSON.parse(sent?.body ?? '')).toEqual({ ...(sample.request.body as Body), EnableTodayInvoice: true })
  expect(sent?.headers).toMatchObject({
    'x-tc-action': 'VatInvoiceVerifyNew',
    'x-tc-version': '2018-11-19',
    'x-tc-region': 'ap-guangzhou',
    'x-tc-language': 'zh-CN',
    authorization: expect.stringMatching(/^TC3-HMAC-SHA256 Credential=AKIDsynthetic\//),
  })
})

test('passengers and bank accounts do not leave the adapter', async () => {
  const rail = new Map(samples('tencent.verify.')).get('success.rail')
  if (rail === undefined) throw new Error('no sample')
  server.answer(200, rail.response.headers, JSON.stringify(rail.response.body))
  const answer = await verify(askedBy(rail.request.body as Body), WAIT_MS)
  expect(answer.invoice).toMatchObject({ kind: 'DIGITAL_RAILWAY', amount: '106.00', issueDate: '2025-11-20' })
  const text = JSON.stringify(answer)
  for (const secret of ['合成旅客', '330000********0000', 'BankAccount']) expect(text).not.toContain(secret)
})

test('a ticket that came back only in its own sub-object is read from there', async () => {
  const rail = new Map(samples('tencent.verify.')).get('success.rail')
  if (rail === undefined) throw new Error('no sample')
  const response = { ...(rail.response.body as { Response: object }).Response, Invoice: null }
  server.answer(200, {}, JSON.stringify({ Response: response }))
  const answer = await verify(askedBy(rail.request.body as Body), WAIT_MS)
  expect(answer).toMatchObject({ outcome: 'consistent', lifecycle: 'normal', invoice: { amountWithTax: '106.00' } })
})

test('an answer about another invoice is no answer to this question', async () => {
  const sample = new Map(samples('tencent.verify.')).get('success.digital-special')
  server.answer(200, {}, JSON.stringify(sample?.response.body))
  const other = { ...askedBy(sample?.request.body as Body), invoiceNumber: '25332000000000000002' }
  const answer = await verify(other, WAIT_MS)
  expect(answer).toMatchObject({ outcome: 'could_not_check', cause: 'unknown_answer', invoice: null, codeKnown: false })
})

interface DomainRow {
  provider: string
  code: string
  normalised: string
  charged?: boolean
}
const domain = JSON.parse(readFileSync(path.join(__dirname, '../vectors/domain.json'), 'utf8')) as {
  resultCodes: DomainRow[]
  lifecycle: { field: string; value: string; status: string }[]
}

const CLASSES: Record<string, [string, string | null]> = {
  MISMATCH: ['mismatch', null],
  NOT_FOUND: ['not_found', null],
  LIMIT_PER_INVOICE: ['could_not_check', 'daily_limit'],
  PROVIDER_ACCOUNT: ['could_not_check', 'provider_account'],
  BAD_REQUEST: ['could_not_check', 'input_refused'],
  UNKNOWN: ['could_not_check', 'unknown_answer'],
}

test.each(domain.resultCodes.filter(row => row.provider === 'tencent'))('$code is $normalised', row => {
  const meaning = meaningOf(row.code)
  expect([meaning?.outcome, meaning?.cause]).toEqual(CLASSES[row.normalised])
  if (row.charged !== undefined) expect(meaning?.charged).toBe(row.charged ? 'yes' : 'no')
})

const STATES: Record<string, string> = {
  NORMAL: 'normal',
  VOIDED: 'voided',
  RED_REVERSED: 'red',
  RED_REVERSED_PARTIAL: 'red_partial',
  RED_REVERSED_FULL: 'red_full',
  NOT_SYNCED: 'unknown',
}

test.each(domain.lifecycle.filter(row => row.field.startsWith('tencent.')))('$field $value is $status', row => {
  const isAbandoned = row.field === 'tencent.IsAbandoned' ? row.value : ''
  const stateCode = row.field === 'tencent.StateCode' ? row.value : ''
  expect(lifecycleOf(isAbandoned, stateCode, false)).toEqual({ lifecycle: STATES[row.status], oddCode: null })
})

test.each([
  ['', '', false, 'unknown', false],
  ['N', '', true, 'red_letter', false],
  ['Y', '', true, 'voided', false],
  ['N', '1', false, 'unknown', false],
  ['N', '3', false, 'red', false],
  ['n', '', false, 'unknown', true],
  ['N', '9', false, 'unknown', true],
  ['toString', '', false, 'unknown', true],
])('state %p with ticket state %p and red mark %p is %s', (isAbandoned, stateCode, red, lifecycle, isOdd) => {
  const read = lifecycleOf(isAbandoned, stateCode, red)
  expect([read.lifecycle, read.oddCode !== null]).toEqual([lifecycle, isOdd])
})

const asked = (changes: Partial<AskedInvoice>): AskedInvoice => ({
  kind: 'UNKNOWN',
  invoiceCode: '033002100111',
  invoiceNumber: '00000001',
  issueDate: '2026-11-20',
  amount: '100.00',
  checkCode: '123456',
  sellerTaxId: '91310000YANPA0002C',
  ...changes,
})

test.each<[string, Partial<AskedInvoice>, string[]]>([
  ['a special invoice by its amount', { kind: 'VAT_SPECIAL_PAPER' }, ['Amount']],
  ['a normal invoice by its check code', { kind: 'VAT_NORMAL_PAPER' }, ['CheckCode']],
  ['a normal invoice without a check code by what is there', { kind: 'VAT_NORMAL_PAPER', checkCode: null }, ['Amount']],
  [
    'a blockchain invoice by all three',
    { kind: 'BLOCKCHAIN', checkCode: '1a2b3' },
    ['Amount', 'CheckCode', 'SellerTaxCode'],
  ],
  ['an unknown kind by whatever was given', {}, ['Amount', 'CheckCode']],
  [
    'a digital number by the amount',
    { kind: 'DIGITAL_PAPER_NORMAL', invoiceCode: null, invoiceNumber: '2'.repeat(20) },
    ['Amount'],
  ],
])('%s is asked by the right element', (_, changes, elements) => {
  const { request } = tencentRequest(asked(changes))
  const sent = Object.keys(request).filter(key => ['Amount', 'CheckCode', 'SellerTaxCode'].includes(key))
  expect(sent.sort()).toEqual(elements)
})

test('of a full check code the last six characters are sent, and the rest is left to us', () => {
  const { request, compared } = tencentRequest(asked({ kind: 'VAT_NORMAL_PAPER', checkCode: '12345678901234567890' }))
  expect(request.CheckCode).toBe('567890')
  expect(compared).not.toContain('checkCode')
})

test('twenty digits are sent without the code that is printed beside them, which stays ours to compare', () => {
  const digital = asked({ kind: 'DIGITAL_PAPER_NORMAL', invoiceNumber: '2'.repeat(20) })
  const { request, compared } = tencentRequest(digital)
  expect(request.InvoiceCode).toBe('')
  expect(compared).not.toContain('invoiceCode')
})
