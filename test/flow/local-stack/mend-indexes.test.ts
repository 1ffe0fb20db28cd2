import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb'
import { type EmbeddedTable, openEmbeddedTable } from '../../../config/local/embedded-table'
import { newDataDir } from './running-stack'

interface DynaliteDb {
  deleteIndexDb(kind: 'Global', table: string, index: string, done: (error?: Error) => void): void
  db: { close(done: () => void): void }
}

const engine = createRequire(__filename)('dynalite/db') as { create(options: { path: string }): DynaliteDb }

/** As a kill between an item and its index entries leaves the folder. */
async function loseEntries(dataDir: string, table: string): Promise<void> {
  const store = engine.create({ path: join(dataDir, 'dynamo') })
  await new Promise<void>((done, fail) =>
    store.deleteIndexDb('Global', table, 'pendingByDeadline', error => (error ? fail(error) : done())),
  )
  await new Promise<void>(done => store.db.close(done))
}

async function dueIn(table: EmbeddedTable): Promise<number> {
  const client = table.connect()
  const { Count } = await client.send(
    new QueryCommand({
      TableName: table.tableName,
      IndexName: 'pendingByDeadline',
      KeyConditionExpression: 'pendingShard = :shard',
      ExpressionAttributeValues: { ':shard': { S: 'WAVES#DUE' } },
    }),
  )
  client.destroy()
  return Count ?? 0
}

test('due work whose index entry a kill has lost is found again at the next start', async () => {
  const dataDir = newDataDir()
  const first = await openEmbeddedTable(dataDir)
  const client = first.connect()
  for (const at of [1, 2, 3]) {
    const Item = {
      pk: { S: 'WAVE#1' },
      sk: { S: `C#${at}` },
      pendingShard: { S: 'WAVES#DUE' },
      deadline: { N: `${at}` },
    }
    await client.send(new PutItemCommand({ TableName: first.tableName, Item }))
  }
  client.destroy()
  await first.close()
  await loseEntries(dataDir, first.tableName)

  const closed = await openEmbeddedTable(dataDir)
  expect(await dueIn(closed)).toBe(0)
  await closed.close()
  writeFileSync(join(dataDir, 'dynamo.open'), '')
  const killed = await openEmbeddedTable(dataDir)
  expect(await dueIn(killed)).toBe(3)
  await killed.close()
})
