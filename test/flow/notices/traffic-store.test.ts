import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import type { TrafficCount } from '../../../functions/notices/ports'
import { minuteKey, table } from '../../../functions/store/table'
import { trafficStore } from '../../../functions/store/traffic-store'
import { openTable, type TestTable } from '../dynalite-table'

const MINUTE = 60_000
/** A minute before midnight in Asia/Shanghai, at the end of a leap February. */
const LATE = Date.parse('2028-02-29T23:59:00+08:00')
let opened: TestTable
let store: ReturnType<typeof trafficStore>
beforeAll(async () => {
  opened = await openTable()
  store = trafficStore(table(opened.dynamo, opened.tableName))
})
afterAll(() => opened.close())

const count = (changes: Partial<TrafficCount>): TrafficCount => ({
  minute: LATE,
  component: 'verification',
  region: '31',
  provider: 'tencent',
  answered: 1,
  failed: 0,
  ...changes,
})

test('counts add up by minute and by day of Asia/Shanghai, whoever writes them', async () => {
  await store.add([
    count({}),
    count({ answered: 2, failed: 1 }),
    count({ component: 'tencent', answered: 0, failed: 0 }),
  ])
  await store.add([count({ region: '', provider: '', answered: 0, failed: 4 }), count({ minute: LATE + MINUTE })])
  expect(await store.since(LATE)).toEqual({ verification: { answered: 4, failed: 5 } })
  expect(await store.since(LATE + 1000)).toEqual({ verification: { answered: 4, failed: 5 } })
  expect(await store.since(LATE + MINUTE)).toEqual({ verification: { answered: 1, failed: 0 } })
  expect(await store.since(LATE + 2 * MINUTE)).toEqual({})
  expect(await store.days('2028-02-01', '2028-03-01')).toEqual([
    { day: '2028-02-29', components: { verification: { answered: 3, failed: 5 } } },
    { day: '2028-03-01', components: { verification: { answered: 1, failed: 0 } } },
  ])
  expect(await store.days('2028-03-02', '2028-03-03')).toEqual([])
})

test('a minute of one component is two writes, and a read is one query', async () => {
  const commands = opened.countCommands()
  await store.add([count({}), count({ component: 'tencent' })])
  expect(commands().map(({ name }) => name)).toEqual(['UpdateItemCommand', 'UpdateItemCommand'])
  const reads = opened.countCommands()
  await store.since(LATE)
  await store.days('2028-01-01', '2028-03-31')
  expect(reads().map(({ name }) => name)).toEqual(['QueryCommand', 'QueryCommand'])
})

test('a busy minute of every region and provider fits, and keeps its parts for those who look closer', async () => {
  const minute = LATE + 60 * MINUTE
  const counts = Array.from({ length: 34 }, (_, region) =>
    ['tencent', 'baidu', 'aliyun'].map(provider => count({ minute, region: String(11 + region), provider, failed: 1 })),
  ).flat()
  await store.add(counts)
  expect(await store.since(minute)).toEqual({ verification: { answered: 102, failed: 102 } })
  const { client, name } = table(opened.dynamo, opened.tableName)
  const { Item } = await client.send(new GetCommand({ TableName: name, Key: minuteKey('202803010059') }))
  expect(Item).toMatchObject({ 'verification.11.tencent.ok': 1, 'verification.44.aliyun.no': 1 })
  await client.send(new PutCommand({ TableName: name, Item: { ...Item, v: 2, 'moon.11.x.ok': 5, 'a.b.c.d.e': 1 } }))
  expect(await store.since(minute)).toEqual({ verification: { answered: 102, failed: 102 } })
})

test('fault 24: a sum whose answer is lost is not added again', async () => {
  const minute = LATE + 120 * MINUTE
  let writes = 0
  opened.afterCommand(({ name }) => {
    if (name === 'UpdateItemCommand' && ++writes === 1) {
      throw Object.assign(new Error('lost'), { name: 'TimeoutError', $retryable: {} })
    }
  })
  await store.add([count({ minute })]).catch(() => undefined)
  opened.afterCommand(null)
  expect(await store.since(minute)).toEqual({ verification: { answered: 1, failed: 0 } })
})
