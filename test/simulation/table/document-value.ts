import { numberBytes } from './decimal'

/** What the document client takes and gives for one attribute. Sets hold strings or numbers. */
export type Value = null | boolean | number | string | Uint8Array | Value[] | Set<unknown> | ValueMap
export interface ValueMap {
  [name: string]: Value
}
export type ValueType = 'NULL' | 'BOOL' | 'N' | 'S' | 'B' | 'L' | 'SS' | 'NS' | 'M'

/** 38 digits and 1e-130: below that a number underflows [Developer Guide, "Data types: Number"]. */
const SMALLEST = 1e-130

export function typeOf(value: Value): ValueType {
  if (value === null) return 'NULL'
  if (typeof value === 'string') return 'S'
  if (typeof value === 'number') return 'N'
  if (typeof value === 'boolean') return 'BOOL'
  if (Array.isArray(value)) return 'L'
  if (value instanceof Uint8Array) return 'B'
  if (value instanceof Set) return typeof value.values().next().value === 'number' ? 'NS' : 'SS'
  return 'M'
}

export const isMap = (value: Value | undefined): value is ValueMap => value !== undefined && typeOf(value) === 'M'

/** Not `in`: a map may have no attribute of its own that is called `constructor`. */
export const own = (map: ValueMap, name: string): Value | undefined =>
  Object.hasOwn(map, name) ? map[name] : undefined

function marshalNumber(value: number): number {
  if (!Number.isFinite(value)) throw new Error(`Special numeric value ${value} is not allowed`)
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    throw new Error(`Number ${value} is outside of the safe integers. Use NumberValue from @aws-sdk/lib-dynamodb.`)
  if (Math.abs(value) > 0 && Math.abs(value) < SMALLEST) throw new Error(`Number ${value} underflows`)
  return value === 0 ? 0 : value
}

function marshalObject(value: object): Value {
  if (Array.isArray(value)) return value.filter(entry => entry !== undefined).map(marshal)
  if (value instanceof Uint8Array) return Uint8Array.from(value)
  if (value instanceof Set) {
    if (value.size === 0) throw new Error('Pass a non-empty set, or options.convertEmptyValues=true.')
    return new Set(value)
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== null && value.constructor?.name !== 'Object')
    throw new Error(`Unsupported type passed: ${String(value)}. Pass options.convertClassInstanceToMap=true`)
  return marshalMap(value)
}

/** A map of its own, without undefined entries, as the document client of functions/store/table.ts sends it. */
export function marshalMap(value: object): ValueMap {
  const map: ValueMap = {}
  for (const [name, entry] of Object.entries(value)) {
    if (entry === undefined || typeof entry === 'function') continue
    const marshalled = marshal(entry)
    // Plain assignment to this one name would set the prototype.
    if (name === '__proto__') Object.defineProperty(map, name, { value: marshalled, enumerable: true })
    else map[name] = marshalled
  }
  return map
}

/**
 * A copy as the table would keep it.
 * @throws Error, like the SDK before it sends, for NaN, infinities, unsafe integers, class instances and empty sets
 */
export function marshal(value: unknown): Value {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return marshalNumber(value)
  if (typeof value === 'object') return marshalObject(value)
  throw new Error(`Unsupported type passed: ${typeof value}`)
}

/** A copy of what is stored, so that nobody changes the table by changing an answer. */
export function copyOf(value: Value): Value {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(copyOf)
  if (value instanceof Uint8Array) return Uint8Array.from(value)
  if (value instanceof Set) return new Set(value)
  return copyMap(value)
}

export function copyMap(map: ValueMap): ValueMap {
  const copy: ValueMap = {}
  for (const name of Object.keys(map)) copy[name] = copyOf(map[name] as Value)
  return copy
}

function sameMaps(a: ValueMap, b: ValueMap): boolean {
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every(name => {
      const other = own(b, name)
      return other !== undefined && sameValue(a[name] as Value, other)
    })
  )
}

/** Deep equality, type included. */
export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true
  const type = typeOf(a)
  if (type !== typeOf(b)) return false
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((entry, at) => sameValue(entry, b[at] as Value))
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b) === 0
  if (a instanceof Set && b instanceof Set) return a.size === b.size && [...a].every(entry => b.has(entry))
  return type === 'M' && sameMaps(a as ValueMap, b as ValueMap)
}

/** Surrogates (U+10000 and above) sort after U+E000…U+FFFF in UTF-8, before them in UTF-16. */
const utf8Rank = (unit: number) => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800)

/** Order of the UTF-8 bytes, as sort keys and comparisons have it. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)]
    if (left !== right) return utf8Rank(left) - utf8Rank(right)
  }
  return a.length - b.length
}

/** Negative, 0 or positive; null when the two cannot be ordered (other types, or a type without order). */
export function compareValues(a: Value, b: Value): number | null {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b)
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b)
  return null
}

export const textBytes = (text: string) => Buffer.byteLength(text)

/**
 * Bytes of a value. Source: Amazon DynamoDB Developer Guide, "DynamoDB item sizes and formats": lists and maps take 3
 * bytes and one more for each entry.
 */
export function valueBytes(value: Value): number {
  if (typeof value === 'string') return textBytes(value)
  if (typeof value === 'number') return numberBytes(value)
  if (value === null || typeof value === 'boolean') return 1
  if (value instanceof Uint8Array) return value.length
  let bytes = 0
  if (value instanceof Set) {
    for (const entry of value) bytes += valueBytes(entry as Value)
    return bytes
  }
  if (Array.isArray(value)) {
    for (const entry of value) bytes += 1 + valueBytes(entry)
    return 3 + bytes
  }
  for (const name of Object.keys(value)) bytes += 1 + textBytes(name) + valueBytes(value[name] as Value)
  return 3 + bytes
}

/** Bytes of an item, names included. */
export function itemBytes(item: ValueMap): number {
  let bytes = 0
  for (const name of Object.keys(item)) bytes += textBytes(name) + valueBytes(item[name] as Value)
  return bytes
}
