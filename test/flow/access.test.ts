import { createHmac } from 'node:crypto'
import { digitalInvoice, openWorld, type World } from './given'
import { check, type Person, problemOf, send, signIn } from './when'

let world: World
let owner: Person
let id: string
beforeAll(async () => {
  world = await openWorld()
  owner = await signIn(world)
  id = (await check(world, owner, digitalInvoice())).body.id
})
afterAll(() => world.close())

async function deletedPerson(): Promise<Person> {
  const person = await signIn(world)
  await check(world, person, digitalInvoice())
  expect((await send(world, 'DELETE /v1/me', { headers: person.headers })).status).toBe(204)
  return person
}

const nobody = { headers: {} }
const routes = [
  { route: 'POST /v1/verifications', owner: 200, other: 200 },
  { route: 'GET /v1/verifications', owner: 200, other: 200 },
  { route: 'GET /v1/verifications/{id}', owner: 200, other: 404 },
  { route: 'POST /v1/verifications/{id}/recheck', owner: 200, other: 404 },
  { route: 'DELETE /v1/verifications/{id}', owner: 204, other: 404 },
]

describe.each(routes)('$route', ({ route, owner: asOwner, other }) => {
  const request = (headers: Record<string, string>) => ({
    headers,
    params: { id },
    ...(route === 'POST /v1/verifications' && { body: digitalInvoice() }),
  })

  test('answers a stranger as if the record did not exist', async () => {
    const stranger = await signIn(world)
    const reply = await send(world, route, request(stranger.headers))
    expect(reply.status).toBe(other)
    if (other !== 404) return
    const missing = await send(world, route, { ...request(owner.headers), params: { id: `vrf_${'0'.repeat(26)}` } })
    const strip = ({ requestId: _, ...rest }: Record<string, unknown>) => rest
    expect(strip(problemOf(reply) as never)).toEqual(strip(problemOf(missing) as never))
    for (const malformed of ['', 'x', '../me', '%00', `vrf_${'U'.repeat(26)}`, 'v'.repeat(5000)]) {
      const bad = await send(world, route, { ...request(owner.headers), params: { id: malformed } })
      expect([bad.status, problemOf(bad).code]).toEqual([404, 'NOT_FOUND'])
    }
  })

  test('refuses a call without a session', async () => {
    const reply = await send(world, route, request(nobody.headers))
    expect([reply.status, problemOf(reply).code]).toEqual([401, 'UNAUTHENTICATED'])
    expect(reply.headers['content-type']).toBe('application/problem+json')
  })

  test('refuses the token of a deleted account', async () => {
    const gone = await deletedPerson()
    const reply = await send(world, route, request(gone.headers))
    expect([reply.status, problemOf(reply).code]).toEqual([401, 'UNAUTHENTICATED'])
  })

  test('serves its owner', async () => {
    expect((await send(world, route, request(owner.headers))).status).toBe(asOwner)
  })
})

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

function forged(header: object, claims: object, key: Uint8Array | string): string {
  const signed = `${encode(header)}.${encode(claims)}`
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`
}

test('no forged, foreign or expired token passes', async () => {
  const [key] = world.sessionKeys
  if (key === undefined) throw new Error('no key')
  const seconds = Math.floor(world.clock.now() / 1000)
  const header = { alg: 'HS256', typ: 'JWT', kid: key.kid }
  const claims = { iss: 'yanpiao', aud: 'yanpiao-api', sub: owner.userId, iat: seconds, exp: seconds + 60 }
  const call = (authorization: string) => send(world, 'GET /v1/verifications', { headers: { authorization } })
  expect((await call(`Bearer ${forged(header, claims, key.key)}`)).status).toBe(200)
  const bad = {
    'alg none': `${encode({ ...header, alg: 'none' })}.${encode(claims)}.`,
    'alg none with a signature': forged({ ...header, alg: 'none' }, claims, key.key),
    'another algorithm': forged({ ...header, alg: 'HS512' }, claims, key.key),
    'another key': forged(header, claims, 'guess'),
    'an unknown kid': forged({ ...header, kid: 'k9' }, claims, key.key),
    'a key of the sender': forged({ ...header, jwk: { kty: 'oct' } }, claims, key.key),
    'another issuer': forged(header, { ...claims, iss: 'evil' }, key.key),
    'another audience': forged(header, { ...claims, aud: 'admin' }, key.key),
    'no subject': forged(header, { ...claims, sub: '' }, key.key),
    'no expiry': forged(header, { ...claims, exp: undefined }, key.key),
    'an expiry in words': forged(header, { ...claims, exp: 'never' }, key.key),
    expired: forged(header, { ...claims, exp: seconds }, key.key),
    'changed claims': owner.token.replace(/\.[^.]+\./, `.${encode({ ...claims, sub: 'usr_other' })}.`),
    'cut off': owner.token.slice(0, -1),
    'an empty signature': owner.token.replace(/[^.]+$/, ''),
    garbage: 'x.y.z',
    'no token': '',
  }
  for (const [name, token] of Object.entries(bad)) {
    const reply = await call(`Bearer ${token}`)
    expect([name, reply.status, problemOf(reply).code]).toEqual([name, 401, 'UNAUTHENTICATED'])
  }
  expect((await call(`Basic ${owner.token}`)).status).toBe(401)
})

test('a session lasts seven days of the product clock', async () => {
  const { headers } = await signIn(world)
  const call = () => send(world, 'GET /v1/verifications', { headers })
  world.clock.advance(7 * 86_400_000 - 1000)
  expect((await call()).status).toBe(200)
  world.clock.advance(1000)
  expect((await call()).status).toBe(401)
})
