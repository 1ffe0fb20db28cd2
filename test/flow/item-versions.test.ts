import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { digitalInvoice, openWorld, type World } from './given'
import { foundInvoice } from './tencent-server'
import { check, list, queueEvent, read, signIn } from './when'

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

test('a record that knew no notice reads with none, and one that is damaged is left out', async () => {
  const { person, body, item } = await stored()
  const head = item.head as Item
  const { notice: _, ...answer } = head.answer as Item
  await put({ ...item, head: { ...head, answer } })
  expect((await read(world, person, body.id)).body).toMatchObject({ outcome: 'consistent', notice: null })
  await put({ ...item, head: { ...head, recovery: 'soon', answer: { ...answer, notice: { id: 7 } } } })
  expect((await read(world, person, body.id)).body).toMatchObject({ outcome: 'consistent', notice: null })
  const notice = { id: 'ntc_1', title: '升级', newField: 1 }
  await put({ ...item, head: { ...head, answer: { ...answer, notice } } })
  expect((await read(world, person, body.id)).body.notice).toEqual({ id: 'ntc_1', title: '升级' })
})

test('a pending record of before, which waits for an outage, is repeated as ever', async () => {
  const person = await signIn(world)
  world.tencent.play(() => ({ code: 'ResourceUnavailable.TaxNetworkError' }))
  const { body } = await check(world, person, digitalInvoice())
  const repeat = async (jobs: readonly { userId: string; id: string }[]) => {
    world.clock.advance(41 * 60_000)
    await world.functions.worker(queueEvent(jobs))
  }
  await repeat([{ userId: person.userId, id: body.id }])
  const pending = (await itemsOf(`USER#${person.userId}`)).find(({ sk, state }) => state === 'pending' && sk)
  if (pending === undefined) throw new Error('nothing pending')
  const { recovery: _, tellAt: __, ...head } = pending.head as Item
  await put({ ...pending, head })
  world.tencent.play(question => foundInvoice(question))
  await repeat([{ userId: person.userId, id: String(pending.sk).slice('VRF#'.length) }])
  const [first] = (await list(world, person)).body.items
  expect(first).toMatchObject({ outcome: 'consistent', follows: body.id })
})

test('a record that cannot be read holds up no other of the worker, comes again, and raises the alarm', async () => {
  const person = await signIn(world)
  const id = `vrf_${'a'.repeat(26)}`
  await put({
    pk: `USER#${person.userId}`,
    sk: `VRF#${id}`,
    head: { nonsense: true },
    pendingShard: 'PENDING#0',
    deadline: world.clock.now() - 1,
  })
  world.tencent.play(() => ({ code: 'RequestLimitExceeded' }))
  const good = await check(world, person, digitalInvoice())
  world.tencent.play(question => foundInvoice(question))
  world.clock.advance(2000)
  expect(await world.functions.sweep()).toEqual({ sent: 2 })
  const jobs = world.queue.splice(0).map(({ job }) => job)
  const at = jobs.findIndex(job => job.id === id)
  expect(await world.functions.worker(queueEvent(jobs))).toEqual({
    batchItemFailures: [{ itemIdentifier: String(at) }],
  })
  expect((await read(world, person, good.body.id)).body.outcome).toBe('consistent')
  expect(world.logs.filter(line => line.route === 'worker' && line.level === 'error')).toMatchObject([{ id }])
  expect(await world.functions.sweep()).toEqual({ sent: 1 })
})

test('a damaged row does not take the history away', async () => {
  const { person, item } = await stored()
  await put({ ...item, head: { nonsense: true } })
  await check(world, person, digitalInvoice())
  const { status, body } = await list(world, person)
  expect([status, body.items.length]).toEqual([200, 1])
})

async function gateOf(item: Item): Promise<Item> {
  const key = { pk: `INVOICE#${String(item.invoiceKey)}`, sk: 'GATE' }
  return (await client.send(new GetCommand({ TableName: world.table.tableName, Key: key }))).Item ?? {}
}

test('an invoice item of another version keeps its budget; an answer that cannot be read is asked again', async () => {
  const { person, invoice, item } = await stored()
  const gate = await gateOf(item)
  const answerName = `a_${String(item.questionKey)}`
  await put({ ...gate, v: 2, used: 3, [answerName]: { shape: 'new' }, somethingNew: 1 })
  const { body } = await check(world, person, invoice)
  expect(body).toMatchObject({ outcome: 'consistent', fromCache: false, triesLeftToday: 1 })
  await put({ ...gate, v: 2, used: 3, [answerName]: { ...(gate[answerName] as Item), extra: 1 }, somethingNew: 1 })
  expect((await check(world, person, invoice)).body).toMatchObject({ fromCache: true, triesLeftToday: 2 })
})

test('an invoice item of the version before, which knew no people and no robots, keeps what was used', async () => {
  const { person, invoice, item } = await stored()
  const { robots: _, people: __, closedUntil: ___, ...before } = await gateOf(item)
  const answerName = `a_${String(item.questionKey)}`
  const { opinions: _4, disagreement: _5, recheckAt: _6, ...answer } = before[answerName] as Item
  await put({ ...before, used: 4, [answerName]: answer })
  expect((await check(world, person, invoice)).body).toMatchObject({
    outcome: 'consistent',
    fromCache: true,
    triesLeftToday: 1,
    yourTriesLeftToday: 1,
    opinions: [],
    disagreement: false,
  })
  const { body } = await check(world, person, { ...invoice, amount: '107.00' })
  expect(body).toMatchObject({ outcome: 'consistent', triesLeftToday: 0, yourTriesLeftToday: 0 })
})

test('a meter of another version keeps the sums of the day, and what it cannot read pauses nobody', async () => {
  const person = await signIn(world)
  await check(world, person, digitalInvoice())
  const Key = { pk: 'PROVIDERS', sk: 'METER' }
  const meter = (await client.send(new GetCommand({ TableName: world.table.tableName, Key }))).Item ?? {}
  await put({ ...meter, v: 2, trouble_tencent: 'new shape', pause_other: { shape: 'new' }, somethingNew: 1 })
  world.clock.advance(10_000)
  expect((await check(world, person, digitalInvoice())).body.outcome).toBe('consistent')
  const after = (await client.send(new GetCommand({ TableName: world.table.tableName, Key }))).Item ?? {}
  expect([after.fen, after.calls_tencent]).toEqual([Number(meter.fen) + 30, Number(meter.calls_tencent) + 1])
})
