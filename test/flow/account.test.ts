import { digitalInvoice, openWorld, type World } from './given'
import { check, list, problemOf, send, signIn } from './when'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const deleteMe = (headers: Record<string, string>) => send(world, 'DELETE /v1/me', { headers })

test('the same outside identity is the same user, another one is another', async () => {
  const [first, again, other] = [await signIn(world, 'a'), await signIn(world, 'a'), await signIn(world, 'b')]
  expect(first.userId).toMatch(/^usr_[0-9a-hjkmnp-tv-z]{26}$/)
  expect(again.userId).toBe(first.userId)
  expect(other.userId).not.toBe(first.userId)
})

test('first sign-ins at the same moment end in one user', async () => {
  const people = await Promise.all(Array.from({ length: 6 }, () => signIn(world, 'racer')))
  expect(new Set(people.map(person => person.userId)).size).toBe(1)
})

test('a code that no provider knows is refused', async () => {
  for (const code of ['dev:operator', 'nonsense']) {
    const reply = await send(world, 'POST /v1/sessions', { body: { code } })
    expect([reply.status, problemOf(reply).code]).toEqual([401, 'SIGN_IN_REFUSED'])
  }
})

test('deleting me deletes every record and the identity, and ends the session', async () => {
  const person = await signIn(world, 'leaver')
  for (let row = 0; row < 30; row++) await check(world, person, digitalInvoice())
  expect((await deleteMe(person.headers)).status).toBe(204)
  for (const query of [{}, { q: 'x' }, { outcome: 'consistent' }] as Record<string, string>[]) {
    expect((await list(world, person, query)).status).toBe(401)
  }
  expect((await deleteMe(person.headers)).status).toBe(401)
  const returned = await signIn(world, 'leaver')
  expect(returned.userId).not.toBe(person.userId)
  expect((await list(world, returned)).body.items).toEqual([])
})

test('a deletion that breaks off can be asked for again, and the sweeper finishes it', async () => {
  for (const finisher of ['the person', 'the sweeper']) {
    const person = await signIn(world, `broken off for ${finisher}`)
    for (let row = 0; row < 5; row++) await check(world, person, digitalInvoice())
    let deletes = 0
    world.table.onCommand(({ name }) => {
      if (name !== 'DeleteItemCommand') return
      deletes++
      if (deletes > 2) throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' })
    })
    expect((await deleteMe(person.headers)).status).toBe(503)
    world.table.onCommand(null)
    expect((await list(world, person)).status).toBe(401)
    if (finisher === 'the person') expect((await deleteMe(person.headers)).status).toBe(204)
    else {
      world.clock.advance(61_000)
      await world.functions.sweep()
    }
    expect((await signIn(world, `broken off for ${finisher}`)).userId).not.toBe(person.userId)
  }
})

test('a sweep right after a deletion does not make its last pass', async () => {
  const person = await signIn(world, 'gone a second ago')
  await check(world, person, digitalInvoice())
  expect((await deleteMe(person.headers)).status).toBe(204)
  const deletions = () => world.logs.filter(({ route }) => route === 'sweep').at(-1)?.deletions
  world.clock.advance(1000)
  await world.functions.sweep()
  expect(deletions()).toBe(0)
  world.clock.advance(60_000)
  await world.functions.sweep()
  expect(deletions()).toBe(1)
})

test('a check that was in flight during the deletion leaves no record behind', async () => {
  const person = await signIn(world, 'in flight')
  let wake = (): void => undefined
  const { verify } = world.provider
  world.provider.verify = async (asked, timeoutMs) => {
    await new Promise<void>(resolve => {
      wake = resolve
    })
    return verify(asked, timeoutMs)
  }
  const flying = check(world, person, digitalInvoice())
  await new Promise(resolve => setTimeout(resolve, 200))
  expect((await deleteMe(person.headers)).status).toBe(204)
  wake()
  expect((await flying).status).toBe(404)
  world.provider.verify = verify
  world.clock.advance(61_000)
  await world.functions.sweep()
  expect((await list(world, person)).status).toBe(401)
})
