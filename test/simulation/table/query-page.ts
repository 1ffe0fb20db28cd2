import { compareStrings, compareValues, own, type Value, type ValueMap } from './document-value'
import { validation } from './service-exceptions'
import { KEY_NAMES, KEY_TYPES } from './table-shape'

/** A row as the query reads it: the item itself, or what the index holds of it. */
export interface Row {
  item: ValueMap
  bytes: number
}
export interface PageRequest {
  rows: readonly Row[]
  /** The key attribute that the rows are ordered by. */
  range: string
  forward: boolean
  limit: number | undefined
  start: ValueMap | undefined
}
export interface Page {
  rows: readonly Row[]
  /** What the page read, before any filter. */
  bytes: number
  lastKey: ValueMap | undefined
}

const MAX_PAGE_BYTES = 1024 * 1024

const text = (item: ValueMap, name: string) => String(own(item, name) ?? '')

/** By the range key; rows of one index key by the table's keys (DynamoDB promises no order among them). */
export function compareRows(range: string): (a: ValueMap, b: ValueMap) => number {
  return (a, b) =>
    compareValues(own(a, range) ?? null, own(b, range) ?? null) ||
    compareStrings(text(a, 'sk'), text(b, 'sk')) ||
    compareStrings(text(a, 'pk'), text(b, 'pk'))
}

const keyNames = (hash: string, range: string) => [...new Set([...KEY_NAMES, hash, range])]

/** @throws DynamoDBServiceException ValidationException for a start that is no key of what is queried */
export function checkStart(start: ValueMap, hash: string, range: string, value: Value): void {
  const names = keyNames(hash, range)
  const fits = names.every(name => typeof own(start, name) === (KEY_TYPES.get(name) === 'N' ? 'number' : 'string'))
  if (!fits || Object.keys(start).length !== names.length) throw validation('The provided starting key is invalid')
  if (start[hash] !== value)
    throw validation('The provided starting key is outside query boundaries based on provided conditions')
}

/** The key that a next page starts after. */
export function keyOf(item: ValueMap, hash: string, range: string): ValueMap {
  return Object.fromEntries(keyNames(hash, range).map(name => [name, own(item, name) ?? null]))
}

/** One page: at most `limit` rows and 1 MB, counted before filters; it ends with a key whenever it stopped early. */
export function pageOf({ rows, range, forward, limit, start }: PageRequest, hash: string): Page {
  const compare = compareRows(range)
  const ordered = [...rows].sort((a, b) => (forward ? 1 : -1) * compare(a.item, b.item))
  const isAfter = ({ item }: Row) => start === undefined || compare(item, start) * (forward ? 1 : -1) > 0
  const page: Row[] = []
  let bytes = 0
  for (const row of ordered) {
    if (!isAfter(row)) continue
    if (page.length > 0 && bytes + row.bytes > MAX_PAGE_BYTES) return cut(page, bytes, hash, range)
    page.push(row)
    bytes += row.bytes
    if (page.length === limit) return cut(page, bytes, hash, range)
  }
  return { rows: page, bytes, lastKey: undefined }
}

function cut(page: Row[], bytes: number, hash: string, range: string): Page {
  const last = page.at(-1)
  return { rows: page, bytes, lastKey: last && keyOf(last.item, hash, range) }
}
