import { sameValue } from './document-value'
import { type Entry, entryIn, type Stored } from './item-versions'
import { INDEXES, type IndexShape } from './table-shape'

const READ_BYTES = 4096
const WRITE_BYTES = 1024

/** Billed units of request: what AWS calls RRU and WRU. */
export interface Units {
  read: number
  /** Of the table itself. */
  write: number
  /** Of its indexes. */
  indexWrite: number
}

/**
 * One unit for each 4 KB, half of it when the read may be stale, never less than for one.
 * Source: Amazon DynamoDB Developer Guide, "DynamoDB read and write operations".
 */
export const readUnits = (bytes: number, consistent: boolean) =>
  Math.max(1, Math.ceil(bytes / READ_BYTES)) * (consistent ? 1 : 0.5)

/** One unit for each KB of the larger of the item before and after; a deletion of nothing is one too. */
export const writeUnits = (before: Stored | null, after: Stored | null) =>
  Math.max(1, Math.ceil(Math.max(before?.bytes ?? 0, after?.bytes ?? 0) / WRITE_BYTES))

const entryUnits = ({ bytes }: Entry) => Math.max(1, Math.ceil(bytes / WRITE_BYTES))

/**
 * Nothing when the entry stays as it is, one write when what it holds changes, a deletion and a write when its key does.
 * Source: Amazon DynamoDB Developer Guide, "Write capacity considerations" of local and of global secondary indexes.
 */
function indexUnits(before: Entry | null, after: Entry | null, { hash, range }: IndexShape): number {
  if (before === null) return after === null ? 0 : entryUnits(after)
  if (after === null) return entryUnits(before)
  const sameKey = before.item[hash] === after.item[hash] && before.item[range] === after.item[range]
  if (!sameKey) return entryUnits(before) + entryUnits(after)
  return sameValue(before.item, after.item) ? 0 : Math.max(entryUnits(before), entryUnits(after))
}

export function indexWriteUnits(before: Stored | null, after: Stored | null): number {
  let units = 0
  for (const index of INDEXES)
    units += indexUnits(before && entryIn(before, index), after && entryIn(after, index), index)
  return units
}
