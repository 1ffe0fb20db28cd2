import { BatchGetCommand, GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { dueBy } from '../../functions/store/pending-store'
import { Invocation } from './invocation'
import { seededRandom } from './random'
import { type SimulatedTable, simulatedTable } from './simulated-table'
import { tableCall } from './table/sdk-client'
import type { TableFaults } from './table/table-faults'
import { VirtualTime } from './virtual-time'

const KEY = { pk: 'USER#u', sk: 'VRF#1' }

function open(faults: Partial<TableFaults> = {}, seed = 1) {
  const random = seededRandom(seed)
  const time = new VirtualTime(random)
  const table = simulatedTable({ time, random, faults, keptMs: 10_000 })
  /** Runs the work to its end and gives what it came to. */
  async function run<T>(body: (table: SimulatedTable) => Promise<T>): Promise<T> {
    const task = time.spawn('work', () => body(table))
    await time.run()
    return task.promise
  }
  return { time, table, run }
}

const put = (table: SimulatedTable, item: Record<string, unknown>, key: Record<string, unknown> = KEY) =>
  table.client.send(new PutCommand({ TableName: table.name, Item: { ...key, ...item } }))
const get = (table: SimulatedTable, ConsistentRead: boolean) =>
  table.client.send(new GetCommand({ TableName: table.name, Key: KEY, ConsistentRead }))
const add = (table: SimulatedTable, condition?: string) =>
  table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: KEY,
      UpdateExpression: 'ADD n :one',
      ...(condition && { ConditionExpression: condition }),
      ExpressionAttributeValues: { ':one': 1 },
    }),
  )
const nameOf = (error: unknown) => (error instanceof Error ? error.name : error)

describe('a faulty table', () => {
  it('takes its time and happens at one instant in the middle', async () => {
    const { time, run } = open({ latencyMs: [20, 40] })
    const seen: number[] = []
    await run(async table => {
      table.observe(() => seen.push(time.now()))
      await put(table, {})
    })
    expect(seen[0]).toBeGreaterThan(0)
    expect(time.now()).toBeGreaterThanOrEqual(20)
    expect(seen[0]).toBeLessThan(time.now())
  })

  it('throttles before any effect, and the SDK sends again', async () => {
    const { table, run } = open()
    table.plan = ({ number }) => (number < 3 ? 'throttle' : 'nothing')
    const { $metadata } = await run(() => add(table))
    expect([$metadata.attempts, table.item(KEY)]).toEqual([3, { ...KEY, n: 1 }])
  })

  it('gives up after three attempts with what stood in the way', async () => {
    const { table, run } = open({ throttle: 1 })
    const error = await run(() => add(table).catch((thrown: unknown) => thrown))
    expect(error).toMatchObject({ name: 'ProvisionedThroughputExceededException', $metadata: { attempts: 3 } })
    expect(table.items()).toEqual([])
  })

  it('loses an answer after the effect, so that a repeated write happens twice', async () => {
    const { table, time, run } = open({ lostAfterMs: 3000 })
    table.plan = ({ number }) => (number === 1 ? 'answer lost' : 'nothing')
    await run(() => add(table))
    expect(table.item(KEY)).toEqual({ ...KEY, n: 2 })
    expect(time.now()).toBeGreaterThanOrEqual(3000)
  })

  it('loses an answer after the effect, so that a repeated condition meets its own write', async () => {
    const { table, run } = open()
    table.plan = ({ number }) => (number === 1 ? 'answer lost' : 'nothing')
    const error = await run(() => add(table, 'attribute_not_exists(n)').catch((thrown: unknown) => thrown))
    expect(error).toMatchObject({ name: 'ConditionalCheckFailedException', $metadata: { attempts: 2 } })
  })

  it('loses a request before the effect', async () => {
    const { table, run } = open()
    table.plan = () => 'request lost'
    expect(nameOf(await run(() => add(table).catch((thrown: unknown) => thrown)))).toBe('TimeoutError')
    expect(table.items()).toEqual([])
  })

  it('reads stale only where the caller allows it', async () => {
    const { table, time, run } = open({ stale: 0.7, staleMs: 100 })
    const found = await run(async () => {
      await put(table, { n: 1 })
      await time.after(50)
      await put(table, { n: 2 })
      const loose: unknown[] = []
      for (let at = 0; at < 20; at++) loose.push((await get(table, false)).Item?.n)
      return { loose, strict: (await get(table, true)).Item?.n }
    })
    expect(found.strict).toBe(2)
    expect(new Set(found.loose)).toEqual(new Set([undefined, 1, 2]))
  })

  it('lets the global index lag behind the items', async () => {
    const { table, time, run } = open({ indexLagMs: 500 })
    const item = { pendingShard: 'PENDING#0', deadline: 5 }
    const found = await run(async () => {
      await put(table, item)
      const early: number[] = []
      for (let at = 0; at < 10; at++) early.push((await dueBy(table, 10, 10)).jobs.length)
      await time.after(500)
      return { early, late: (await dueBy(table, 10, 10)).jobs.length }
    })
    expect(found.early).toContain(0)
    expect(found.late).toBe(1)
  })

  it('leaves out keys of a batch, never all', async () => {
    const { table, run } = open({ unprocessed: 0.9 })
    const Keys = ['1', '2', '3', '4'].map(sk => ({ pk: 'USER#u', sk }))
    const batch = new BatchGetCommand({ RequestItems: { [table.name]: { Keys, ConsistentRead: true } } })
    const found = await run(async () => {
      for (const key of Keys) await put(table, {}, key)
      return table.client.send(batch)
    })
    const left = found.UnprocessedKeys?.[table.name]?.Keys ?? []
    expect(left.length).toBeGreaterThan(0)
    expect([...(found.Responses?.[table.name] ?? []), ...left].map(({ sk }) => String(sk)).sort()).toEqual([
      '1',
      '2',
      '3',
      '4',
    ])
  })

  it('keeps an expired item readable until its own sweep comes by', async () => {
    const { table, time, run } = open({ ttlLateMs: 60_000 })
    const found = await run(async () => {
      await put(table, { expiresAt: 10 })
      await time.after(10_001)
      const after = (await get(table, true)).Item !== undefined
      await time.after(60_000)
      return { after, end: (await get(table, true)).Item }
    })
    expect(found).toEqual({ after: true, end: undefined })
  })

  it('sends nothing again for a process that has crashed', async () => {
    const { table, time } = open({ latencyMs: [10, 10] })
    table.plan = () => 'answer lost'
    const invocation = new Invocation(time, 'verify', { faults: [{ call: 1, moment: 'answered' }] })
    const own = table.through(port => invocation.port('table', port, tableCall))
    invocation.run(() => add({ ...table, client: own.client }))
    await time.run()
    expect(table.item(KEY)).toEqual({ ...KEY, n: 1 })
  })

  it('refuses commands and parameters that it does not know', async () => {
    const { table, run } = open()
    const select = new QueryCommand({ TableName: table.name, KeyConditions: {} })
    await expect(run(() => table.client.send(select))).rejects.toThrow('does not know KeyConditions of Query')
  })
})

describe('the meter', () => {
  const KB = 'x'.repeat(1024)

  it.each([
    ['a small item', {}, { write: 1, indexWrite: 0 }],
    ['an item of more than 1 KB', { text: KB }, { write: 2, indexWrite: 0 }],
    ['an item in the local index', { createdSort: '1', text: KB }, { write: 2, indexWrite: 1 }],
    ['an item whose head fills the local index', { createdSort: '1', head: { text: KB } }, { write: 2, indexWrite: 2 }],
    [
      'an item in both indexes',
      { createdSort: '1', pendingShard: 'PENDING#0', deadline: 1 },
      { write: 1, indexWrite: 2 },
    ],
  ])('bills the write of %s', async (_, item, units) => {
    const { table, run } = open()
    await run(() => put(table, item))
    expect(table.meter.take()).toEqual({ operations: { Put: 1 }, read: 0, ...units })
  })

  async function billed(before: Record<string, unknown>, work: (table: SimulatedTable) => Promise<unknown>) {
    const { table, run } = open()
    await run(() => put(table, before))
    table.meter.take()
    await run(() => work(table).catch(() => undefined))
    return table.meter.take()
  }
  const update = (UpdateExpression: string, values?: Record<string, unknown>) => (table: SimulatedTable) =>
    table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: KEY,
        UpdateExpression,
        ...(values && { ExpressionAttributeValues: values }),
      }),
    )

  it('bills an index only for what it holds', async () => {
    const both = { createdSort: '1', head: { a: 1 }, pendingShard: 'PENDING#0', deadline: 1 }
    expect(await billed(both, update('SET foo = :one', { ':one': 1 }))).toMatchObject({ write: 1, indexWrite: 0 })
    expect(await billed(both, update('SET head.a = :two', { ':two': 2 }))).toMatchObject({ write: 1, indexWrite: 1 })
    expect(await billed(both, update('SET deadline = :two', { ':two': 2 }))).toMatchObject({ write: 1, indexWrite: 2 })
    expect(await billed(both, update('REMOVE pendingShard, deadline'))).toMatchObject({ write: 1, indexWrite: 1 })
  })

  it('bills the larger of the item before and after, also when the condition fails', async () => {
    const big = { text: KB }
    expect(await billed(big, table => put(table, {}))).toMatchObject({ write: 2 })
    expect(await billed(big, table => add(table, 'attribute_not_exists(pk)'))).toMatchObject({
      write: 2,
      indexWrite: 0,
    })
  })

  it('bills nothing for what is invalid', async () => {
    expect(await billed({}, update('SET pk = :one', { ':one': 1 }))).toMatchObject({
      write: 0,
      operations: { Update: 1 },
    })
  })

  it('bills reads by 4 KB, half when they may be stale', async () => {
    const big = { text: KB.repeat(4) }
    expect(await billed({}, table => get(table, true))).toMatchObject({ read: 1 })
    expect(await billed({}, table => get(table, false))).toMatchObject({ read: 0.5 })
    expect(await billed(big, table => get(table, true))).toMatchObject({ read: 2 })
    expect(await billed(big, table => get(table, false))).toMatchObject({ read: 1 })
  })

  it('bills a batch by its items and a query by their sum', async () => {
    const { table, run } = open()
    const keys = ['1', '2', '3'].map(sk => ({ pk: 'USER#u', sk }))
    await run(() => Promise.all(keys.map(key => put(table, { text: 'x'.repeat(500) }, key))))
    table.meter.take()
    await run(() =>
      table.client.send(new BatchGetCommand({ RequestItems: { [table.name]: { Keys: keys, ConsistentRead: true } } })),
    )
    expect(table.meter.take()).toMatchObject({ read: 3, operations: { BatchGet: 1 } })
    await run(() =>
      table.client.send(
        new QueryCommand({
          TableName: table.name,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': 'USER#u' },
        }),
      ),
    )
    expect(table.meter.take()).toMatchObject({ read: 0.5, operations: { Query: 1 } })
  })
})
