import { couldNotCheck } from '../verification/own-answers'
import { refusal } from './budget'
import type { Budget, GateAnswer, Lease } from './ports'

/** A gateway that answers at all does so within its minute; half of it after our own deadline is enough to ask again. */
const RECHECK_AFTER_MS = 30_000
const RECHECK_JITTER_MS = 5000

/** When an answer that was lost at a time is asked again by itself; null when the tries do not allow it. `jitter` 0–1. */
export function recheckTime(budget: Budget, lostAt: number, jitter: number): number | null {
  if (refusal(budget, { role: 'robot' }) !== null) return null
  return lostAt + RECHECK_AFTER_MS + Math.round(RECHECK_JITTER_MS * jitter)
}

/** The answer of a call whose holder died: its lease ran out and nothing was stored. */
export function lostLease({ fence, until }: Lease, simulated: boolean, recheckAt: number | null): GateAnswer {
  const { notice: _, ...answer } = couldNotCheck('network', 'ANSWER_LOST', simulated, until)
  return { ...answer, charged: 'unknown', counted: 'unknown', fence, askedKind: 'UNKNOWN', compared: [], recheckAt }
}
