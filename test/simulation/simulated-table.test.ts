import { type BatchGetCommand, type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
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
    expect(Math.min(answers.get('answer') ?? 0, answers.get('ConditionalCheckFailedException') ?? 0)).toBeGreaterThan(
      300,
    )
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
})
