import { nextShanghaiMidnight } from '@shared/invoice/issue-date'
import type { StoredAnswer } from './ports'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** The tax data of a day is loaded over night; at half past seven it is there. */
const MORNING_MS = 7.5 * HOUR_MS
const JITTER_MS = 10 * MINUTE_MS
/** An outage that lasts is looked at less and less often, for most of a day. */
const FIRST_PUT_OFF_MS = 30 * MINUTE_MS
const PUT_OFF_MS = [FIRST_PUT_OFF_MS, HOUR_MS, 2 * HOUR_MS, 4 * HOUR_MS, 8 * HOUR_MS]

/** Nothing was spent, the question is still open, and time alone may answer it. */
export function isOpenQuestion({ outcome, cause, charged, counted }: StoredAnswer): boolean {
  if (outcome !== 'could_not_check' || charged !== 'no' || counted !== 'no') return false
  return cause === 'maintenance' || cause === 'too_early' || cause === 'network'
}

/** When such a question is asked again by itself, ms; null when it is not. `jitter` is 0–1, so that not all come at once. */
export function followUpTime(answer: StoredAnswer, now: number, jitter: number): number | null {
  if (!isOpenQuestion(answer)) return null
  const spread = Math.round(JITTER_MS * jitter)
  const soonest = answer.cause === 'too_early' ? nextShanghaiMidnight(now) + MORNING_MS : now + FIRST_PUT_OFF_MS
  // Not before a notice says that it is over.
  return Math.max(answer.nextTryAt ?? 0, soonest) + spread
}

/** When a repetition that met the same outage is tried again; null when it has been tried long enough. */
export function nextPutOff(answer: StoredAnswer, putOff: number, now: number, jitter: number): number | null {
  if (!isOpenQuestion(answer)) return null
  const pause = PUT_OFF_MS[putOff]
  return pause === undefined ? null : Math.max(answer.nextTryAt ?? 0, now + pause) + Math.round(MINUTE_MS * jitter)
}
