import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { BatchGetCommand } from '@aws-sdk/lib-dynamodb'
import { ServiceError } from '../errors'
import type { Table } from './table'

type Key = { pk: string; sk: string }
type Item = Record<string, unknown>

const ATTEMPTS = 3

/** Items in one strongly consistent operation, in the order of their keys; undefined where there is none. */
export async function readTogether(table: Table, wanted: readonly Key[]): Promise<(Item | undefined)[]> {
  const found: Item[] = []
  let keys: Record<string, unknown>[] = [...wanted]
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    // DynamoDB left some out under load: at once it would again.
    if (attempt > 0) await sleep(randomInt(50, 200))
    const { Responses, UnprocessedKeys } = await table.client.send(
      new BatchGetCommand({ RequestItems: { [table.name]: { Keys: keys, ConsistentRead: true } } }),
    )
    found.push(...(Responses?.[table.name] ?? []))
    keys = UnprocessedKeys?.[table.name]?.Keys ?? []
    if (keys.length === 0) {
      return wanted.map(({ pk, sk }) => found.find(item => item.pk === pk && item.sk === sk))
    }
  }
  throw new ServiceError('UNAVAILABLE', { retryAfterSeconds: 2 })
}
