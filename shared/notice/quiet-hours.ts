const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Asia/Shanghai is eight hours ahead of UTC; messages rest from 22:00 to 08:00 there, which is 14:00 to 24:00 UTC. */
const QUIET_FROM_UTC_MS = 14 * HOUR_MS

const sinceUtcMidnight = (now: number) => ((now % DAY_MS) + DAY_MS) % DAY_MS

/** 22:00–08:00 in Asia/Shanghai; 08:00 itself is not quiet. */
export function isQuiet(now: number): boolean {
  return sinceUtcMidnight(now) >= QUIET_FROM_UTC_MS
}

/** The 08:00 that ends the quiet hours of `now`, ms; `now` itself when it is not quiet. */
export function endOfQuiet(now: number): number {
  return isQuiet(now) ? now - sinceUtcMidnight(now) + DAY_MS : now
}
