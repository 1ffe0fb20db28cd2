import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { WechatIdentityStore } from '../account/ports'
import { open, type SealKey, seal } from '../platform/seal'
import { conditional, ITEM_VERSION, type Table, wechatKey } from './table'

const Stored = z.object({ openid: z.string(), sessionKey: z._default(z.nullable(z.string()), null) })

/** What WeChat gives of a person, sealed for this person: an item moved to another user opens nothing. Times in ms. */
export function wechatIdentityStore({ client, name }: Table, key: SealKey): WechatIdentityStore {
  return {
    async read(userId) {
      const { Item } = await client.send(
        new GetCommand({ TableName: name, Key: wechatKey(userId), ConsistentRead: true }),
      )
      const stored = Stored.safeParse(Item)
      if (!stored.success) return null
      const openid = open(key, `openid ${userId}`, stored.data.openid)
      const { sessionKey } = stored.data
      return openid === null
        ? null
        : { openid, sessionKey: sessionKey === null ? null : open(key, `session ${userId}`, sessionKey) }
    },

    async write(userId, { openid, sessionKey }, at) {
      // A sign-in that was overtaken by a later one brings the older session key.
      await conditional(
        client.send(
          new PutCommand({
            TableName: name,
            Item: {
              ...wechatKey(userId),
              v: ITEM_VERSION,
              openid: seal(key, `openid ${userId}`, openid),
              sessionKey: sessionKey === null ? null : seal(key, `session ${userId}`, sessionKey),
              signedInAt: at,
            },
            ConditionExpression: 'attribute_not_exists(pk) OR signedInAt <= :at',
            ExpressionAttributeValues: { ':at': at },
          }),
        ),
      )
    },
  }
}
