import { randomUUID } from 'node:crypto'
import type { CheckProvider, Reading, Verdict, WireAnswer, WireRequest } from './check-provider'
import { asRecord } from './sim-invoice'
import { signatureFault, type TencentCredentials } from './tc3-signature'
import { tencentInvoice } from './tencent-invoice'

/** Error code and message of each refusal [upstreams reference § 1.5, wire samples]. */
const ERRORS: Record<Exclude<Verdict['result'], 'found'>, readonly [string, string]> = {
  mismatch: ['FailedOperation.InvoiceMismatch', '发票数据不一致。'],
  not_found: ['ResourceNotFound.NoInvoice', '发票不存在。'],
  too_early: ['ResourceNotFound.NotSupportCurrentInvoiceQuery', '不支持当天发票查询。'],
  too_old: ['InvalidParameterValue.TicketDateParameterValueLimit', '开票日期参数值错误。'],
  bad_code: ['InvalidParameterValue.TicketCodeParameterValueLimit', '发票代码参数值错误。'],
  bad_number: ['InvalidParameterValue.TicketSnParameterValueLimit', '发票号码参数值错误。'],
  bad_date: ['InvalidParameterValue.TicketDateParameterValueLimit', '开票日期参数值错误。'],
  bad_element: ['InvalidParameterValue.PriceOrVerificationParameterValueLimit', '开票金额或校验码参数值错误。'],
  daily_limit: ['FailedOperation.CountLimitError', '今日次数达到限制。'],
  rate_limited: ['RequestLimitExceeded', '请求的次数超过了频率限制。'],
  maintenance: ['ResourceUnavailable.TaxNetworkError', '税务局网络异常，请稍后访问。'],
  unknown_code: ['FailedOperation.SimulatedNewCode', '一个尚未见过的返回码。'],
}

const AUTH_MESSAGES = {
  'AuthFailure.SignatureFailure':
    'The provided credentials could not be validated. Please check your signature is correct.',
  'AuthFailure.SignatureExpire':
    'The provided credentials could not be validated because of exceeding request timestamp expiration.',
  'AuthFailure.SecretIdNotFound': 'The SecretId is not found, please ensure that your SecretId is correct.',
}

/** Business errors too are HTTP 200: only the body tells them apart [upstreams reference § 0]. */
function wire(response: object): WireAnswer {
  const body = JSON.stringify({ Response: { ...response, RequestId: randomUUID() } })
  return { status: 200, contentType: 'application/json', body }
}
const failed = (code: string, message: string) => wire({ Error: { Code: code, Message: message } })

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
    },
  }
}

/** Tencent Cloud's `VatInvoiceVerifyNew` as the official SDK speaks it. */
export function tencent(credentials: TencentCredentials): CheckProvider {
  const refuse = (result: string, code: string, message: string): Reading => ({
    ok: false,
    result,
    answer: failed(code, message),
  })
  return {
    name: 'tencent',
    prefix: '/tencent',
    callsPerSecond: 20,
    read(request: WireRequest): Reading {
      const fault = signatureFault(request, credentials)
      if (fault !== null) return refuse('auth_failure', fault, AUTH_MESSAGES[fault])
      if (request.headers['x-tc-action'] !== 'VatInvoiceVerifyNew') {
        return refuse('bad_request', 'InvalidAction', 'The requested action does not exist.')
      }
      if (request.headers['x-tc-version'] !== '2018-11-19') {
        return refuse('bad_request', 'NoSuchVersion', 'The requested API version does not exist.')
      }
      return readQuestion(request.body)
    },
    answer: verdict =>
      verdict.result === 'found' ? wire(tencentInvoice(verdict.invoice)) : failed(...ERRORS[verdict.result]),
  }
}
