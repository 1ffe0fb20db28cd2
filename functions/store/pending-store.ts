import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import { PENDING_PARTITIONS, type Table } from './table'
import { PENDING_BY_DEADLINE } from './table-definition'

export interface Overdue {
  checks: { userId: string; id: string }[]
  /** Users whose deletion wants another pass. */
  buried: string[]
}

/** Bounds one run of the sweeper; the next minute takes the rest. */
const MAX_PER_SHARD = 200

/** What the sweeper has to finish. The index may lag behind the items: read before you settle. */
export async function overdue(table: Table, now: number): Promise<Overdue> {
  const found: Overdue = { checks: [], buried: [] }
  for (const shard of PENDING_PARTITIONS) {
    const { Items = [] } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: PENDING_BY_DEADLINE,
        KeyConditionExpression: 'pendingShard = :shard AND deadline <= :now',
        ExpressionAttributeValues: { ':shard': shard, ':now': now },
        Limit: MAX_PER_SHARD,
      }),
    )
    for (const { pk, sk } of Items) {
      const userId = String(pk).slice('USER#'.length)
      if (sk === 'DELETED') found.buried.push(userId)
      else found.checks.push({ userId, id: String(sk).slice('VRF#'.length) })
    }
  }
  return found
}
