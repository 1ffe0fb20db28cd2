import { own } from './document-value'
import type { Slot, Stored } from './item-versions'

/** Which items stand, or stood a while ago, under each hash key of the sparse global index. */
export class GlobalEntries {
  private readonly byHash = new Map<string, Set<Slot>>()

  constructor(private readonly hash: string) {}

  private hashOf(stored: Stored | null): string | null {
    const value = stored === null ? undefined : own(stored.item, this.hash)
    return typeof value === 'string' ? value : null
  }

  /** To be told after each write. */
  note(slot: Slot): void {
    const value = this.hashOf(slot.versions.at(-1)?.stored ?? null)
    if (value === null) return
    const slots = this.byHash.get(value) ?? new Set()
    this.byHash.set(value, slots.add(slot))
  }

  /** Forgets slots of which not even the past, as far as it is kept, had this hash. */
  slots(value: string): ReadonlySet<Slot> {
    const slots = this.byHash.get(value) ?? new Set<Slot>()
    for (const slot of slots) if (!slot.versions.some(({ stored }) => this.hashOf(stored) === value)) slots.delete(slot)
    return slots
  }
}
