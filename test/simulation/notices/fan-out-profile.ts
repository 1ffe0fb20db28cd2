import type { Random } from '../random'

const MINUTE_MS = 60_000

/** What goes wrong, and how often. */
export interface FanOutProfile {
  startAt: number
  /** Of every step of an invocation. */
  kill: number
  freeze: number
  fault: number
  /** Of queue messages that come twice. */
  twice: number
  /** Of people whom WeChat refuses. */
  refused: number
  unknown: number
  unsent: number
  /** Of delivery events. */
  lost: number
  early: number
  doubled: number
  /** Ways of the publisher. */
  skipped: number
  repeated: number
  tokenless: readonly { from: number; until: number }[]
  floods: readonly { from: number; until: number }[]
  /** Messages after which the day's quota is used up; null: never. */
  quotaAt: number | null
  /** Invocations at a time. */
  workers: number
}

/** 2026-11-23 10:00 in Asia/Shanghai, a Monday. */
export const START = Date.UTC(2026, 10, 23, 2)

/** The faults of one seed; of B8 [performance reference § 2]: kills 0.05 % a step, 0.1 % twice, token expiry ×3, 12 % refused. */
export function fanOutProfile(random: Random, size: number, lost: number): FanOutProfile {
  const windows = (count: number, longest: number) =>
    Array.from({ length: count }, () => {
      const from = START + random.between(1, 30) * MINUTE_MS
      return { from, until: from + random.between(10_000, longest) }
    })
  return {
    startAt: START,
    kill: 0.0005,
    freeze: 0.00005,
    fault: 0.0001,
    twice: 0.001,
    refused: 0.12,
    unknown: 0.001,
    unsent: 0.0001,
    lost,
    early: 0.001,
    doubled: 0.01,
    skipped: 0.1,
    repeated: 0.1,
    tokenless: windows(3, 20_000),
    floods: random.chance(0.4) ? windows(1, 3 * MINUTE_MS) : [],
    quotaAt: random.chance(0.3) ? random.between(Math.floor(size / 4), size) : null,
    workers: 40,
  }
}
