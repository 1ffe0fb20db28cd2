import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import { NOTICES_DUE, PENDING_PARTITIONS, table, WAVES_DUE } from '../../functions/store/table'
import { PENDING_BY_DEADLINE } from '../../functions/store/table-definition'

const OF_NOTICES = [NOTICES_DUE, WAVES_DUE]

type NextDue = () => Promise<number | null>

/** When there is next something to do, ms of the product's clock; null when nothing is pending. */
export function dueWork(dynamo: DynamoDBClient, tableName: string): NextDue {
  return firstOf(dynamo, tableName, [...PENDING_PARTITIONS, ...OF_NOTICES])
}

/** The same for the publisher alone. */
export function dueNotices(dynamo: DynamoDBClient, tableName: string): NextDue {
  return firstOf(dynamo, tableName, OF_NOTICES)
}

function firstOf(dynamo: DynamoDBClient, tableName: string, partitions: readonly string[]): NextDue {
  const { client } = table(dynamo, tableName)
  return async () => {
    const firsts = await Promise.all(
      partitions.map(shard =>
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
