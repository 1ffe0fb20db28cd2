import {
  type BatchGetCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import { table as tableOf } from '../../functions/store/table'
import { openTable, type TestTable } from '../flow/dynalite-table'
import { canonical } from './canonical'
import { seededRandom } from './random'
import { RandomCommands } from './random-commands'
import { simulatedTable } from './simulated-table'
import { commandName } from './table/table-engine'

const SEQUENCES = Number(process.env.SIMULATION_SEQUENCES ?? 1000)
const FIRST_SEED = Number(process.env.SIMULATION_SEED ?? 1)
const COMMANDS = 4
/** At a time: most of it is waiting for dynalite. */
const PARALLEL = 8

/** The name that openTable gives. */
const TABLE_NAME = 'yanpiao-test'

/** A clock that never moves: without faults nothing takes time. */
const STILL = { now: () => 0, after: () => Promise.resolve() }

type Client = Pick<DynamoDBDocumentClient, 'send'>

async function answerOf(client: Client, command: object): Promise<string> {
  try {
    const { $metadata: _, ...answer } = await client.send(command as BatchGetCommand)
    const found = answer.Responses?.[TABLE_NAME]
    // A BatchGet promises no order.
    return canonical(found ? { ...answer, Responses: found.map(canonical).sort() } : answer)
  } catch (error) {
    return error instanceof Error ? error.name : 'no error'
  }
}

const inputOf = (command: object) => ({ input: canonical('input' in command ? command.input : null) })

describe('the simulated table', () => {
  let real: TestTable
  let dynalite: Client
  const random = seededRandom(FIRST_SEED)
  const simulated = simulatedTable({ time: STILL, random: random.fork('table'), name: TABLE_NAME })

  beforeAll(async () => {
    real = await openTable()
    dynalite = tableOf(real.dynamo, real.tableName).client
  })
  afterAll(() => real.close())

  it('answers random commands like dynalite', async () => {
    const answers = new Map<string, number>()

    /** Null when both answer the same. */
    async function difference(command: object): Promise<object | null> {
      const [expected, found] = [await answerOf(dynalite, command), await answerOf(simulated.client, command)]
      const kind = expected.startsWith('{') ? 'answer' : expected
      answers.set(kind, (answers.get(kind) ?? 0) + 1)
      return expected === found ? null : { command: commandName(command), ...inputOf(command), expected, found }
    }

    /** Up to the first difference, after which the two tables are not the same any more. */
    async function runSequence(at: number): Promise<object | null> {
      const seed = FIRST_SEED * 100_000 + at
      const commands = new RandomCommands(seededRandom(seed), TABLE_NAME, String(at))
      for (let count = 0; count < COMMANDS; count++) {
        const found = await difference(count === 0 ? commands.first() : commands.next())
        if (found) return { seed, ...found }
      }
      return null
    }

    const differences: object[] = []
    let next = 0
    async function worker(): Promise<void> {
      while (next < SEQUENCES) {
        const found = await runSequence(next++)
        if (found) differences.push(found)
      }
    }
    await Promise.all(Array.from({ length: PARALLEL }, worker))
    expect(differences.slice(0, 10)).toEqual([])
    // The sequences reach what they are for.
    const [answered = 0, failed = 0] = ['answer', 'ConditionalCheckFailedException'].map(kind => answers.get(kind))
    expect(Math.min(answered, failed)).toBeGreaterThan(SEQUENCES / 4)
  }, 120_000)

  it('holds the same items as dynalite in the end', async () => {
    const items: string[] = []
    let start: Record<string, unknown> | undefined
    do {
      const page: { Items?: object[]; LastEvaluatedKey?: Record<string, unknown> } = await dynalite.send(
        new ScanCommand({ TableName: TABLE_NAME, ExclusiveStartKey: start }),
      )
      items.push(...(page.Items ?? []).map(canonical))
      start = page.LastEvaluatedKey
    } while (start)
    expect(items.length).toBeGreaterThan(SEQUENCES)
    expect(simulated.items().map(canonical).sort()).toEqual(items.sort())
  })

  const key = { pk: 'exceptions', sk: 'x' }
  const put = (item: object) => new PutCommand({ TableName: TABLE_NAME, Item: { ...key, ...item } })
  const when = (condition: string, value: unknown) =>
    new UpdateCommand({
      TableName: TABLE_NAME,
      Key: key,
      UpdateExpression: 'SET checked = if_not_exists(checked, :one)',
      ConditionExpression: condition,
      ExpressionAttributeValues: { ':one': 1, ':value': value },
    })

  // Random commands keep away from these. Sources: the Developer Guide's "Condition and filter expressions, operators and
  // functions" and "Service quotas, naming rules": there the simulation follows the service.
  it.each([
    ['compares maps by what they hold', put({ tree: { a: 1 } }), when('tree = :value', { a: 1 }), '{}'],
    ['compares lists entry by entry', put({ parts: [1, [2]] }), when('parts = :value', [1, [2]]), '{}'],
    ['takes an empty string for a value', put({ word: '' }), when('size(word) < :value', 1), '{}'],
    ['takes an empty string for one of a list', put({ word: '' }), when('word IN (:value)', ''), '{}'],
    ['takes false for one of a list', put({ flag: false }), when('flag IN (:value)', false), '{}'],
    ['orders no truth values', put({ flag: true }), when('flag >= :value', true), 'ValidationException'],
    ['takes no empty string for the key of an index', put({}), put({ createdSort: '' }), 'ValidationException'],
    ['orders strings by their UTF-8 bytes', put({ word: '\u{1f600}' }), when('word > :value', '\uffee'), '{}'],
  ])('%s, unlike dynalite', async (_, given, command, expected) => {
    for (const client of [dynalite, simulated.client]) await answerOf(client, given)
    expect(await answerOf(simulated.client, command)).toBe(expected)
    expect(await answerOf(dynalite, command)).not.toBe(expected)
  })

  it.each([
    ['an item of 400 KB', { text: 'x'.repeat(400 * 1024 - 'exceptions'.length - 'pkskxtext'.length) }],
    ['an item of 400 KB and one byte', { text: 'x'.repeat(400 * 1024 - 'exceptions'.length - 'pkskxtext'.length + 1) }],
  ])('judges %s like dynalite', async (_, item) => {
    expect(await answerOf(simulated.client, put(item))).toBe(await answerOf(dynalite, put(item)))
  })

  it('ends a page at 1 MB and goes on after it', async () => {
    const sorts = ['1', '2', '3', '4']
    for (const sk of sorts) await answerOf(simulated.client, put({ pk: 'large', sk, text: 'x'.repeat(380_000) }))
    const query = (start?: Record<string, unknown>) =>
      simulated.client.send(
        new QueryCommand({
          TableName: TABLE_NAME,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': 'large' },
          ExclusiveStartKey: start,
        }),
      )
    const first = await query()
    const second = await query(first.LastEvaluatedKey)
    expect([first.Count, second.Count, second.LastEvaluatedKey]).toEqual([2, 2, undefined])
  })

  it('keeps what it holds apart from what it was given and gave', async () => {
    const tree = { rows: [1] }
    await answerOf(simulated.client, put({ tree }))
    tree.rows.push(2)
    const get = new GetCommand({ TableName: TABLE_NAME, Key: key })
    const { Item } = await simulated.client.send(get)
    Item?.tree.rows.push(3)
    expect((await simulated.client.send(get)).Item).toEqual({ ...key, tree: { rows: [1] } })
  })
})
