import { mkdirSync } from 'node:fs'
import type { AddressInfo, Socket } from 'node:net'
import { join } from 'node:path'
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import dynalite from 'dynalite'
import { tableDefinition } from '../../functions/store/table-definition'

export interface EmbeddedTable {
  endpoint: string
  tableName: string
  /** A new client; close it with `destroy`. */
  connect(): DynamoDBClient
  close(): Promise<void>
}

const TABLE = 'yanpiao-local'

async function ensureTable(client: DynamoDBClient): Promise<void> {
  try {
    await client.send(new DescribeTableCommand({ TableName: TABLE }))
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ResourceNotFoundException')) throw error
    await client.send(new CreateTableCommand(tableDefinition(TABLE)))
  }
}

/** DynamoDB in this process: dynalite on LevelDB in the data folder, on a random loopback port. */
export async function openEmbeddedTable(dataDir: string): Promise<EmbeddedTable> {
  const path = join(dataDir, 'dynamo')
  mkdirSync(path, { recursive: true })
  const server = dynalite({ path, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 })
  const sockets = new Set<Socket>()
  server.on('connection', socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const connect = () =>
    new DynamoDBClient({
      endpoint,
      region: 'cn-north-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    })
  const client = connect()
  await ensureTable(client)
  client.destroy()
  return {
    endpoint,
    tableName: TABLE,
    connect,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
