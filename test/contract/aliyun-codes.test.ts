import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { AskedInvoice } from '@shared/invoice/invoice'
import { readResponse } from '../../functions/providers/aliyun'
import { gatewayMeaning, isFound, meaningOf } from '../../functions/providers/aliyun-codes'

const ASKED: AskedInvoice = {
  kind: 'DIGITAL_SPECIAL',
  invoiceCode: null,
  invoiceNumber: '25332000000000000001',
  issueDate: '2025-11-20',
  amount: '106.00',
  checkCode: null,
  sellerTaxId: null,
}
const answering = (code: unknown) => readResponse({ requestId: 'r', data: JSON.stringify({ code }) }, ASKED, [])

/** Every code of the reference [upstreams § 3], by what it comes to. */
const DOCUMENTED: [string, string, string][] = [
  ['mismatch', 'yes', '006'],
  ['not_found', 'yes', '009'],
  ['input_refused', 'yes', '1005'],
  ['daily_limit', 'no', '002'],
  ['provider_account', 'no', '104 115 10020 131002 131003 131004'],
  ['input_refused', 'no', '005 105 108 109 110 111 112 113 114 1010 1011 10015 10016 10018 111000 111001'],
  ['too_early', 'no', '10014'],
  ['not_checkable', 'no', '10017'],
  ['maintenance', 'no', '1021'],
  ['network', 'unknown', '106 000001 101000 121000 121001 121002 171000'],
  ['busy', 'no', '131005 152000'],
]
const rows = DOCUMENTED.flatMap(([means, charged, codes]) => codes.split(' ').map(code => [code, means, charged]))

test.each(rows)('code %s is %s, charged: %s', (code = '', means, charged) => {
  const answer = answering(code)
  expect([answer.cause ?? answer.outcome, answer.charged]).toEqual([means, charged])
  // What is charged is counted, and what is in doubt is in doubt for both.
  expect(answer.counted).toBe(charged)
  expect(answer).toMatchObject({ rawCode: code, requestId: 'r', codeKnown: true, invoice: null, lifecycle: null })
})

test('what may have reached the tax side is never asked again at once, there or elsewhere', () => {
  for (const [code = ''] of rows) {
    const { charged, retry } = answering(code)
    if (charged !== 'no') expect(['none', 'delayed']).toContain(retry)
  }
})

test.each(['7', '0006', '6', 'toString', '__proto__', '121003', '一个尚未见过的返回码'])(
  'the unknown code %j is no answer about the invoice, and an alarm',
  code => {
    expect(answering(code)).toMatchObject({
      outcome: 'could_not_check',
      cause: 'unknown_answer',
      rawCode: code,
      codeKnown: false,
      charged: 'unknown',
    })
  },
)

interface DomainRow {
  provider: string
  code: string
  normalised: string
  charged?: boolean
}
const { resultCodes } = JSON.parse(readFileSync(path.join(__dirname, '../vectors/domain.json'), 'utf8')) as {
  resultCodes: DomainRow[]
}
const CLASSES: Record<string, string> = {
  MISMATCH: 'mismatch',
  NOT_FOUND: 'not_found',
  TOO_OLD: 'not_checkable',
  LIMIT_PER_INVOICE: 'daily_limit',
  PROVIDER_ACCOUNT: 'provider_account',
  BAD_REQUEST: 'input_refused',
  // Abnormal: whether the tax side was asked nobody says.
  UNKNOWN: 'network',
}

test.each(resultCodes.filter(row => row.provider === 'aliyun'))('$code is $normalised', row => {
  const meaning = meaningOf(row.code)
  if (row.normalised === 'FOUND') {
    expect([isFound(row.code), meaning]).toEqual([true, null])
    return
  }
  // The domain's list calls 131002 "rights or rate"; the other one has a row for each, and this one is the rights.
  const expected = row.code === '131002' ? 'provider_account' : CLASSES[row.normalised]
  expect(meaning?.cause ?? meaning?.outcome).toBe(expected)
  if (row.charged !== undefined) expect(meaning?.charged).toBe(row.charged ? 'yes' : 'no')
})

test.each([
  ['SignatureDoesNotMatch', 400, 'provider_account', 'elsewhere'],
  ['InvalidAccessKeyId.NotFound', 404, 'provider_account', 'elsewhere'],
  ['Forbidden.RAM', 403, 'provider_account', 'elsewhere'],
  ['ocrServiceNotOpen', 401, 'provider_account', 'elsewhere'],
  ['Throttling.User', 400, 'busy', 'paced'],
  ['Throttling', 503, 'busy', 'paced'],
  ['MissingInvoiceNo', 400, 'input_refused', 'none'],
  ['ServiceUnavailable', 503, 'network', 'elsewhere'],
  ['SomethingNew', 503, 'network', 'elsewhere'],
  ['InternalError', 500, 'network', 'delayed'],
  ['SomethingNew', 502, 'network', 'delayed'],
])('the gateway code %s with status %i is %s, then %s', (code, status, cause, retry) => {
  expect(gatewayMeaning(code, status)).toMatchObject({ outcome: 'could_not_check', cause, retry })
})

test.each([
  ['SomethingNew', 400],
  ['constructor', 404],
  ['', 403],
])('the gateway code %j with status %i is unknown', (code, status) => {
  expect(gatewayMeaning(code, status)).toBeNull()
})
