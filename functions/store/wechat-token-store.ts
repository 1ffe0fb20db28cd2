import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { WechatTokenStore } from '../notices/fan-out/ports'
import { open, type SealKey, seal } from '../platform/seal'
import { conditional, ITEM_VERSION, type Table, TOKEN_KEY } from './table'
import { type UpdateParts, updateInput } from './update-parts'

const Stored = z.object({
  token: z.string(),
  validUntil: z.number(),
  generation: z.number(),
})

const PURPOSE = 'access_token'

/** The token of generation 0 has never been: there is none. */
const asRead = (generation: number): UpdateParts =>
  generation === 0
    ? { condition: ['attribute_not_exists(generation)'] }
    : { condition: ['generation = :seen'], values: { ':seen': generation } }

/** WeChat's access_token, sealed, and the lease of who refreshes it, in one item. */
export function wechatTokenStore({ client, name }: Table, key: SealKey): WechatTokenStore {
  const update = (parts: UpdateParts) =>
    conditional(client.send(new UpdateCommand({ TableName: name, Key: TOKEN_KEY, ...updateInput(parts) })))
  return {
    async read() {
      const { Item } = await client.send(new GetCommand({ TableName: name, Key: TOKEN_KEY, ConsistentRead: true }))
      const stored = Stored.safeParse(Item)
      if (!stored.success) return null
      const { validUntil, generation } = stored.data
      // One that we cannot open is refreshed like one that has expired.
      const token = open(key, PURPOSE, stored.data.token)
      return { token: token ?? '', expiresAt: token === null ? 0 : validUntil, generation }
    },

    lease(generation, now, until) {
      const seen = asRead(generation)
      return update({
        set: ['v = :v', 'leaseUntil = :until'],
        condition: ['(attribute_not_exists(leaseUntil) OR leaseUntil <= :now)', ...(seen.condition ?? [])],
        values: { ':v': ITEM_VERSION, ':until': until, ':now': now, ...seen.values },
      })
    },

    async write(token, expiresAt, generation) {
      const seen = asRead(generation)
      await update({
        set: ['v = :v', '#token = :token', 'validUntil = :expires', 'generation = :next'],
        remove: ['leaseUntil'],
        condition: seen.condition,
        names: { '#token': 'token' },
        values: {
          ':v': ITEM_VERSION,
          ':token': seal(key, PURPOSE, token),
          ':expires': expiresAt,
          ':next': generation + 1,
          ...seen.values,
        },
      })
    },
  }
}
