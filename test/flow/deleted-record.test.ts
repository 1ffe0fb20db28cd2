import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'
import { digitalInvoice, openWorld, type World } from './given'
import { check, list, type Person, problemOf, read, recheck, send, signIn } from './when'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(() => {
  world.tencent.questions.length = 0
})

const remove = (person: Person, id: string) =>
  send(world, 'DELETE /v1/verifications/{id}', { params: { id }, headers: person.headers })

async function itemOf(person: Person, id: string) {
  const client = DynamoDBDocumentClient.from(world.table.dynamo)
  const Key = { pk: `USER#${person.userId}`, sk: `VRF#${id}` }
  return (await client.send(new GetCommand({ TableName: world.table.tableName, Key }))).Item
}

test('a deleted check never comes back: its key leads to nothing, and nothing is asked', async () => {
  const person = await signIn(world)
  const invoice = digitalInvoice()
  const { body } = await check(world, person, invoice, 'k')
  expect((await remove(person, body.id)).status).toBe(204)
  for (const reply of [
    await check(world, person, invoice, 'k'),
    await check(world, person, digitalInvoice(), 'k'),
    await read(world, person, body.id),
    await recheck(world, person, body.id),
    await remove(person, body.id),
  ]) {
    expect([reply.status, problemOf(reply).code]).toEqual([404, 'NOT_FOUND'])
  }
  expect((await list(world, person)).body.items).toEqual([])
  expect(await world.functions.sweep()).toEqual({ sent: 0 })
  expect(world.tencent.questions).toHaveLength(1)
})

test('what stays is a key, a version and an end in thirty days', async () => {
  const person = await signIn(world)
  const { body } = await check(world, person, digitalInvoice())
  await remove(person, body.id)
  expect(await itemOf(person, body.id)).toEqual({
    pk: `USER#${person.userId}`,
    sk: `VRF#${body.id}`,
    v: 1,
    gone: true,
    expiresAt: Math.ceil((world.clock.now() + 30 * 86_400_000) / 1000),
  })
})

test('a deleted recheck is not paid again under its key', async () => {
  const person = await signIn(world)
  const first = await check(world, person, digitalInvoice())
  const second = await recheck(world, person, first.body.id, 'again')
  await remove(person, second.body.id)
  expect((await recheck(world, person, first.body.id, 'again')).status).toBe(404)
  expect(world.tencent.questions).toHaveLength(2)
})

test('deleting me takes the tombstones too', async () => {
  const person = await signIn(world)
  const { body } = await check(world, person, digitalInvoice())
  await remove(person, body.id)
  await send(world, 'DELETE /v1/me', { headers: person.headers })
  expect(await itemOf(person, body.id)).toBeUndefined()
})

test('an answer of a deleted check is not written onto another one under its key', async () => {
  const person = await signIn(world)
  const { verify } = world.provider
  let wake = (): void => undefined
  const flying = new Promise<void>(resolve => {
    wake = resolve
  })
  world.provider.verify = async (asked, timeoutMs) => {
    await flying
    return verify(asked, timeoutMs)
  }
  const first = check(world, person, digitalInvoice(), 'k')
  await new Promise(resolve => setTimeout(resolve, 200))
  world.provider.verify = verify
  const [pending] = (await list(world, person)).body.items
  expect((await remove(person, pending?.id ?? '')).status).toBe(204)
  expect((await check(world, person, digitalInvoice(), 'k')).status).toBe(404)
  wake()
  expect((await first).status).toBe(404)
  expect((await list(world, person)).body.items).toEqual([])
})

test('one key serves one operation on one record', async () => {
  const person = await signIn(world)
  const [a, b] = [await check(world, person, digitalInvoice(), 'one'), await check(world, person, digitalInvoice())]
  const again = await recheck(world, person, a.body.id, 'two')
  expect(again.status).toBe(200)
  for (const reply of [
    await recheck(world, person, a.body.id, 'one'),
    await recheck(world, person, b.body.id, 'two'),
    await check(world, person, digitalInvoice(), 'two'),
  ]) {
    expect([reply.status, problemOf(reply).code]).toEqual([422, 'KEY_REUSED'])
  }
  expect((await recheck(world, person, a.body.id, 'two')).body).toEqual(again.body)
  expect(world.tencent.questions).toHaveLength(3)
})
