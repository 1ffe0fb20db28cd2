import { readSession, signSession } from '../../../functions/platform/session-token'

const clock = { now: () => Date.parse('2026-11-22T10:00:00+08:00') }
const older = { kid: 'old', key: new Uint8Array(32).fill(1) }
const newer = { kid: 'new', key: new Uint8Array(32).fill(2) }

test('a token signed before the keys were rotated still passes, one of a dropped key does not', () => {
  const { token, expiresAt } = signSession([older], clock, 'usr_1')
  expect(expiresAt).toBe(clock.now() + 7 * 86_400_000)
  expect(readSession([newer, older], clock, `Bearer ${token}`)).toBe('usr_1')
  expect(() => readSession([newer], clock, `Bearer ${token}`)).toThrow('UNAUTHENTICATED')
  const rotated = signSession([newer, older], clock, 'usr_1')
  expect(readSession([newer], clock, `bearer ${rotated.token}`)).toBe('usr_1')
})

test('a token is a plain JWT with an algorithm, a key id, an issuer, an audience and an expiry', () => {
  const [header, claims] = signSession([older], clock, 'usr_1').token.split('.').slice(0, 2)
  const read = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString())
  expect(read(header)).toEqual({ alg: 'HS256', typ: 'JWT', kid: 'old' })
  const iat = clock.now() / 1000
  expect(read(claims)).toEqual({ iss: 'yanpiao', aud: 'yanpiao-api', sub: 'usr_1', iat, exp: iat + 604_800 })
})
