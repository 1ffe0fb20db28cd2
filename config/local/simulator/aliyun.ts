import { randomUUID } from 'node:crypto'
import { type AliyunCredentials, acs3Fault } from './acs3-signature'
import { ALIYUN_GATEWAY, ALIYUN_RESULTS } from './aliyun-codes'
import { ALIYUN_TYPES, aliyunInvoice } from './aliyun-invoice'
import type { CheckProvider, Reading, Refusal, WireAnswer } from './check-provider'
import type { Question } from './tax-data'
import { dashed } from './wire-date'

/** The code of each refusal that does not depend on the field [upstreams reference § 3]. */
const REFUSALS: Readonly<Record<Exclude<Refusal, 'bad_element'>, string>> = {
  mismatch: '006',
  not_found: '009',
  too_early: '10014',
  too_old: '10017',
  bad_code: '110',
  bad_number: '113',
  bad_date: '1010',
  daily_limit: '002',
  rate_limited: '152000',
  maintenance: '1021',
  unknown_code: '888888',
}

/** A question without amount and check code is not to the norm, which Alibaba bills. */
function codeOf(refusal: Refusal, { amount, checkCode }: Question): string {
  if (refusal !== 'bad_element') return REFUSALS[refusal]
  if (checkCode !== '') return '114'
  return amount === '' ? '1005' : '111'
}

const json = (body: object, status = 200): WireAnswer => ({
  status,
  contentType: 'application/json',
  body: JSON.stringify({ RequestId: randomUUID().toUpperCase(), ...body }),
})

/** `Data` is text that holds JSON again [upstreams reference § 0]. */
const business = (code: string, msg: string, data: object) => json({ Data: JSON.stringify({ code, msg, data }) })

/** Errors of the gateway alone have an HTTP status that says so. */
function failed(code: string, message: string): WireAnswer {
  const row = ALIYUN_GATEWAY[code]
  if (row === undefined) return business(code, message, {})
  const host = 'ocr-api.cn-hangzhou.aliyuncs.com'
  return json({ HostId: host, Code: code, Message: message, Recommend: '' }, row.status)
}

const KINDS = Object.keys(ALIYUN_TYPES).filter(kind => kind !== 'BLOCKCHAIN')

function readQuestion(query: URLSearchParams): Question {
  const read = (name: string) => query.get(name) ?? ''
  return {
    invoiceCode: read('InvoiceCode'),
    invoiceNumber: read('InvoiceNo'),
    issueDate: dashed(read('InvoiceDate')),
    amount: read('InvoiceSum'),
    checkCode: read('VerifyCode'),
    sellerTaxId: null,
    sameDay: true,
    kinds: read('InvoiceKind') === '1' ? ['BLOCKCHAIN'] : KINDS,
  }
}

/** Alibaba Cloud's `VerifyVATInvoice` as the official SDK speaks it. */
export function aliyun(credentials: AliyunCredentials): CheckProvider {
  const nonces = new Map<string, number>()
  const refuse = (result: string, code: string): Reading => ({
    ok: false,
    result,
    answer: failed(code, ALIYUN_GATEWAY[code]?.message ?? ''),
  })
  return {
    name: 'aliyun',
    prefix: '/aliyun',
    callsPerSecond: 10,
    codes: { ...ALIYUN_RESULTS, ...ALIYUN_GATEWAY },
    foundCodes: ['001', '000000'],
    read(request) {
      const fault = acs3Fault(request, credentials, nonces)
      if (fault !== null) return refuse('auth_failure', fault)
      const { 'x-acs-action': action, 'x-acs-version': version } = request.headers
      if (action !== 'VerifyVATInvoice') return refuse('bad_request', 'InvalidAction.NotFound')
      if (version !== '2021-07-07') return refuse('bad_request', 'InvalidVersion')
      const question = readQuestion(new URLSearchParams(request.url.split('?')[1] ?? ''))
      if (question.invoiceNumber === '') return refuse('bad_request', 'MissingInvoiceNo')
      return question.issueDate === '' ? refuse('bad_request', 'MissingInvoiceDate') : { ok: true, question }
    },
    codeOf,
    found: (invoice, checks, code) =>
      business(code, ALIYUN_RESULTS[code]?.message ?? '', aliyunInvoice(invoice, checks)),
    failed,
  }
}
