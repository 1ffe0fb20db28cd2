import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import dynalite from 'dynalite'
import { tableDefinition } from '../../functions/store/table-definition'
import { answerParent, type Child, startChild } from './child-process'

/** Part `table`: dynalite in a process of its own, so that its work is nobody's overhead. */
export async function serveTable(): Promise<void> {
  const server = dynalite({ createTableMs: 0 })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  answerParent(async () => port)
}

export interface TableProcess {
  /** `http://127.0.0.1:<port>` */
  endpoint: string
  /** A new table of the product's shape. */
  create(tableName: string): Promise<void>
  stop(): void
}

export const dynamoAt = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({ endpoint, region: 'cn-north-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } })

export async function startTable(): Promise<TableProcess> {
  const child: Child = await startChild('table')
  const endpoint = `http://127.0.0.1:${await child.ask<number>({})}`
  const dynamo = dynamoAt(endpoint)
  return {
    endpoint,
    async create(tableName) {
      await dynamo.send(new CreateTableCommand(tableDefinition(tableName)))
    },
    stop() {
      dynamo.destroy()
      child.stop()
    },
  }
}
