const grown = <T extends Uint8Array | Uint32Array | Float64Array>(list: T, needed: number): T => {
  if (needed < list.length) return list
  const Kind = list.constructor as new (length: number) => T
  const larger = new Kind(Math.max(needed + 1, 2 * list.length))
  larger.set(list)
  return larger
}

const SAMPLED = 1
const CONFIRMED = 2

/** Sampled sends and which of them were confirmed, by message number, outside the heap. */
export class SampleBook {
  private ids = new Uint32Array(1024)
  private at = new Float64Array(1024)
  private waves = new Uint8Array(1024)
  private marks = new Uint8Array(1024)
  private count = 0
  private readonly names: string[] = []

  private waveOf(waveId: string): number {
    const known = this.names.indexOf(waveId)
    return known >= 0 ? known : this.names.push(waveId) - 1
  }

  private mark(id: number, mark: number): boolean {
    this.marks = grown(this.marks, id)
    const before = this.marks[id] ?? 0
    this.marks[id] = before | mark
    return (before & mark) === 0
  }

  add(waveId: string, messageId: string, at: number): void {
    const id = Number(messageId)
    if (!this.mark(id, SAMPLED)) return
    this.ids = grown(this.ids, this.count)
    this.at = grown(this.at, this.count)
    this.waves = grown(this.waves, this.count)
    this.ids[this.count] = id
    this.at[this.count] = at
    this.waves[this.count] = this.waveOf(waveId)
    this.count++
  }

  confirm(messageId: string): void {
    this.mark(Number(messageId), CONFIRMED)
  }

  evidence(waveId: string, before: number): { sampled: number; confirmed: number } {
    const wave = this.waveOf(waveId)
    let [sampled, confirmed] = [0, 0]
    for (let entry = 0; entry < this.count; entry++) {
      if (this.waves[entry] !== wave || (this.at[entry] ?? 0) >= before) continue
      sampled++
      if ((this.marks[this.ids[entry] ?? 0] ?? 0) & CONFIRMED) confirmed++
    }
    return { sampled, confirmed }
  }
}
