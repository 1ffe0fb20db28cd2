import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { InboxStore, OwnMessage } from '../notices/ports'
import { conditional, ITEM_VERSION, inboxKey, type Table } from './table'

const Stored = z.object({
  id: z.string(),
  at: z.number(),
  verificationId: z.string(),
  outcome: z._default(z.string(), ''),
  title: z._default(z.string(), ''),
})

const KIND = 'INB#'

/** Messages that belong to one person alone, by time. A message is the same when its time and id are. */
export function inboxStore({ client, name }: Table): InboxStore {
  return {
    put: (userId, message) =>
      conditional(
        client.send(
          new PutCommand({
            TableName: name,
            Item: { ...inboxKey(userId, message.at, message.id), v: ITEM_VERSION, ...message },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        ),
      ),

    async list(userId, limit, before) {
      const { pk, sk } = inboxKey(userId, before ?? 0, '')
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: name,
          ConsistentRead: true,
          ScanIndexForward: false,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
          // Ids follow the time after `#`: a bare time sorts before every message of its millisecond.
          ExpressionAttributeValues: {
            ':pk': pk,
            ':from': KIND,
            ':to': before === null ? `${KIND}~` : sk.slice(0, -1),
          },
          Limit: limit,
        }),
      )
      return Items.flatMap((item): OwnMessage | [] => Stored.safeParse(item).data ?? [])
    },
  }
}
