import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import type { Job } from '../gate/ports'
import { PENDING_PARTITIONS, type Table } from './table'
import { PENDING_BY_DEADLINE } from './table-definition'

export interface Due {
  jobs: { job: Job; at: number }[]
  /** Users whose deletion wants another pass. */
  buried: string[]
}

/** Bounds one run of the sweeper; the next minute takes the rest. */
const MAX_PER_SHARD = 200

/**
 * Checks that fall due until `soon`, and deletions whose time has come: their last pass ends them, so none is early. The index
 * may lag behind the items: who takes something up reads it first. Times in ms.
 */
export async function dueBy(table: Table, now: number, soon: number): Promise<Due> {
  const found: Due = { jobs: [], buried: [] }
  for (const shard of PENDING_PARTITIONS) {
    const { Items = [] } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: PENDING_BY_DEADLINE,
        KeyConditionExpression: 'pendingShard = :shard AND deadline <= :soon',
        ExpressionAttributeValues: { ':shard': shard, ':soon': soon },
        Limit: MAX_PER_SHARD,
      }),
    )
    for (const { pk, sk, deadline } of Items) {
      const userId = String(pk).slice('USER#'.length)
      if (sk === 'DELETED') {
        if (Number(deadline) <= now) found.buried.push(userId)
      } else found.jobs.push({ job: { userId, id: String(sk).slice('VRF#'.length) }, at: Number(deadline) })
    }
  }
  return found
}
