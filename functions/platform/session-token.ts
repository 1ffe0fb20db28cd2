import { createHmac, timingSafeEqual } from 'node:crypto'
import * as z from 'zod/mini'
import { ServiceError } from '../errors'
import type { Clock } from '../verification/ports'

/**
 * Session tokens: JWT (RFC 7519) in the one form that we sign, HS256 (RFC 7515 § A.1) over node:crypto. The algorithm is
 * ours, never the header's: `alg: none`, other algorithms and keys that the sender names do not verify.
 */
const ISSUER = 'yanpiao'
const AUDIENCE = 'yanpiao-api'
const SESSION_SECONDS = 7 * 24 * 3600

export type SessionKeys = readonly { kid: string; key: Uint8Array }[]

const Header = z.strictObject({ alg: z.literal('HS256'), typ: z.literal('JWT'), kid: z.string() })
const Claims = z.object({
  iss: z.literal(ISSUER),
  aud: z.literal(AUDIENCE),
  sub: z.string().check(z.minLength(1)),
  iat: z.number(),
  exp: z.number(),
  role: z.optional(z.literal('operator')),
})

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const decode = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString())
const signature = (key: Uint8Array, signed: string) => createHmac('sha256', key).update(signed).digest('base64url')

/** Who a session belongs to. */
export interface Session {
  userId: string
  operator: boolean
}

/** Signs a session with the first key; `expiresAt` in ms of the product's clock. */
export function signSession(
  keys: SessionKeys,
  clock: Clock,
  { userId, operator }: Session,
): { token: string; expiresAt: number } {
  const [signing] = keys
  if (signing === undefined) throw new Error('no session key configured')
  const iat = Math.floor(clock.now() / 1000)
  const exp = iat + SESSION_SECONDS
  const header = encode({ alg: 'HS256', typ: 'JWT', kid: signing.kid })
  const claims = encode({ iss: ISSUER, aud: AUDIENCE, sub: userId, iat, exp, ...(operator && { role: 'operator' }) })
  const signed = `${header}.${claims}`
  return { token: `${signed}.${signature(signing.key, signed)}`, expiresAt: exp * 1000 }
}

function sessionOf(keys: SessionKeys, clock: Clock, token: string): Session | null {
  const [header = '', claims = '', given = ''] = token.split('.')
  const { kid } = Header.parse(decode(header))
  const known = keys.find(candidate => candidate.kid === kid)
  if (known === undefined) return null
  const [expected, actual] = [Buffer.from(signature(known.key, `${header}.${claims}`)), Buffer.from(given)]
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) return null
  const { sub, exp, role } = Claims.parse(decode(claims))
  return exp * 1000 > clock.now() ? { userId: sub, operator: role === 'operator' } : null
}

const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i

/**
 * The session of an Authorization header.
 * @throws ServiceError UNAUTHENTICATED, the same for every way a token can be wrong
 */
export function readSession(keys: SessionKeys, clock: Clock, authorization: string | undefined): Session {
  const token = BEARER.exec(authorization ?? '')?.[1]
  try {
    const session = token === undefined ? null : sessionOf(keys, clock, token)
    if (session !== null) return session
  } catch (cause) {
    // Not JSON, or not our header or claims.
    throw new ServiceError('UNAUTHENTICATED', { cause })
  }
  throw new ServiceError('UNAUTHENTICATED')
}
