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
})

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const decode = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString())
const signature = (key: Uint8Array, signed: string) => createHmac('sha256', key).update(signed).digest('base64url')

/** Signs a session for `userId` with the first key; `expiresAt` in ms of the product's clock. */
export function signSession(keys: SessionKeys, clock: Clock, userId: string): { token: string; expiresAt: number } {
  const [signing] = keys
  if (signing === undefined) throw new Error('no session key configured')
  const iat = Math.floor(clock.now() / 1000)
  const exp = iat + SESSION_SECONDS
  const header = encode({ alg: 'HS256', typ: 'JWT', kid: signing.kid })
  const claims = encode({ iss: ISSUER, aud: AUDIENCE, sub: userId, iat, exp })
  const signed = `${header}.${claims}`
  return { token: `${signed}.${signature(signing.key, signed)}`, expiresAt: exp * 1000 }
}

function userOf(keys: SessionKeys, clock: Clock, token: string): string | null {
  const [header = '', claims = '', given = ''] = token.split('.')
  const { kid } = Header.parse(decode(header))
  const known = keys.find(candidate => candidate.kid === kid)
  if (known === undefined) return null
  const [expected, actual] = [Buffer.from(signature(known.key, `${header}.${claims}`)), Buffer.from(given)]
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) return null
  const { sub, exp } = Claims.parse(decode(claims))
  return exp * 1000 > clock.now() ? sub : null
}

const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i

/**
 * The user of an Authorization header.
 * @throws ServiceError UNAUTHENTICATED, the same for every way a token can be wrong
 */
export function readSession(keys: SessionKeys, clock: Clock, authorization: string | undefined): string {
  const token = BEARER.exec(authorization ?? '')?.[1]
  try {
    const userId = token === undefined ? null : userOf(keys, clock, token)
    if (userId !== null) return userId
  } catch (cause) {
    // Not JSON, or not our header or claims.
    throw new ServiceError('UNAUTHENTICATED', { cause })
  }
  throw new ServiceError('UNAUTHENTICATED')
}
