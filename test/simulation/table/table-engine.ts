import {
  BatchGetCommand,
  type BatchGetCommandInput,
  BatchWriteCommand,
  type BatchWriteCommandInput,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import type { Random } from '../random'
import type { Units } from './capacity'
import { marshalMap, type ValueMap } from './document-value'
import { GlobalEntries } from './global-entries'
import type { ItemVersions } from './item-versions'
import { validation } from './service-exceptions'
import { get, getItem, pickerOf, query, type View } from './table-read'
import { checkItem, INDEXES, primaryKey } from './table-shape'
import { TableWrites } from './table-write'

/** What a command does at the instant at which it happens. */
export interface Call {
  view: View
  units: Units
  /** Probability that a key of a batch is left for a later call. */
  unprocessed: number
}

const COMMON = ['TableName', 'ExpressionAttributeNames', 'ReturnConsumedCapacity']
const READ = [...COMMON, 'ConsistentRead', 'ProjectionExpression']
const WRITE = [...COMMON, 'ExpressionAttributeValues', 'ConditionExpression', 'ReturnValues']
const KNOWN: Record<string, readonly string[]> = {
  Get: [...READ, 'Key'],
  Put: [...WRITE, 'Item'],
  Update: [...WRITE, 'Key', 'UpdateExpression'],
  Delete: [...WRITE, 'Key'],
  Query: [
    ...[...READ, 'ExpressionAttributeValues', 'IndexName', 'KeyConditionExpression', 'FilterExpression'],
    ...['Limit', 'ScanIndexForward', 'ExclusiveStartKey', 'Select'],
  ],
  BatchGet: ['RequestItems', 'ReturnConsumedCapacity'],
  BatchWrite: ['RequestItems', 'ReturnConsumedCapacity'],
}

const MAX_BATCH_GET = 100
const MAX_BATCH_WRITE = 25

/** `Get` of a GetCommand: the name of a port call and of a row of the meter. */
export const commandName = (command: object) => command.constructor.name.replace(/Command$/, '')

/** The commands over the items, without time and without faults. */
export class TableEngine {
  private readonly entries = new GlobalEntries(INDEXES.find(({ isGlobal }) => isGlobal)?.hash ?? '')
  private readonly writes: TableWrites

  constructor(
    private readonly name: string,
    private readonly items: ItemVersions,
    private readonly random: Random,
  ) {
    this.writes = new TableWrites(items, this.entries)
  }

  /**
   * @throws DynamoDBServiceException like the service
   * @throws Error for a command, or a parameter, that the simulation does not know
   */
  execute(command: object, call: Call): object {
    if ('input' in command) this.checkKnown(commandName(command), command.input as object)
    if (command instanceof GetCommand) return get(this.items, this.own(command.input), call.view, call.units)
    if (command instanceof PutCommand) return this.writes.put(this.own(command.input), call.units)
    if (command instanceof UpdateCommand) return this.writes.update(this.own(command.input), call.units)
    if (command instanceof DeleteCommand) return this.writes.delete(this.own(command.input), call.units)
    if (command instanceof QueryCommand)
      return query(this.items, this.entries, this.own(command.input), call.view, call.units)
    if (command instanceof BatchGetCommand) return this.batchGet(command.input, call)
    if (command instanceof BatchWriteCommand) return this.batchWrite(command.input, call)
    throw new Error(`the simulated table does not know ${command.constructor.name}`)
  }

  private checkKnown(name: string, input: object): void {
    const unknown = Object.entries(input).find(([key, value]) => value !== undefined && !KNOWN[name]?.includes(key))
    if (unknown) throw new Error(`the simulated table does not know ${unknown[0]} of ${name}`)
  }

  private own<T extends { TableName?: string | undefined }>(input: T): T {
    if (input.TableName !== this.name) throw new Error(`no such table: ${input.TableName}`)
    return input
  }

  private ofTable<T>(requests: Record<string, T> | undefined): T {
    const [first, ...others] = Object.entries(requests ?? {})
    if (first === undefined || others.length > 0 || first[0] !== this.name) throw new Error('one batch, one table')
    return first[1]
  }

  /** Splits off what the table leaves out this time; the first is always done. */
  private processed<T>(list: readonly T[], chance: number): { done: T[]; left: T[] } {
    const isLeft = list.map((_, at) => at > 0 && this.random.chance(chance))
    return { done: list.filter((_, at) => !isLeft[at]), left: list.filter((_, at) => isLeft[at]) }
  }

  private batchGet({ RequestItems }: BatchGetCommandInput, { view, units, unprocessed }: Call): object {
    const { Keys = [], ConsistentRead, ...picked } = this.ofTable(RequestItems)
    const keys = Keys.map(key => primaryKey(marshalMap(key), true))
    checkBatch(
      keys.map(({ pk, sk }) => JSON.stringify([pk, sk])),
      MAX_BATCH_GET,
    )
    const pick = pickerOf(picked)
    const { done, left } = this.processed(keys, unprocessed)
    const found = done.flatMap(key => {
      const item = getItem(this.items, key, ConsistentRead === true, view, units)
      return item === undefined ? [] : [pick(item)]
    })
    const rest = { [this.name]: { ...picked, ...(ConsistentRead !== undefined && { ConsistentRead }), Keys: left } }
    return { Responses: { [this.name]: found }, UnprocessedKeys: left.length > 0 ? rest : {} }
  }

  private batchWrite({ RequestItems }: BatchWriteCommandInput, { units, unprocessed }: Call): object {
    const requests = this.ofTable(RequestItems)
    const keys = requests.map(({ PutRequest, DeleteRequest }) =>
      primaryKey(marshalMap(PutRequest?.Item ?? DeleteRequest?.Key ?? {}), PutRequest === undefined),
    )
    checkBatch(
      keys.map(({ pk, sk }) => JSON.stringify([pk, sk])),
      MAX_BATCH_WRITE,
    )
    // One bad request refuses them all; good ones are done one by one.
    for (const { PutRequest } of requests) if (PutRequest) checkItem(marshalMap(PutRequest.Item ?? {}))
    const { done, left } = this.processed(requests, unprocessed)
    for (const { PutRequest, DeleteRequest } of done) {
      const TableName = this.name
      if (PutRequest) this.writes.put({ TableName, Item: PutRequest.Item }, units)
      else this.writes.delete({ TableName, Key: DeleteRequest?.Key }, units)
    }
    return { UnprocessedItems: left.length > 0 ? { [this.name]: left } : {} }
  }

  /** Every item there is at a time, by key; not copied. */
  *all(at: number): Iterable<ValueMap> {
    for (const slot of this.items.slots()) {
      const stored = this.items.at(slot, at)
      if (stored !== null) yield stored.item
    }
  }
}

function checkBatch(keys: readonly string[], max: number): void {
  if (keys.length === 0 || keys.length > max) throw validation('Too many or no items requested for the batch call')
  if (new Set(keys).size < keys.length) throw validation('Provided list of item keys contains duplicates')
}
