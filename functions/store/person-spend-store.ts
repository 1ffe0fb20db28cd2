import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { PersonSpend, PersonSpendStore } from '../gate/ports'
import { conditional, ITEM_VERSION, spendKey, type Table } from './table'
import { updateInput } from './update-parts'

const Stored = z.object({ day: z._default(z.string(), ''), calls: z._default(z.number(), 0) })

export function spendFrom(item: Record<string, unknown> | undefined): PersonSpend {
  return Stored.parse(item ?? {})
}

/** Paid calls of a person on a day: one item, counted before the call and taken back when it cost nothing. */
export function personSpendStore(table: Table): PersonSpendStore {
  const { client, name } = table
  const send = (userId: string, update: string, condition: string, values: Record<string, unknown>) =>
    conditional(
      client.send(
        new UpdateCommand({
          TableName: name,
          Key: spendKey(userId),
          UpdateExpression: update,
          ConditionExpression: condition,
          ExpressionAttributeNames: { '#day': 'day' },
          ExpressionAttributeValues: values,
        }),
      ),
    )
  const begin = (userId: string, day: string) =>
    send(userId, 'SET v = :v, #day = :day, calls = :one', 'attribute_not_exists(#day) OR #day < :day', {
      ':v': ITEM_VERSION,
      ':day': day,
      ':one': 1,
    })
  const more = (userId: string, day: string, cap: number) =>
    send(userId, 'SET calls = calls + :one', '#day = :day AND calls < :cap', { ':day': day, ':one': 1, ':cap': cap })

  return {
    async count(userId, seen, day, cap) {
      if (cap < 1) return false
      // The likelier of the two writes first; each is exact by itself.
      if (seen.day >= day) return (await more(userId, day, cap)) || begin(userId, day)
      return (await begin(userId, day)) || more(userId, day, cap)
    },
    async uncount(userId, day) {
      const parts = {
        set: ['calls = calls - :one'],
        condition: ['#day = :day', 'calls > :none'],
        names: { '#day': 'day' },
        values: { ':day': day, ':one': 1, ':none': 0 },
      }
      // Once at most: of what cannot be told the call stays counted.
      await conditional(
        table.once.send(new UpdateCommand({ TableName: name, Key: spendKey(userId), ...updateInput(parts) })),
      )
    },
  }
}
