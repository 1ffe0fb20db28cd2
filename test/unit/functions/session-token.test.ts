import { readSession, signSession } from '../../../functions/platform/session-token'

const clock = { now: () => Date.parse('2026-11-22T10:00:00+08:00') }
const older = { kid: 'old', key: new Uint8Array(32).fill(1) }
const person = { userId: 'usr_1', operator: false }
const newer = { kid: 'new', key: new Uint8Array(32).fill(2) }

test('a token signed before the keys were rotated still passes, one of a dropped key does not', () => {
  const { token, expiresAt } = signSession([older], clock, person)
  expect(expiresAt).toBe(clock.now() + 7 * 86_400_000)
  expect(readSession([newer, older], clock, `Bearer ${token}`)).toEqual(person)
  expect(() => readSession([newer], clock, `Bearer ${token}`)).toThrow('UNAUTHENTICATED')
  const rotated = signSession([newer, older], clock, person)
  expect(readSession([newer], clock, `bearer ${rotated.token}`)).toEqual(person)
})

test('a token is a plain JWT with an algorithm, a key id, an issuer, an audience and an expiry', () => {
  const [header, claims] = signSession([older], clock, person).token.split('.').slice(0, 2)
  const read = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString())
  expect(read(header)).toEqual({ alg: 'HS256', typ: 'JWT', kid: 'old' })
  const iat = clock.now() / 1000
  expect(read(claims)).toEqual({ iss: 'yanpiao', aud: 'yanpiao-api', sub: 'usr_1', iat, exp: iat + 604_800 })
})

test('an operator is one by the signed token alone, and nobody else becomes one', () => {
  const { token } = signSession([older], clock, { userId: 'usr_1', operator: true })
  expect(readSession([older], clock, `Bearer ${token}`)).toEqual({ userId: 'usr_1', operator: true })
  const [header, claims = '', mac] = signSession([older], clock, person).token.split('.')
  const raised = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), role: 'operator' }
  const forged = `${header}.${Buffer.from(JSON.stringify(raised)).toString('base64url')}.${mac}`
  expect(() => readSession([older], clock, `Bearer ${forged}`)).toThrow('UNAUTHENTICATED')
})
