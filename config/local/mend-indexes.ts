import { type AttributeValue, type DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb'

/** Attributes of the indexes; an item without any is in none. */
const INDEXED = ['createdSort', 'pendingShard'] as const
const AT_ONCE = 16

/**
 * Writes every indexed item once more as it stands. Dynalite keeps an item and its index entries in separate writes, so that a
 * kill between them leaves an item that no index knows; DynamoDB itself has no such state. Before anybody else uses the table.
 */
export async function mendIndexes(client: DynamoDBClient, TableName: string): Promise<number> {
  let mended = 0
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new ScanCommand({ TableName, ExclusiveStartKey, ConsistentRead: true }),
    )
    const indexed = Items.filter(item => INDEXED.some(name => item[name] !== undefined))
    for (let at = 0; at < indexed.length; at += AT_ONCE) {
      const some = indexed.slice(at, at + AT_ONCE)
      await Promise.all(some.map(Item => client.send(new PutItemCommand({ TableName, Item }))))
    }
    mended += indexed.length
    ExclusiveStartKey = LastEvaluatedKey
  } while (ExclusiveStartKey !== undefined)
  return mended
}
