import type { Verification } from '@shared/contract/verification'

/** Pauses between looks once the expected time has come, ms. */
const PAUSES_MS = [2000, 3000, 5000, 8000, 13_000, 21_000, 30_000]
const LAST_MS = 30_000

/** How far the bar goes by the expected time: the rest is for a time that moves. */
const BY_THEN = 0.9

type Pending = Pick<Verification, 'nextTryAt' | 'waiting'>

/** The expected time of a pending record, ms; null when it has none that can be read. */
export function expectedAt({ nextTryAt }: Pick<Verification, 'nextTryAt'>): number | null {
  const ms = nextTryAt === null ? Number.NaN : Date.parse(nextTryAt)
  return Number.isNaN(ms) ? null : ms
}

/**
 * Milliseconds until the next look: at the expected time, then with growing pauses. An answer that somebody is fetching, or
 * a turn behind it, often comes early: these are looked at on the way too. A time that moves with every look counts for
 * nothing there, so that the pauses still grow. `looks`: how often it was looked at; `before`: the time expected last.
 */
export function nextLookIn(record: Pending, looks: number, before: number | null, now: number): number {
  const pause = PAUSES_MS[looks] ?? LAST_MS
  const expected = expectedAt(record)
  const left = (expected ?? now) - now
  if (left <= 0) return pause
  const isQuick = record.waiting === null || record.waiting === 'answer' || record.waiting === 'turn'
  if (!isQuick) return Math.max(left, looks > 0 ? (PAUSES_MS[0] ?? 0) : 0)
  return looks > 0 && expected !== before ? pause : Math.min(left, pause)
}

/** A way from a moment to an expected one; `base` is what was drawn already, 0–1. */
export interface Way {
  from: number
  to: number
  base: number
}

/** How much of the way is drawn, 0–1: never less than before, never all of it. */
export function drawnOf({ from, to, base }: Way, now: number): number {
  const part = to > from ? Math.min(1, Math.max(0, (now - from) / (to - from))) : 1
  return base + (1 - base) * BY_THEN * part
}
