import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo, Socket } from 'node:net'
import { join } from 'node:path'
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb'
import dynalite from 'dynalite'
import { tableDefinition } from '../../functions/store/table-definition'
import { mendIndexes } from './mend-indexes'

export interface EmbeddedTable {
  tableName: string
  /** A new client; close it with `destroy`. */
  connect(): DynamoDBClient
  close(): Promise<void>
}

const TABLE = 'yanpiao-local'

/** Makes the table when there is none. False for one that a kill left half-made: such a table never held anything. */
async function ensureTable(client: DynamoDBClient): Promise<boolean> {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: TABLE }))
    return Table?.TableStatus === 'ACTIVE'
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ResourceNotFoundException')) throw error
  }
  await client.send(new CreateTableCommand(tableDefinition(TABLE)))
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 0.02, maxDelay: 0.1 }, { TableName: TABLE })
  return true
}

async function listen(path: string) {
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
  const close = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}

/** DynamoDB in this process: dynalite on LevelDB in the data folder, on a random loopback port. */
export async function openEmbeddedTable(dataDir: string): Promise<EmbeddedTable> {
  const path = join(dataDir, 'dynamo')
  const { endpoint, close } = await listen(path)
  const connect = () =>
    new DynamoDBClient({
      endpoint,
      region: 'cn-north-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    })
  const client = connect()
  const whole = await ensureTable(client)
  // Left by a process that did not close the table: it may have died between an item and its index entries.
  const open = join(dataDir, 'dynamo.open')
  if (whole && existsSync(open)) await mendIndexes(client, TABLE)
  client.destroy()
  if (!whole) {
    await close()
    rmSync(path, { recursive: true })
    return openEmbeddedTable(dataDir)
  }
  writeFileSync(open, '')
  return {
    tableName: TABLE,
    connect,
    async close() {
      await close()
      rmSync(open, { force: true })
    },
  }
}
