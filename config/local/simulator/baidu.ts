import { randomInt } from 'node:crypto'
import { BAIDU_PLATFORM, BAIDU_RESULTS } from './baidu-codes'
import { baiduInvoice } from './baidu-invoice'
import { BAIDU_TYPES } from './baidu-kinds'
import { type BaiduCredentials, issueToken, TOKEN_LIFE_S, tokenFault } from './baidu-token'
import type { CheckProvider, Reading, Refusal, WireAnswer, WireRequest } from './check-provider'
import type { Question } from './tax-data'
import { dashed, undashed } from './wire-date'

const PREFIX = '/baidu'
const TOKEN_PATH = `${PREFIX}/oauth/2.0/token`
const CHECK_PATH = `${PREFIX}/rest/2.0/ocr/v1/vat_invoice_verification`

/** The code of each refusal that does not depend on the field [upstreams reference § 2.2]. */
const REFUSALS: Readonly<Record<Exclude<Refusal, 'bad_code' | 'bad_number' | 'bad_element'>, string>> = {
  mismatch: '0006',
  not_found: '0009',
  too_early: '1014',
  too_old: '1015',
  bad_date: '0005',
  daily_limit: '0002',
  rate_limited: '18',
  maintenance: '1021',
  unknown_code: '8888',
}

function codeOf(refusal: Refusal, { invoiceNumber, amount, checkCode }: Question): string {
  if (refusal === 'bad_code') return '1009'
  if (refusal === 'bad_number') return invoiceNumber === '' ? '1008' : '1009'
  if (refusal === 'bad_element') return amount === '' && checkCode === '' ? '1008' : '1005'
  return REFUSALS[refusal]
}

const json = (body: string, status = 200): WireAnswer => ({
  status,
  contentType: 'application/json;charset=UTF-8',
  body,
})
const logDigits = () => `1${String(randomInt(1e9)).padStart(9, '0')}${String(randomInt(1e9)).padStart(9, '0')}`

/** Nineteen digits, of which `JSON.parse` keeps sixteen: a number in answers about an invoice, text in platform errors. */
const logged = (body: object) => json(`{"log_id":${logDigits()},${JSON.stringify(body).slice(1)}`)
const platformError = (code: string, message = BAIDU_PLATFORM[code]?.message): WireAnswer =>
  json(JSON.stringify({ log_id: logDigits(), error_code: Number(code), error_msg: message }))

function failed(code: string, message: string, question: Question): WireAnswer {
  if (Object.hasOwn(BAIDU_PLATFORM, code)) return platformError(code, message)
  return logged({
    words_result_num: 0,
    VerifyResult: code,
    VerifyMessage: message,
    VerifyFrequency: '',
    InvalidSign: '',
    InvoiceType: '',
    InvoiceCode: question.invoiceCode,
    InvoiceNum: question.invoiceNumber,
    CheckCode: question.checkCode,
    InvoiceDate: undashed(question.issueDate),
    MachineCode: '',
    words_result: {},
  })
}

const pathOf = (request: WireRequest) => request.url.split('?')[0] ?? ''
const queryOf = (request: WireRequest) => new URLSearchParams(request.url.split('?')[1] ?? '')
const formOf = ({ body }: WireRequest) => new URLSearchParams(body.toString('utf8'))

/** `POST /oauth/2.0/token`, parameters in the form or in the query [upstreams reference § 2.1]. */
function tokenAnswer(request: WireRequest, credentials: BaiduCredentials): WireAnswer {
  const refuse = (status: number, error: string, text: string) =>
    json(JSON.stringify({ error, error_description: text }), status)
  const query = queryOf(request)
  const form = formOf(request)
  const given = (name: string) => form.get(name) ?? query.get(name)
  if (request.method !== 'POST') return refuse(405, 'invalid_request', 'method not allowed')
  if (given('grant_type') !== 'client_credentials') {
    return refuse(400, 'unsupported_grant_type', 'The authorization grant type is not supported')
  }
  if (given('client_id') !== credentials.apiKey) return refuse(401, 'invalid_client', 'unknown client id')
  if (given('client_secret') !== credentials.secretKey) {
    return refuse(401, 'invalid_client', 'Client authentication failed')
  }
  const token = issueToken(credentials, request.productNow)
  const body = {
    refresh_token: token.replace(/^24/, '25'),
    expires_in: TOKEN_LIFE_S,
    session_key: 'simulated-session-key',
    access_token: token,
    scope: 'public brain_all_scope brain_vat_invoice_verification brain_ocr_vat_invoice',
    session_secret: 'simulated-session-secret',
  }
  return json(JSON.stringify(body))
}

function readQuestion(form: URLSearchParams): Reading {
  const refuse = (code: string): Reading => ({ ok: false, result: 'bad_request', answer: platformError(code) })
  for (const name of ['invoice_code', 'invoice_num', 'invoice_date', 'invoice_type']) {
    if (!form.has(name)) return refuse('216101')
  }
  const read = (name: string) => form.get(name) ?? ''
  const type = read('invoice_type')
  const kinds = Object.hasOwn(BAIDU_TYPES, type) ? BAIDU_TYPES[type] : undefined
  if (kinds === undefined) return refuse('216100')
  return {
    ok: true,
    question: {
      invoiceCode: read('invoice_code'),
      invoiceNumber: read('invoice_num'),
      issueDate: dashed(read('invoice_date')),
      amount: read('total_amount'),
      checkCode: read('check_code'),
      sellerTaxId: null,
      // An invoice of today is 1014, loaded or not [upstreams reference § 2.2].
      sameDay: false,
      kinds,
    },
  }
}

/**
 * Baidu's 增值税发票验真 and its tokens. It looks an invoice up by its kind: one of another kind than `invoice_type` says is
 * 0009, does not exist. `VerifyResult` stands at the top level of the answer.
 */
export function baidu(credentials: BaiduCredentials): CheckProvider {
  const refuse = (result: string, code: string): Reading => ({ ok: false, result, answer: platformError(code) })
  return {
    name: 'baidu',
    prefix: PREFIX,
    callsPerSecond: 10,
    codes: { ...BAIDU_RESULTS, ...BAIDU_PLATFORM },
    foundCodes: ['0001'],
    beside: request => (pathOf(request) === TOKEN_PATH ? tokenAnswer(request, credentials) : null),
    read(request) {
      if (request.method !== 'POST' || pathOf(request) !== CHECK_PATH) return refuse('bad_request', '3')
      const fault = tokenFault(credentials, queryOf(request).get('access_token'), request.productNow)
      return fault === null ? readQuestion(formOf(request)) : refuse('auth_failure', fault)
    },
    codeOf,
    found: (invoice, checks, code) => logged(baiduInvoice(invoice, checks, code, BAIDU_RESULTS[code]?.message ?? '')),
    failed,
  }
}
