import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb'

export const BY_CREATION = 'byCreation'
export const PENDING_BY_DEADLINE = 'pendingByDeadline'
/** Seconds since the epoch. DynamoDB deletes late, so no reader relies on it. */
export const TTL_ATTRIBUTE = 'expiresAt'

/** The one table. `config/aws/table.yml` describes the same table for the cloud; a test holds both equal. */
export function tableDefinition(tableName: string) {
  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
      { AttributeName: 'createdSort', AttributeType: 'S' },
      { AttributeName: 'pendingShard', AttributeType: 'S' },
      { AttributeName: 'deadline', AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    LocalSecondaryIndexes: [
      {
        IndexName: BY_CREATION,
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'createdSort', KeyType: 'RANGE' },
        ],
        // `head` is all that a row of the history needs; the heavy tax detail stays out of the index.
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['head'] },
      },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: PENDING_BY_DEADLINE,
        KeySchema: [
          { AttributeName: 'pendingShard', KeyType: 'HASH' },
          { AttributeName: 'deadline', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  } as const satisfies CreateTableCommandInput
}
