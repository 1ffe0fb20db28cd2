import { randomUUID } from 'node:crypto'
import type { CheckProvider, Reading, Refusal, WireAnswer, WireRequest } from './check-provider'
import { asRecord } from './sim-invoice'
import { signatureFault, type TencentCredentials } from './tc3-signature'
import { TENCENT_CODES } from './tencent-codes'
import { tencentInvoice } from './tencent-invoice'

/** The code of each refusal [upstreams reference § 1.5, wire samples]. */
const REFUSALS: Readonly<Record<Refusal, string>> = {
  mismatch: 'FailedOperation.InvoiceMismatch',
  not_found: 'ResourceNotFound.NoInvoice',
  too_early: 'ResourceNotFound.NotSupportCurrentInvoiceQuery',
  too_old: 'InvalidParameterValue.TicketDateParameterValueLimit',
  bad_code: 'InvalidParameterValue.TicketCodeParameterValueLimit',
  bad_number: 'InvalidParameterValue.TicketSnParameterValueLimit',
  bad_date: 'InvalidParameterValue.TicketDateParameterValueLimit',
  bad_element: 'InvalidParameterValue.PriceOrVerificationParameterValueLimit',
  daily_limit: 'FailedOperation.CountLimitError',
  rate_limited: 'RequestLimitExceeded',
  maintenance: 'ResourceUnavailable.TaxNetworkError',
  unknown_code: 'FailedOperation.SimulatedNewCode',
}

/** Business errors too are HTTP 200: only the body tells them apart [upstreams reference § 0]. */
function wire(response: object): WireAnswer {
  const body = JSON.stringify({ Response: { ...response, RequestId: randomUUID() } })
  return { status: 200, contentType: 'application/json', body }
}
const failed = (code: string, message = TENCENT_CODES[code]?.message) =>
  wire({ Error: { Code: code, Message: message } })

const TEXT_FIELDS = ['InvoiceNo', 'InvoiceDate', 'InvoiceCode', 'InvoiceKind', 'CheckCode', 'Amount', 'SellerTaxCode']

function readQuestion(body: Buffer): Reading {
  const refuse = (code: string, message: string): Reading => ({
    ok: false,
    result: 'bad_request',
    answer: failed(code, message),
  })
  let input: Record<string, unknown>
  try {
    input = asRecord(JSON.parse(body.toString('utf8')))
  } catch {
    return refuse('InvalidParameter', 'The request body is not valid JSON.')
  }
  for (const name of TEXT_FIELDS) {
    const value = input[name]
    if (value !== undefined && typeof value !== 'string') {
      return refuse('InvalidParameter', `The value type of parameter \`${name}\` is not valid.`)
    }
  }
  for (const name of ['InvoiceNo', 'InvoiceDate']) {
    if (input[name] === undefined)
      return refuse('MissingParameter', `The request is missing a required parameter \`${name}\`.`)
  }
  const read = (name: string) => String(input[name] ?? '')
  return {
    ok: true,
    question: {
      invoiceCode: read('InvoiceCode'),
      invoiceNumber: read('InvoiceNo'),
      issueDate: read('InvoiceDate'),
      amount: read('Amount'),
      checkCode: read('CheckCode'),
      sellerTaxId: read('SellerTaxCode'),
      sameDay: input.EnableTodayInvoice === true,
      kinds: null,
    },
  }
}

/** Tencent Cloud's `VatInvoiceVerifyNew` as the official SDK speaks it. */
export function tencent(credentials: TencentCredentials): CheckProvider {
  const refuse = (result: string, code: string): Reading => ({ ok: false, result, answer: failed(code) })
  return {
    name: 'tencent',
    prefix: '/tencent',
    callsPerSecond: 20,
    codes: TENCENT_CODES,
    foundCodes: [],
    read(request: WireRequest): Reading {
      const fault = signatureFault(request, credentials)
      if (fault !== null) return refuse('auth_failure', fault)
      if (request.headers['x-tc-action'] !== 'VatInvoiceVerifyNew') return refuse('bad_request', 'InvalidAction')
      if (request.headers['x-tc-version'] !== '2018-11-19') return refuse('bad_request', 'NoSuchVersion')
      return readQuestion(request.body)
    },
    codeOf: refusal => REFUSALS[refusal],
    found: invoice => wire(tencentInvoice(invoice)),
    failed,
  }
}
