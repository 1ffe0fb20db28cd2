import { CreateTableCommand, DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb'
import dynalite from 'dynalite'
import { tableDefinition } from '../../functions/store/table-definition'

/** Commands that reached the client, in order: the cost of a call. */
export type Command = { name: string; input: Record<string, unknown> }

export interface TestTable {
  dynamo: DynamoDBClient
  tableName: string
  /** Forgets what came before and collects from here. */
  countCommands(): () => Command[]
  /** Runs before each command; throw to break the store, wait to slow it. */
  onCommand(hook: ((command: Command) => Promise<void> | void) | null): void
  /** Runs after each command that succeeded. */
  afterCommand(hook: ((command: Command) => Promise<void> | void) | null): void
  /** Commands that are sent a second time, as by an SDK that lost the first answer. */
  repeatCommand(chosen: ((command: Command) => boolean) | null): void
  /** Sort keys of the identities that lead to a user. */
  linksOf(userId: string): Promise<string[]>
  close(): Promise<void>
}

/** A table of its own in memory; the suite that opens it closes it. */
export async function openTable(): Promise<TestTable> {
  const server = dynalite({ createTableMs: 0 })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const dynamo = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'cn-north-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    maxAttempts: 1,
  })
  const tableName = 'yanpiao-test'
  await dynamo.send(new CreateTableCommand(tableDefinition(tableName)))
  let commands: Command[] = []
  let before: ((command: Command) => Promise<void> | void) | null = null
  let repeated: ((command: Command) => boolean) | null = null
  let after: ((command: Command) => Promise<void> | void) | null = null
  dynamo.middlewareStack.add(
    (next, context) => async args => {
      const command: Command = {
        name: String(context.commandName),
        input: args.input as unknown as Record<string, unknown>,
      }
      commands.push(command)
      await before?.(command)
      if (repeated?.(command)) await next(args)
      const output = await next(args)
      await after?.(command)
      return output
    },
    { step: 'initialize', name: 'countCommands' },
  )
  return {
    dynamo,
    tableName,
    countCommands() {
      commands = []
      return () => commands
    },
    onCommand(hook) {
      before = hook
    },
    afterCommand(hook) {
      after = hook
    },
    repeatCommand(chosen) {
      repeated = chosen
    },
    async linksOf(userId) {
      const { Items = [] } = await dynamo.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :link)',
          ExpressionAttributeValues: { ':pk': { S: `USER#${userId}` }, ':link': { S: 'IDN#' } },
        }),
      )
      return Items.map(({ sk }) => sk?.S ?? '')
    },
    async close() {
      dynamo.destroy()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}
