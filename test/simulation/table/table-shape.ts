import { BY_CREATION, PENDING_BY_DEADLINE, tableDefinition } from '../../../functions/store/table-definition'
import { itemBytes, own, textBytes, type Value, type ValueMap, valueBytes } from './document-value'
import { validation } from './service-exceptions'

/** An index as a Query needs it. */
export interface IndexShape {
  name: string
  isGlobal: boolean
  hash: string
  range: string
  /** Attributes that its entries hold, keys included. */
  attributes: readonly string[]
}
export interface PrimaryKey {
  pk: string
  sk: string
}

const definition = tableDefinition('simulated')
const [TABLE_HASH, TABLE_RANGE] = definition.KeySchema.map(({ AttributeName }) => AttributeName)
export const KEY_NAMES = ['pk', 'sk'] as const
if (TABLE_HASH !== KEY_NAMES[0] || TABLE_RANGE !== KEY_NAMES[1]) throw new Error('the table has other keys')

export const KEY_TYPES = new Map<string, 'S' | 'N'>(
  definition.AttributeDefinitions.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]),
)

function indexShape(name: string): IndexShape {
  const local = definition.LocalSecondaryIndexes.map(index => ({ ...index, isGlobal: false }))
  const global = definition.GlobalSecondaryIndexes.map(index => ({ ...index, isGlobal: true }))
  const index = [...local, ...global].find(({ IndexName }) => IndexName === name)
  if (index === undefined) throw new Error(`no index ${name}`)
  const [hash, range] = index.KeySchema.map(({ AttributeName }) => AttributeName)
  if (hash === undefined || range === undefined) throw new Error(`index ${name} has no range key`)
  const extra = 'NonKeyAttributes' in index.Projection ? index.Projection.NonKeyAttributes : []
  return {
    name,
    isGlobal: index.isGlobal,
    hash,
    range,
    attributes: [...new Set([...KEY_NAMES, hash, range, ...extra])],
  }
}

export const INDEXES: readonly IndexShape[] = [indexShape(BY_CREATION), indexShape(PENDING_BY_DEADLINE)]

/** What an index holds of an item; undefined when a key of the index is missing (sparse). */
export function entryOf(item: ValueMap, { hash, range, attributes }: IndexShape): ValueMap | undefined {
  if (own(item, hash) === undefined || own(item, range) === undefined) return undefined
  const entry: ValueMap = {}
  for (const name of attributes) {
    const value = own(item, name)
    if (value !== undefined) entry[name] = value
  }
  return entry
}

const MAX_HASH_BYTES = 2048
const MAX_RANGE_BYTES = 1024

function keyPart(name: string, value: Value | undefined, maxBytes: number): string {
  if (value === undefined) throw validation(`One of the required keys was not given a value: ${name}`)
  if (typeof value !== 'string')
    throw validation(`One or more parameter values were invalid: Type mismatch for key ${name}`)
  if (value === '') throw validation(`One or more parameter values are not valid. The key attribute ${name} is empty`)
  if (textBytes(value) > maxBytes)
    throw validation(`One or more parameter values were invalid: key ${name} is too long`)
  return value
}

/** @throws DynamoDBServiceException ValidationException for a key that is not one of this table */
export function primaryKey(given: ValueMap, exactly: boolean): PrimaryKey {
  if (exactly && Object.keys(given).length !== KEY_NAMES.length)
    throw validation('The provided key element does not match the schema')
  return { pk: keyPart('pk', own(given, 'pk'), MAX_HASH_BYTES), sk: keyPart('sk', own(given, 'sk'), MAX_RANGE_BYTES) }
}

const MAX_ITEM_BYTES = 400 * 1024

/**
 * Keys of indexes have the types of the definition and are not empty; an item has 400 KB at most, names included.
 * @returns the bytes of the item
 * @throws DynamoDBServiceException ValidationException
 */
export function checkItem(item: ValueMap): number {
  for (const { hash, range } of INDEXES) for (const name of [hash, range]) checkIndexKey(name, own(item, name))
  const bytes = itemBytes(item)
  if (bytes > MAX_ITEM_BYTES) throw validation('Item size has exceeded the maximum allowed size')
  return bytes
}

const INDEX_KEYS = new Set(INDEXES.flatMap(({ hash, range }) => [hash, range]))

/** @throws DynamoDBServiceException ValidationException for what cannot stand in a key of an index */
export function checkIndexKey(name: string, value: Value | undefined): void {
  if (value === undefined || !INDEX_KEYS.has(name)) return
  const wanted = KEY_TYPES.get(name) === 'N' ? 'number' : 'string'
  if (typeof value !== wanted)
    throw validation(`One or more parameter values were invalid: Type mismatch for Index Key ${name}`)
  if (value === '' || (typeof value === 'string' && valueBytes(value) > MAX_HASH_BYTES))
    throw validation(
      `One or more parameter values are not valid. A value of the index key ${name} is empty or too long`,
    )
}
