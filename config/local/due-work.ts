import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import { PENDING_PARTITIONS, table } from '../../functions/store/table'
import { PENDING_BY_DEADLINE } from '../../functions/store/table-definition'

/** When the sweeper next has something to do, ms of the product's clock; null when nothing is pending. */
export function dueWork(dynamo: DynamoDBClient, tableName: string): () => Promise<number | null> {
  const { client } = table(dynamo, tableName)
  return async () => {
    const firsts = await Promise.all(
      PENDING_PARTITIONS.map(shard =>
        client.send(
          new QueryCommand({
            TableName: tableName,
            IndexName: PENDING_BY_DEADLINE,
            KeyConditionExpression: 'pendingShard = :shard',
            ExpressionAttributeValues: { ':shard': shard },
            Limit: 1,
          }),
        ),
      ),
    )
    const deadlines = firsts.flatMap(({ Items = [] }) => Items.map(({ deadline }) => Number(deadline)))
    return deadlines.length === 0 ? null : Math.min(...deadlines)
  }
}
