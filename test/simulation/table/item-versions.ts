import { TTL_ATTRIBUTE } from '../../../functions/store/table-definition'
import { compareStrings, itemBytes, own, type ValueMap } from './document-value'
import { entryOf, type IndexShape, type PrimaryKey } from './table-shape'

/** A stored item never changes: an update makes another one. */
export interface Stored extends Entry {
  /** What the indexes hold of it, made when first asked for; null when it does not stand in the index. */
  entries: Map<IndexShape, Entry | null>
}
export interface Entry {
  item: ValueMap
  bytes: number
}
interface Version {
  at: number
  stored: Stored | null
}

/** One primary key with what stood there, newest last, as far back as a late reader may look. */
export interface Slot extends PrimaryKey {
  versions: Version[]
  /** When the table's own sweep removes the item; null while it has no `expiresAt`. */
  removedAt: number | null
}

export function entryIn(stored: Stored, index: IndexShape): Entry | null {
  const known = stored.entries.get(index)
  if (known !== undefined) return known
  const item = entryOf(stored.item, index)
  const entry = item === undefined ? null : { item, bytes: itemBytes(item) }
  stored.entries.set(index, entry)
  return entry
}

const FIVE_YEARS_S = 5 * 365 * 24 * 3600

/** When DynamoDB deletes an item by itself: late, and never what has expired more than five years ago. */
function removalOf({ item }: Stored, now: number, lateMs: number): number | null {
  const expires = own(item, TTL_ATTRIBUTE)
  if (typeof expires !== 'number' || expires < now / 1000 - FIVE_YEARS_S) return null
  return Math.max(now, expires * 1000 + lateMs)
}

/** All items in order of their keys, with their recent past. */
export class ItemVersions {
  private readonly partitions = new Map<string, Slot[]>()

  /** `keptMs`: how far back reads may look. `ttlLateMs`: drawn at each write of an item that expires; null: never removed. */
  constructor(
    private readonly now: () => number,
    private readonly keptMs: number,
    private readonly ttlLateMs: () => number | null,
  ) {}

  /** Slots of a partition by sort key, those of deleted items included. */
  partition(pk: string): readonly Slot[] {
    return this.partitions.get(pk) ?? []
  }

  *slots(): Iterable<Slot> {
    for (const pk of [...this.partitions.keys()].sort(compareStrings)) yield* this.partition(pk)
  }

  /** Where the slot stands, or would stand, in its partition. */
  private position(slots: readonly Slot[], sk: string): number {
    let [low, high] = [0, slots.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (compareStrings(slots[middle]?.sk ?? '', sk) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  find({ pk, sk }: PrimaryKey): Slot | undefined {
    const slots = this.partition(pk)
    const slot = slots[this.position(slots, sk)]
    return slot?.sk === sk ? slot : undefined
  }

  /** What stood there at a time; null when nothing did. */
  at(slot: Slot | undefined, time: number): Stored | null {
    if (slot === undefined) return null
    this.expire(slot)
    for (let index = slot.versions.length - 1; index >= 0; index--) {
      const version = slot.versions[index]
      if (version !== undefined && version.at <= time) return version.stored
    }
    return null
  }

  current(key: PrimaryKey): Stored | null {
    return this.at(this.find(key), this.now())
  }

  write({ pk, sk }: PrimaryKey, stored: Stored | null): Slot {
    const slots = this.partitions.get(pk) ?? []
    if (slots.length === 0) this.partitions.set(pk, slots)
    const position = this.position(slots, sk)
    const found = slots[position]
    const slot: Slot = found?.sk === sk ? found : { pk, sk, versions: [], removedAt: null }
    if (slot !== found) slots.splice(position, 0, slot)
    const now = this.now()
    this.push(slot, { at: now, stored })
    const lateMs = stored !== null && own(stored.item, TTL_ATTRIBUTE) !== undefined ? this.ttlLateMs() : null
    slot.removedAt = stored === null || lateMs === null ? null : removalOf(stored, now, lateMs)
    if (slot.versions.length === 1 && stored === null) slots.splice(slots.indexOf(slot), 1)
    return slot
  }

  private expire(slot: Slot): void {
    if (slot.removedAt === null || slot.removedAt > this.now()) return
    this.push(slot, { at: slot.removedAt, stored: null })
    slot.removedAt = null
  }

  private push(slot: Slot, version: Version): void {
    const { versions } = slot
    const oldest = this.now() - this.keptMs
    // The newest version that is old enough for everybody stays; what came before it is forgotten.
    let forgotten = 0
    while ((versions[forgotten + 1]?.at ?? Number.POSITIVE_INFINITY) <= oldest) forgotten++
    const last = versions.at(-1)
    if (this.keptMs === 0 && last !== undefined) versions.length = 0
    else if (forgotten > 0) versions.splice(0, forgotten)
    versions.push(version)
  }
}
