import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { RecordStore, VerificationRecord } from '../verification/ports'
import { readTogether } from './read-together'
import { changingAttributes, dueAt, recordFrom, recordItem } from './record-item'
import {
  attemptsOf,
  conditional,
  createdSort,
  ITEM_VERSION,
  isConditionFailure,
  recordKey,
  type Table,
  tombstoneKey,
} from './table'

/** Nobody repeats a request after so long a time; until then its key leads to nothing. */
const GONE_MS = 30 * 24 * 3600 * 1000

const ID = /^vrf_[0-9a-hjkmnp-tv-z]{26}$/

/** A deleted record is no record: its tombstone only keeps the key. */
const recordOf = (item: Record<string, unknown> | undefined): VerificationRecord | null =>
  item === undefined || item.gone === true ? null : recordFrom(item)

/** Of this very record: one that took its place under the same key is another question. */
const STILL_PENDING =
  '#state = :pending AND createdSort = :created AND (attribute_not_exists(bodyHash) OR bodyHash = :body)'
const identityOf = ({ createdAt, id, bodyHash }: VerificationRecord) => ({
  ':pending': 'pending',
  ':created': createdSort(createdAt, id),
  ':body': bodyHash,
})

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
      return recordOf(Item)
    },

    async readOwned(userId, id) {
      // A malformed id still needs the tombstone: the deleted get 401 whatever they ask for.
      const key = ID.test(id) ? recordKey(userId, id) : recordKey(userId, 'none')
      const [tombstone, item] = await readTogether(table, [tombstoneKey(userId), key])
      return { deleted: tombstone !== undefined, record: recordOf(item) }
    },

    finish(record) {
      const { head, detail } = changingAttributes(record)
      const due = dueAt(record)
      return conditional(
        client.send(
          new UpdateCommand({
            TableName: name,
            Key: recordKey(record.userId, record.id),
            UpdateExpression: `SET #state = :done, head = :head, detail = :detail${due === null ? ' REMOVE pendingShard, deadline' : ', deadline = :due'}`,
            ConditionExpression: STILL_PENDING,
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: {
              ':done': 'done',
              ':head': head,
              ':detail': detail,
              ...(due !== null && { ':due': due }),
              ...identityOf(record),
            },
          }),
        ),
      )
    },

    putOff(record, seenDeadline) {
      const { head } = changingAttributes(record)
      return conditional(
        client.send(
          new UpdateCommand({
            TableName: name,
            Key: recordKey(record.userId, record.id),
            UpdateExpression: 'SET head = :head, deadline = :due',
            ConditionExpression: `${STILL_PENDING} AND deadline = :seen`,
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: {
              ':head': head,
              ':due': record.deadline,
              ':seen': seenDeadline,
              ...identityOf(record),
            },
          }),
        ),
      )
    },

    dropFollowUp: (userId, id, at) =>
      conditional(
        client.send(
          new UpdateCommand({
            TableName: name,
            Key: recordKey(userId, id),
            UpdateExpression: 'SET head.followUpAt = :none REMOVE pendingShard, deadline',
            ConditionExpression: '#state = :done AND head.followUpAt = :at',
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: { ':none': null, ':done': 'done', ':at': at },
          }),
        ),
      ),

    dropTelling({ userId, id, tellAt, followUpAt }) {
      return conditional(
        client.send(
          new UpdateCommand({
            TableName: name,
            Key: recordKey(userId, id),
            UpdateExpression: `SET head.tellAt = :none${followUpAt === null ? ' REMOVE pendingShard, deadline' : ', deadline = :due'}`,
            ConditionExpression: '#state = :done AND head.tellAt = :at',
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: {
              ':none': null,
              ':done': 'done',
              ':at': tellAt,
              ...(followUpAt !== null && { ':due': followUpAt }),
            },
          }),
        ),
      )
    },

    async remove(userId, id, now) {
      if (!ID.test(id)) return false
      const key = recordKey(userId, id)
      try {
        await client.send(
          new PutCommand({
            TableName: name,
            Item: { ...key, v: ITEM_VERSION, gone: true, expiresAt: Math.ceil((now + GONE_MS) / 1000) },
            ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(gone)',
          }),
        )
        return true
      } catch (error) {
        if (!isConditionFailure(error)) throw error
        // The SDK repeated a write whose answer was lost: the tombstone in the way may be its own.
        if (attemptsOf(error) < 2) return false
        const { Item } = await client.send(new GetCommand({ TableName: name, Key: key, ConsistentRead: true }))
        return Item?.gone === true
      }
    },
  }
}
