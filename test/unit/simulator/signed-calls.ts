import { createHash, createHmac, randomBytes } from 'node:crypto'
import { SIMULATED_ALIYUN, SIMULATED_TENCENT } from '../../../config/local/simulator/simulator'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

/** An answer as it came over the wire, which the SDKs do not show. */
async function sent(url: string, init: RequestInit) {
  const answer = await fetch(url, { method: 'POST', ...init })
  return { status: answer.status, type: answer.headers.get('content-type'), body: JSON.parse(await answer.text()) }
}

/** `VatInvoiceVerifyNew`, signed by hand [upstreams reference § 1.1]. */
export function tencentWire(url: string, question: object) {
  const body = JSON.stringify(question)
  const at = String(Math.floor(Date.now() / 1000))
  const date = new Date().toISOString().slice(0, 10)
  const scope = `${date}/ocr/tc3_request`
  const canonical = `POST\n/tencent/\n\ncontent-type:application/json\nhost:127.0.0.1\n\ncontent-type;host\n${sha256(body)}`
  const key = hmac(hmac(hmac(`TC3${SIMULATED_TENCENT.secretKey}`, date), 'ocr'), 'tc3_request')
  const signature = hmac(key, `TC3-HMAC-SHA256\n${at}\n${scope}\n${sha256(canonical)}`).toString('hex')
  const headers = {
    'content-type': 'application/json',
    'x-tc-action': 'VatInvoiceVerifyNew',
    'x-tc-version': '2018-11-19',
    'x-tc-timestamp': at,
    authorization: `TC3-HMAC-SHA256 Credential=${SIMULATED_TENCENT.secretId}/${scope}, SignedHeaders=content-type;host, Signature=${signature}`,
  }
  return sent(`${url}/tencent/`, { headers, body })
}

/** `VerifyVATInvoice`, signed by hand [upstreams reference § 3]. */
export function aliyunWire(url: string, query: Record<string, string>) {
  const search = Object.entries(query)
    .sort()
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
  const signed = {
    host: new URL(url).host,
    'x-acs-action': 'VerifyVATInvoice',
    'x-acs-content-sha256': sha256(''),
    'x-acs-date': `${new Date().toISOString().slice(0, 19)}Z`,
    'x-acs-signature-nonce': randomBytes(32).toString('hex'),
    'x-acs-version': '2021-07-07',
  }
  const lines = Object.entries(signed).map(([name, value]) => `${name}:${value}\n`)
  const names = Object.keys(signed).join(';')
  const canonical = `POST\n/aliyun/\n${search}\n${lines.join('')}\n${names}\n${sha256('')}`
  const { accessKeyId, accessKeySecret } = SIMULATED_ALIYUN
  const signature = hmac(accessKeySecret, `ACS3-HMAC-SHA256\n${sha256(canonical)}`).toString('hex')
  const authorization = `ACS3-HMAC-SHA256 Credential=${accessKeyId},SignedHeaders=${names},Signature=${signature}`
  const { host: _, ...headers } = signed
  return sent(`${url}/aliyun/?${search}`, { headers: { ...headers, authorization } })
}
