/** Seeded chance: the same seed gives the same draws in the same order, on every machine. */
export interface Random {
  /** A number in [0, 1). */
  next(): number
  /** An integer in [0, below). */
  int(below: number): number
  /** An integer in [from, to], both included. */
  between(from: number, to: number): number
  /** @throws Error when the list is empty */
  pick<T>(list: readonly T[]): T
  /** True with this probability; a probability of 0 draws nothing, so that a fault that is off leaves the others as they are. */
  chance(probability: number): boolean
  /** A new list in another order. */
  shuffle<T>(list: readonly T[]): T[]
  bytes(length: number): Uint8Array
  /** A source of its own, so that one part of a test may draw more without moving the others. */
  fork(label: string): Random
}

const UINT32 = 2 ** 32

/** FNV-1a over UTF-16 units: names a stream. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/** mulberry32 (Tommy Ettinger, public domain): 32 bits of state, far more draws than one simulation takes. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0

  function word(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }

  const random: Random = {
    next: () => word() / UINT32,
    int: below => Math.floor((word() / UINT32) * below),
    between: (from, to) => from + random.int(to - from + 1),
    pick(list) {
      if (list.length === 0) throw new Error('nothing to pick from')
      return list[random.int(list.length)] as (typeof list)[number]
    },
    chance: probability => probability > 0 && word() / UINT32 < probability,
    shuffle(list) {
      const shuffled = [...list]
      for (let at = shuffled.length - 1; at > 0; at--) {
        const other = random.int(at + 1)
        const kept = shuffled[at] as (typeof shuffled)[number]
        shuffled[at] = shuffled[other] as (typeof shuffled)[number]
        shuffled[other] = kept
      }
      return shuffled
    },
    bytes: length => Uint8Array.from({ length }, () => word() >>> 24),
    fork: label => seededRandom((word() ^ hashOf(label)) >>> 0),
  }
  return random
}
