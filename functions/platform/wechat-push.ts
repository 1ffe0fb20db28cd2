import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto'
import { ServiceError } from '../errors'

/** Parameters that WeChat puts behind the address of a push. */
export interface PushQuery {
  signature?: string | undefined
  msg_signature?: string | undefined
  timestamp?: string | undefined
  nonce?: string | undefined
}

/** Settings of the message push in WeChat's console. */
export interface PushSettings {
  token: string
  /** EncodingAESKey of the safe mode, 43 characters; null in plain mode. */
  key: string | null
  appId: string
}

/** In place of a key: the push is in plain mode. A parameter cannot be empty. */
const PLAIN = 'plain'
const KEY = /^[A-Za-z0-9+/]{43}$/

/** @throws Error for what is neither a key nor `plain` */
export function pushKeyOf(text: string): string | null {
  if (text === PLAIN) return null
  if (!KEY.test(text)) throw new Error('parameter wechat/push-key is no EncodingAESKey')
  return text
}

/** WeChat repeats within seconds; beyond that a copy of a signed address opens nothing any more. */
const MAX_AGE_S = 600

function isSigned(parts: readonly string[], given: string): boolean {
  const expected = createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex')
  const [one, other] = [Buffer.from(expected), Buffer.from(given)]
  return one.length === other.length && timingSafeEqual(one, other)
}

function isFresh(timestamp: string, realNow: number): boolean {
  return /^\d{1,12}$/.test(timestamp) && Math.abs(realNow / 1000 - Number(timestamp)) <= MAX_AGE_S
}

/**
 * Whether the query is WeChat's: sha1 of token, timestamp and nonce, sorted [upstreams reference § 6.2]. `realNow` in ms.
 * @throws ServiceError UNAUTHENTICATED
 */
export function checkPush({ token }: PushSettings, query: PushQuery, realNow: number, encrypted?: string): void {
  const { timestamp = '', nonce = '' } = query
  const parts = [token, timestamp, nonce, ...(encrypted === undefined ? [] : [encrypted])]
  const given = (encrypted === undefined ? query.signature : query.msg_signature) ?? ''
  if (!isSigned(parts, given) || !isFresh(timestamp, realNow)) throw new ServiceError('UNAUTHENTICATED')
}

const BLOCK = 32
const RANDOM_BYTES = 16
const LENGTH_BYTES = 4

/** AES-256-CBC, padded to 32 bytes: 16 random bytes, length, message, app id. Null for what is not ours. */
function decrypted({ key, appId }: PushSettings, encrypted: string): string | null {
  if (key === null) return null
  const secret = Buffer.from(`${key}=`, 'base64')
  try {
    const decipher = createDecipheriv('aes-256-cbc', secret, secret.subarray(0, 16)).setAutoPadding(false)
    const bytes = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()])
    const padding = bytes.at(-1) ?? 0
    if (padding < 1 || padding > BLOCK) return null
    const plain = bytes.subarray(RANDOM_BYTES, bytes.length - padding)
    const end = LENGTH_BYTES + plain.readUInt32BE(0)
    return plain.subarray(end).toString() === appId ? plain.subarray(LENGTH_BYTES, end).toString() : null
  } catch {
    return null
  }
}

/**
 * The event of a push, its signature checked. In safe mode the event counts only when it is encrypted: the plain signature
 * does not speak for the body.
 * @throws ServiceError UNAUTHENTICATED for what is not WeChat's, or not for this app
 */
export function readPush(
  settings: PushSettings,
  query: PushQuery,
  body: Readonly<Record<string, unknown>>,
  realNow: number,
): unknown {
  if (settings.key === null) {
    checkPush(settings, query, realNow)
    return body
  }
  const encrypted = typeof body.Encrypt === 'string' ? body.Encrypt : ''
  checkPush(settings, query, realNow, encrypted)
  const text = decrypted(settings, encrypted)
  try {
    if (text !== null) return JSON.parse(text)
  } catch (cause) {
    throw new ServiceError('UNAUTHENTICATED', { cause })
  }
  throw new ServiceError('UNAUTHENTICATED')
}
