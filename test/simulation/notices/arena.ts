const SLOT = 2048

/** Texts by number, outside the heap: a slot of fixed size for each. */
export class Arena {
  private bytes = Buffer.alloc(256 * SLOT)
  private lengths = new Uint16Array(256)
  private readonly slots = new Map<number, number>()

  has(name: number): boolean {
    return this.slots.has(name)
  }

  /** @throws Error for a text that does not fit */
  set(name: number, value: unknown): void {
    const text = Buffer.from(JSON.stringify(value))
    if (text.length > SLOT) throw new Error(`${name} holds ${text.length} bytes`)
    const slot = this.slots.get(name) ?? this.slots.size
    this.slots.set(name, slot)
    if (slot >= this.lengths.length) this.grow()
    text.copy(this.bytes, slot * SLOT)
    this.lengths[slot] = text.length
  }

  private grow(): void {
    const [bytes, lengths] = [Buffer.alloc(this.bytes.length * 2), new Uint16Array(this.lengths.length * 2)]
    this.bytes.copy(bytes)
    lengths.set(this.lengths)
    this.bytes = bytes
    this.lengths = lengths
  }

  get<T>(name: number): T | null {
    const slot = this.slots.get(name)
    if (slot === undefined) return null
    return JSON.parse(this.bytes.toString('utf8', slot * SLOT, slot * SLOT + (this.lengths[slot] ?? 0))) as T
  }

  names(): IterableIterator<number> {
    return this.slots.keys()
  }
}
