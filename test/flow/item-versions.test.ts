import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { digitalInvoice, openWorld, type World } from './given'
import { check, list, read, signIn } from './when'

let world: World
let client: DynamoDBDocumentClient
beforeAll(async () => {
  world = await openWorld()
  client = DynamoDBDocumentClient.from(world.table.dynamo, { marshallOptions: { removeUndefinedValues: true } })
})
afterAll(() => world.close())

type Item = Record<string, unknown>

async function itemsOf(pk: string): Promise<Item[]> {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: world.table.tableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
    }),
  )
  return Items
}

/** A finished check and its raw item. */
async function stored() {
  const person = await signIn(world)
  const invoice = digitalInvoice()
  const { body } = await check(world, person, invoice)
  const item = (await itemsOf(`USER#${person.userId}`)).find(({ sk }) => sk === `VRF#${body.id}`)
  if (item === undefined) throw new Error('no item')
  return { person, invoice, body, item }
}

const put = (item: Item) => client.send(new PutCommand({ TableName: world.table.tableName, Item: item }))

test('a record of the next version reads: what we do not know is left out or unknown', async () => {
  const { person, body, item } = await stored()
  const head = item.head as Item
  const answer = head.answer as Item
  await put({
    ...item,
    v: 2,
    newAttribute: { nested: true },
    head: {
      ...head,
      newField: 1,
      source: 'drone',
      hints: [{ code: 'NEW_HINT' }],
      asked: { ...(head.asked as Item), kind: 'DIGITAL_HOLOGRAM' },
      answer: {
        ...answer,
        lifecycle: 'disputed',
        reasons: [
          { code: 'NEW_REASON', likelihood: 'likely' },
          { code: 'NOT_ISSUED', likelihood: 'certain' },
        ],
      },
    },
  })
  const { status, body: shown } = await read(world, person, body.id)
  expect(status).toBe(200)
  expect(shown).toMatchObject({ outcome: 'consistent', lifecycle: 'unknown', source: 'api', hints: [] })
  expect(shown.asked.kind).toBe('UNKNOWN')
  expect(shown.reasons.map(({ code, likelihood }) => [code, likelihood])).toEqual([['NOT_ISSUED', 'possible']])
  expect((await list(world, person)).body.items).toHaveLength(1)
})

test('an outcome of the next version is never shown as a good invoice', async () => {
  const { person, body, item } = await stored()
  const head = item.head as Item
  await put({ ...item, v: 2, head: { ...head, answer: { ...(head.answer as Item), outcome: 'half_consistent' } } })
  const { body: shown } = await read(world, person, body.id)
  expect(shown).toMatchObject({ outcome: 'could_not_check', lifecycle: null, invoice: { seller: null } })
})

test('a record of the version before reads: missing attributes have honest defaults', async () => {
  const { person, body, item } = await stored()
  const { detail: _, bodyHash: __, ...rest } = item
  const { hints: ___, kindGiven: ____, fromCache: _____, ...head } = item.head as Item
  await put({
    ...rest,
    v: 0,
    head: { ...head, answer: { ...(head.answer as Item), simulated: undefined, charged: undefined } },
  })
  const { body: shown } = await read(world, person, body.id)
  expect(shown).toMatchObject({ outcome: 'consistent', fromCache: false, hints: [], simulated: true })
  expect(shown.invoice.items).toEqual([])
})

test('a record that cannot be read holds up no other of the sweeper, and raises the alarm', async () => {
  const person = await signIn(world)
  const pending = (id: string) => ({
    pk: `USER#${person.userId}`,
    sk: `VRF#vrf_${id.repeat(26)}`,
    head: { nonsense: true },
    pendingShard: 'PENDING#0',
    deadline: world.clock.now() - 1,
  })
  await put(pending('a'))
  await expect(world.functions.sweep()).rejects.toThrow('1 of the sweep failed')
  expect(world.logs.at(-1)).toMatchObject({ route: 'sweep', level: 'error', failed: 1 })
  expect(await world.functions.sweep()).toEqual({ settled: 0 })
  world.clock.advance(3_600_000)
  await expect(world.functions.sweep()).rejects.toThrow()
})

test('a damaged row does not take the history away', async () => {
  const { person, item } = await stored()
  await put({ ...item, head: { nonsense: true } })
  await check(world, person, digitalInvoice())
  const { status, body } = await list(world, person)
  expect([status, body.items.length]).toEqual([200, 1])
})

test('an invoice item of another version keeps its budget; an answer that cannot be read is asked again', async () => {
  const { person, invoice, item } = await stored()
  const key = { pk: `INVOICE#${String(item.invoiceKey)}`, sk: 'GATE' }
  const { Item: gate = {} } = await client.send(new GetCommand({ TableName: world.table.tableName, Key: key }))
  const answerName = `a_${String(item.questionKey)}`
  await put({ ...gate, v: 2, used: 3, [answerName]: { shape: 'new' }, somethingNew: 1 })
  const { body } = await check(world, person, invoice)
  expect(body).toMatchObject({ outcome: 'consistent', fromCache: false, triesLeftToday: 1 })
  await put({ ...gate, v: 2, used: 3, [answerName]: { ...(gate[answerName] as Item), extra: 1 }, somethingNew: 1 })
  expect((await check(world, person, invoice)).body).toMatchObject({ fromCache: true, triesLeftToday: 2 })
})
