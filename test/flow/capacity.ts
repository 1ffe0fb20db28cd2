import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'

/** Operations by name, sorted, and the units of the table that DynamoDB's model charges; indexes are not in them. */
export interface Spending {
  reads: string[]
  writes: string[]
  readUnits: number
  writeUnits: number
}

/** Keys as the document client takes them. */
type Attributes = Record<string, unknown>
type Input = { Key?: Attributes; Item?: Attributes; RequestItems?: Record<string, { Keys?: unknown[] }> }
type Consumed = { CapacityUnits?: number }

const THINGS: readonly [prefix: string, name: string][] = [
  ['VRF#', 'record'],
  ['GATE', 'invoice'],
  ['METER', 'meter'],
  ['SPEND', 'person'],
  ['DELETED', 'account'],
  ['MIN#', 'minute'],
  ['DAY#', 'day'],
]

function nameOf(command: string, { Key, Item, RequestItems }: Input): string {
  const verb = command.replace(/(Item)?Command$/, '').toLowerCase()
  if (RequestItems !== undefined) return `get ${Object.values(RequestItems)[0]?.Keys?.length}`
  const key = String((Key ?? Item)?.sk ?? '')
  const thing = THINGS.find(([prefix]) => key.startsWith(prefix))?.[1]
  return thing === undefined ? verb : `${verb} ${thing}`
}

/** Counts what is sent from here on until it is stopped. */
export function capacityOf(dynamo: DynamoDBClient): { stop(): Spending } {
  const spending: Spending = { reads: [], writes: [], readUnits: 0, writeUnits: 0 }
  dynamo.middlewareStack.add(
    (next, context) => async args => {
      const command = String(context.commandName)
      const isWrite = /^(Put|Update|Delete)/.test(command)
      const input = args.input as Input & { ReturnConsumedCapacity?: string }
      spending[isWrite ? 'writes' : 'reads'].push(nameOf(command, input))
      input.ReturnConsumedCapacity = 'TOTAL'
      const result = await next(args)
      const { ConsumedCapacity } = result.output as { ConsumedCapacity?: Consumed | Consumed[] }
      for (const { CapacityUnits = 0 } of [ConsumedCapacity ?? []].flat()) {
        spending[isWrite ? 'writeUnits' : 'readUnits'] += CapacityUnits
      }
      return result
    },
    { step: 'initialize', name: 'capacity' },
  )
  return {
    stop() {
      dynamo.middlewareStack.remove('capacity')
      spending.reads.sort()
      spending.writes.sort()
      return spending
    },
  }
}
