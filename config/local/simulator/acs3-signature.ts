import { createHash, createHmac } from 'node:crypto'
import type { WireRequest } from './check-provider'

export interface AliyunCredentials {
  accessKeyId: string
  accessKeySecret: string
}

const AUTHORIZATION = /^ACS3-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/
const MAX_SKEW_MS = 15 * 60_000
/** Without these a signature would say too little [upstreams reference § 3]. */
const SIGNED = ['host', 'x-acs-action', 'x-acs-content-sha256', 'x-acs-date', 'x-acs-signature-nonce', 'x-acs-version']

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')

/** RFC 3986, so also `!'()*`, which `encodeURIComponent` keeps. */
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

function canonicalQuery(query: string): string {
  const pairs = [...new URLSearchParams(query)].map(([name, value]) => [encode(name), encode(value)] as const)
  return pairs
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(pair => pair.join('='))
    .join('&')
}

/**
 * The path that was signed. An SDK whose endpoint is `host:port/prefix` takes it whole for a host name: it says so in the
 * Host header, and signs the path below the prefix [tried with the official SDK 3.1.3].
 */
function signedPath(path: string, host: string): string {
  const prefix = /\/[^?]*$/.exec(host)?.[0] ?? ''
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path
}

export type Acs3Fault =
  | 'SignatureDoesNotMatch'
  | 'InvalidAccessKeyId.NotFound'
  | 'InvalidTimeStamp.Expired'
  | 'SignatureNonceUsed'

/**
 * Checks an ACS3-HMAC-SHA256 signature; null when it is right. The host goes in with its port. `nonces`: those seen, each
 * with its time of arrival; they are forgotten when their signature is too old to come again, and with the process.
 */
export function acs3Fault(
  request: WireRequest,
  credentials: AliyunCredentials,
  nonces: Map<string, number>,
): Acs3Fault | null {
  const { headers, receivedAt } = request
  const match = AUTHORIZATION.exec(headers.authorization ?? '')
  if (match === null) return 'SignatureDoesNotMatch'
  const [, accessKeyId, signedHeaders = '', signature] = match
  if (accessKeyId !== credentials.accessKeyId) return 'InvalidAccessKeyId.NotFound'
  const date = headers['x-acs-date'] ?? ''
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(date) ? Date.parse(date) : Number.NaN
  if (!(Math.abs(at - receivedAt) <= MAX_SKEW_MS)) return 'InvalidTimeStamp.Expired'

  const names = signedHeaders.split(';')
  if (!SIGNED.every(name => names.includes(name))) return 'SignatureDoesNotMatch'
  const bodyHash = sha256(request.body)
  if (headers['x-acs-content-sha256'] !== bodyHash) return 'SignatureDoesNotMatch'
  const [path = '/', query = ''] = request.url.split('?')
  const canonical = [
    request.method,
    signedPath(path, headers.host ?? ''),
    canonicalQuery(query),
    names.map(name => `${name}:${(headers[name] ?? '').trim()}\n`).join(''),
    signedHeaders,
    bodyHash,
  ].join('\n')
  const expected = createHmac('sha256', credentials.accessKeySecret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex')
  if (expected !== signature) return 'SignatureDoesNotMatch'
  return takeNonce(headers['x-acs-signature-nonce'] ?? '', receivedAt, nonces) ? null : 'SignatureNonceUsed'
}

function takeNonce(nonce: string, now: number, nonces: Map<string, number>): boolean {
  for (const [old, at] of nonces) {
    // In the order of arrival, so the first young one ends it.
    if (now - at <= 2 * MAX_SKEW_MS) break
    nonces.delete(old)
  }
  if (nonces.has(nonce)) return false
  nonces.set(nonce, now)
  return true
}
