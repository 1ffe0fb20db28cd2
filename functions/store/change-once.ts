import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { attemptsOf, isConditionFailure, type Table } from './table'
import { joined, type UpdateParts, updateInput } from './update-parts'

const MAX_ATTEMPTS = 4

/** Stands on the change before it, so that a repetition of this one finds its own name and changes nothing. */
const afterParts = (seen: unknown, token: string): UpdateParts =>
  joined(
    { set: ['lastChange = :token'], values: { ':token': token } },
    seen === undefined
      ? { condition: ['attribute_not_exists(lastChange)'] }
      : { condition: ['lastChange = :seenChange'], values: { ':seenChange': seen } },
  )

/**
 * Makes a change that adds or subtracts once at most, on an item of a day: the SDK repeats a write whose answer was lost, and
 * a sum has no memory. `token` names the change. False when the item is of another day, when a condition of `parts` does not
 * hold, or when nobody can tell whether it was made. One read and one write.
 */
export async function changeOnce(
  { client, name }: Table,
  Key: Record<string, string>,
  { day, token, parts }: { day: string; token: string; parts: UpdateParts },
): Promise<boolean> {
  let isUnsure = false
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const { Item } = await client.send(new GetCommand({ TableName: name, Key, ConsistentRead: true }))
    if (Item?.lastChange === token) return true
    if (isUnsure || Item?.day !== day) return false
    const change = joined(parts, afterParts(Item.lastChange, token))
    try {
      await client.send(new UpdateCommand({ TableName: name, Key, ...updateInput(change) }))
      return true
    } catch (error) {
      if (!isConditionFailure(error)) throw error
      isUnsure = attemptsOf(error) > 1
    }
  }
  return false
}
