import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose'
import { ServiceError } from '../errors'
import type { Clock } from '../verification/ports'

const ISSUER = 'yanpiao'
const AUDIENCE = 'yanpiao-api'
const ALGORITHM = 'HS256'
export const SESSION_SECONDS = 7 * 24 * 3600

export type SessionKeys = readonly { kid: string; key: Uint8Array }[]

/** Signs a session for `userId`; `expiresAt` in ms of the product's clock. */
export async function signSession(
  keys: SessionKeys,
  clock: Clock,
  userId: string,
): Promise<{ token: string; expiresAt: number }> {
  const [signing] = keys
  if (signing === undefined) throw new Error('no session key configured')
  const issuedAt = Math.floor(clock.now() / 1000)
  const expires = issuedAt + SESSION_SECONDS
  const token = await new SignJWT()
    .setProtectedHeader({ alg: ALGORITHM, kid: signing.kid })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(userId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(expires)
    .sign(signing.key)
  return { token, expiresAt: expires * 1000 }
}

/**
 * The user of a bearer token. Every way a token can be wrong gets the same UNAUTHENTICATED.
 * Only HS256 and only our own keys: `alg: none` and keys named by the sender never verify.
 */
export async function readSession(keys: SessionKeys, clock: Clock, authorization: string | undefined): Promise<string> {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1]
  if (token === undefined) throw new ServiceError('UNAUTHENTICATED')
  try {
    const { kid } = decodeProtectedHeader(token)
    const known = keys.find(candidate => candidate.kid === kid)
    if (known === undefined) throw new Error('unknown kid')
    const { payload } = await jwtVerify(token, known.key, {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
      requiredClaims: ['sub', 'exp'],
      currentDate: new Date(clock.now()),
    })
    if (typeof payload.sub !== 'string') throw new Error('no subject')
    return payload.sub
  } catch (cause) {
    throw new ServiceError('UNAUTHENTICATED', { cause })
  }
}
