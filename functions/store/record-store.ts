import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { RecordStore } from '../verification/ports'
import { readPair } from './read-pair'
import { changingAttributes, recordFrom, recordItem } from './record-item'
import { conditional, recordKey, type Table, tombstoneKey } from './table'

const ID = /^vrf_[0-9a-hjkmnp-tv-z]{26}$/

/** Checks of a user. A malformed id is a missing one: it never reaches the table. */
export function recordStore(table: Table): RecordStore {
  const { client, name } = table
  return {
    insert: record =>
      conditional(
        client.send(
          new PutCommand({
            TableName: name,
            Item: recordItem(record),
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        ),
      ),

    async read(userId, id) {
      if (!ID.test(id)) return null
      const { Item } = await client.send(
        new GetCommand({ TableName: name, Key: recordKey(userId, id), ConsistentRead: true }),
      )
      return Item === undefined ? null : recordFrom(Item)
    },

    async readOwned(userId, id) {
      // A malformed id still needs the tombstone: the deleted get 401 whatever they ask for.
      const key = ID.test(id) ? recordKey(userId, id) : recordKey(userId, 'none')
      const [tombstone, item] = await readPair(table, tombstoneKey(userId), key)
      return { deleted: tombstone !== undefined, record: item === undefined ? null : recordFrom(item) }
    },

    finish(record) {
      const { head, detail } = changingAttributes(record)
      return conditional(
        client.send(
          new UpdateCommand({
            TableName: name,
            Key: recordKey(record.userId, record.id),
            UpdateExpression: 'SET #state = :done, head = :head, detail = :detail REMOVE pendingShard, deadline',
            ConditionExpression: '#state = :pending',
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: { ':done': 'done', ':pending': 'pending', ':head': head, ':detail': detail },
          }),
        ),
      )
    },

    async remove(userId, id) {
      if (!ID.test(id)) return false
      return conditional(
        client.send(
          new DeleteCommand({
            TableName: name,
            Key: recordKey(userId, id),
            ConditionExpression: 'attribute_exists(pk)',
          }),
        ),
      )
    },
  }
}
