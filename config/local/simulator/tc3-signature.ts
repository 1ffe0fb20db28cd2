import { createHash, createHmac } from 'node:crypto'
import type { WireRequest } from './check-provider'

export interface TencentCredentials {
  secretId: string
  secretKey: string
}

const SCOPE =
  /^TC3-HMAC-SHA256 Credential=([^/,]+)\/(\d{4}-\d{2}-\d{2})\/([^/,]+)\/tc3_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/
const MAX_SKEW_S = 300

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')
const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest()

export type SignatureFault =
  | 'AuthFailure.SignatureFailure'
  | 'AuthFailure.SignatureExpire'
  | 'AuthFailure.SecretIdNotFound'

/**
 * Checks a TC3-HMAC-SHA256 signature; null when it is right. The service is the one in the credential scope and the
 * host goes in without its port, as the SDK signs it [upstreams reference § 1.1].
 */
export function signatureFault(request: WireRequest, credentials: TencentCredentials): SignatureFault | null {
  const match = SCOPE.exec(request.headers.authorization ?? '')
  const timestamp = request.headers['x-tc-timestamp'] ?? ''
  if (match === null || !/^\d{1,12}$/.test(timestamp)) return 'AuthFailure.SignatureFailure'
  const [, secretId, date = '', service = '', signedHeaders = '', signature] = match
  if (secretId !== credentials.secretId) return 'AuthFailure.SecretIdNotFound'
  const seconds = Number(timestamp)
  if (Math.abs(seconds - request.receivedAt / 1000) > MAX_SKEW_S) return 'AuthFailure.SignatureExpire'
  const names = signedHeaders.split(';')
  if (!names.includes('host') || !names.includes('content-type')) return 'AuthFailure.SignatureFailure'
  if (date !== new Date(seconds * 1000).toISOString().slice(0, 10)) return 'AuthFailure.SignatureFailure'

  const [path = '/', query = ''] = request.url.split('?')
  const value = (name: string) =>
    name === 'host' ? (request.headers.host ?? '').replace(/:\d+$/, '') : (request.headers[name] ?? '').trim()
  const headers = names.map(name => `${name}:${value(name)}\n`).join('')
  const canonical = [request.method, path, query, headers, signedHeaders, sha256(request.body)].join('\n')
  const toSign = ['TC3-HMAC-SHA256', timestamp, `${date}/${service}/tc3_request`, sha256(canonical)].join('\n')
  const key = hmac(hmac(hmac(`TC3${credentials.secretKey}`, date), service), 'tc3_request')
  return hmac(key, toSign).toString('hex') === signature ? null : 'AuthFailure.SignatureFailure'
}
