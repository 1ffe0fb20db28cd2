import OcrClient, { VerifyVATInvoiceRequest } from '@alicloud/ocr-api20210707'
import { SIMULATED_ALIYUN, SIMULATED_BAIDU } from '../../../config/local/simulator/simulator'

type Field = 'invoiceCode' | 'invoiceNumber' | 'issueDate' | 'amountWithoutTax' | 'amountWithTax' | 'checkCode'
type Stored = Readonly<Record<Field, string>>
type Config = ConstructorParameters<typeof OcrClient>[0]

const amountOf = (of: Stored) => (of.invoiceNumber.length === 20 ? of.amountWithTax : of.amountWithoutTax)

/** Baidu's form about an invoice. */
export const baiduForm = (of: Stored, type = 'elec_invoice_special') => ({
  invoice_code: of.invoiceCode,
  invoice_num: of.invoiceNumber,
  invoice_date: of.issueDate.replaceAll('-', ''),
  invoice_type: type,
  check_code: of.checkCode.slice(-6),
  total_amount: amountOf(of),
})

/** Alibaba's parameters about an invoice, by the SDK's names. */
export const aliyunQuery = (of: Stored) => ({
  invoiceCode: of.invoiceCode,
  invoiceNo: of.invoiceNumber,
  invoiceDate: of.issueDate.replaceAll('-', ''),
  invoiceSum: amountOf(of),
  verifyCode: of.checkCode.slice(-6),
})

const WAIT_MS = 5000

export async function postForm(url: string, path: string, form: object, waitMs = WAIT_MS) {
  const answer = await fetch(`${url}/baidu${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(Object.entries(form)).toString(),
    signal: AbortSignal.timeout(waitMs),
  })
  const text = await answer.text()
  return { status: answer.status, text, type: answer.headers.get('content-type'), body: JSON.parse(text) }
}

export const askToken = (url: string, keys = SIMULATED_BAIDU) =>
  postForm(url, '/oauth/2.0/token', {
    grant_type: 'client_credentials',
    client_id: keys.apiKey,
    client_secret: keys.secretKey,
  })

/** One check with Baidu; `token` is fetched when not given. */
export async function askBaidu(url: string, form: object, token?: string, waitMs = WAIT_MS) {
  const used = token ?? (await askToken(url)).body.access_token
  return postForm(url, `/rest/2.0/ocr/v1/vat_invoice_verification?access_token=${used}`, form, waitMs)
}

/** What Baidu's answer comes to: its code, and for a found invoice the sign. */
export async function saidByBaidu(url: string, form: object, token?: string, waitMs?: number): Promise<string> {
  const { body } = await askBaidu(url, form, token, waitMs)
  return body.error_code === undefined ? `${body.VerifyResult} ${body.InvalidSign}`.trim() : `error ${body.error_code}`
}

/** The official SDK, pointed at the simulator. `path` is put behind the host as it stands. */
function aliyunClient(url: string, path: string, keys: typeof SIMULATED_ALIYUN, waitMs: number) {
  const config = {
    ...keys,
    endpoint: `${url.replace('http://', '')}${path}`,
    protocol: 'http',
    connectTimeout: waitMs,
    readTimeout: waitMs,
  }
  return new OcrClient(config as unknown as Config)
}

/** One check with Alibaba: both envelopes of its answer. */
export async function askAliyun(url: string, query: object, path = '', keys = SIMULATED_ALIYUN, waitMs = WAIT_MS) {
  const { body } = await aliyunClient(url, path, keys, waitMs).verifyVATInvoice(
    new VerifyVATInvoiceRequest({ ...query }),
  )
  return { body, data: JSON.parse(body?.data ?? '') }
}

/** What Alibaba's answer comes to: its code, and for a found invoice the mark; of a gateway error status and code. */
export async function saidByAliyun(
  url: string,
  query: object,
  path = '',
  keys = SIMULATED_ALIYUN,
  waitMs = WAIT_MS,
): Promise<string> {
  try {
    const { data } = await askAliyun(url, query, path, keys, waitMs)
    return `${data.code} ${data.data.invalidMark ?? ''}`.trim()
  } catch (error) {
    const { statusCode, code } = error as { statusCode?: number; code?: string }
    return `error ${statusCode} ${code}`
  }
}
