import { digitalInvoice, openWorld, type World } from './given'
import { check, signIn } from './when'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

/** The answer to the n-th write of a kind is lost, and the SDK sends it once more: its condition meets its own first attempt. */
function repeatWrite(command: string, at: number): void {
  let seen = 0
  world.table.repeatCommand(({ name }) => name === command && ++seen === at)
}

test.each([
  ['PutItemCommand', 1],
  ['UpdateItemCommand', 1],
] as const)('a %s that the SDK repeats is known as its own: one call, at once', async (command, at) => {
  const person = await signIn(world)
  world.tencent.questions.length = 0
  repeatWrite(command, at)
  const reply = await check(world, person, digitalInvoice())
  world.table.repeatCommand(null)
  expect([reply.status, reply.body.outcome, reply.body.fromCache]).toEqual([200, 'consistent', false])
  expect(reply.body.triesLeftToday).toBe(4)
  expect(world.tencent.questions).toHaveLength(1)
})

test('a first sign-in whose writes are repeated stays one user who can come back', async () => {
  for (const at of [1, 2]) {
    repeatWrite('PutItemCommand', at)
    const first = await signIn(world, `repeated ${at}`)
    world.table.repeatCommand(null)
    expect((await signIn(world, `repeated ${at}`)).userId).toBe(first.userId)
    expect(await world.table.linksOf(first.userId)).toHaveLength(1)
  }
})
