import { DeleteCommand, GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { AccountStore } from '../account/ports'
import { TOMBSTONE_SORT } from './history-store'
import {
  conditional,
  ITEM_VERSION,
  identityKey,
  linkKey,
  pendingShard,
  subscriberKey,
  type Table,
  tombstoneKey,
} from './table'

/** After the last token of the account has expired (7 days) nobody asks for the tombstone. */
const TOMBSTONE_MS = 8 * 24 * 3600 * 1000
/** A check that was in flight during the deletion may write once more; the sweeper comes back after it. */
const SECOND_PASS_MS = 60_000
const BATCH = 25
const MAX_BATCHES = 400

export function accountStore(table: Table): AccountStore {
  const { client, name } = table
  const remove = (key: Record<string, unknown>) => client.send(new DeleteCommand({ TableName: name, Key: key }))

  async function userOf(identity: string): Promise<string | null> {
    const { Item } = await client.send(
      new GetCommand({ TableName: name, Key: identityKey(identity), ConsistentRead: true }),
    )
    return typeof Item?.userId === 'string' ? Item.userId : null
  }

  /** An identity goes before its link: until both are gone, the link leads the next try to it. */
  async function removeItem(userId: string, sk: string): Promise<void> {
    if (sk.startsWith('IDN#')) {
      const Key = identityKey(sk.slice('IDN#'.length))
      await conditional(
        client.send(
          new DeleteCommand({
            TableName: name,
            Key,
            ConditionExpression: 'userId = :user',
            ExpressionAttributeValues: { ':user': userId },
          }),
        ),
      )
    }
    await remove({ pk: tombstoneKey(userId).pk, sk })
  }

  return {
    userOf,

    async link(identity, userId) {
      // The link first: whoever has an identity then has the link that a deletion needs.
      await client.send(new PutCommand({ TableName: name, Item: { ...linkKey(userId, identity), v: ITEM_VERSION } }))
      const isNew = await conditional(
        client.send(
          new PutCommand({
            TableName: name,
            Item: { ...identityKey(identity), v: ITEM_VERSION, userId },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        ),
      )
      if (isNew) return userId
      const owner = await userOf(identity)
      // The SDK repeats a write whose answer was lost: then the identity in the way is this very user's.
      if (owner !== userId) await remove(linkKey(userId, identity))
      return owner ?? userId
    },

    async isDeleted(userId) {
      const { Item } = await client.send(
        new GetCommand({ TableName: name, Key: tombstoneKey(userId), ConsistentRead: true }),
      )
      return Item !== undefined
    },

    async bury(userId, now) {
      const isNew = await conditional(
        client.send(
          new PutCommand({
            TableName: name,
            Item: {
              ...tombstoneKey(userId),
              v: ITEM_VERSION,
              createdSort: TOMBSTONE_SORT,
              head: { deletedAt: now },
              emptied: false,
              pendingShard: pendingShard(userId),
              deadline: now + SECOND_PASS_MS,
              expiresAt: Math.ceil((now + TOMBSTONE_MS) / 1000),
            },
            // A deletion that broke off may be asked for again; a finished one may not.
            ConditionExpression: 'attribute_not_exists(pk) OR emptied = :no',
            ExpressionAttributeValues: { ':no': false },
          }),
        ),
      )
      return isNew
    },

    async empty(userId) {
      // Off the roster first: from here on nobody is told anything any more.
      await remove(subscriberKey(userId))
      const { pk, sk: own } = tombstoneKey(userId)
      for (let batch = 0; batch < MAX_BATCHES; batch++) {
        const { Items = [] } = await client.send(
          new QueryCommand({
            TableName: name,
            ConsistentRead: true,
            KeyConditionExpression: 'pk = :pk AND sk > :own',
            ProjectionExpression: 'pk, sk',
            ExpressionAttributeValues: { ':pk': pk, ':own': own },
            Limit: BATCH,
          }),
        )
        if (Items.length === 0) return true
        await Promise.all(Items.map(item => removeItem(userId, String(item.sk))))
      }
      return false
    },

    async emptied(userId, final) {
      await conditional(
        client.send(
          new UpdateCommand({
            TableName: name,
            Key: tombstoneKey(userId),
            UpdateExpression: `SET emptied = :yes${final ? ' REMOVE pendingShard, deadline' : ''}`,
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeValues: { ':yes': true },
          }),
        ),
      )
    },
  }
}
