import type { InvoiceKind } from '@shared/invoice/invoice-kind'
import { shanghaiDay } from '@shared/invoice/issue-date'
import type { Outcome } from '@shared/invoice/outcome'
import { couldNotCheck } from './own-answers'
import type { Gate, GateAnswer, Lease, StoredAnswer } from './ports'

/** The tax side answers about one invoice five times a day [domain reference § 5.1]. */
export const TRIES_PER_DAY = 5

const HOUR_MS = 3_600_000

/**
 * How long an answer stands in for a new one. Beside the table: an answer that was lost after sending (nobody knows whether
 * it was charged or counted) stands until its `nextTryAt`, for everybody and for a recheck too; after that a person's own
 * new request may ask.
 */
const REUSABLE_MS: Record<Outcome, number> = {
  // Tax data changes by voiding and reversal, which take a working day to matter; half a day bounds how old "normal" can be.
  consistent: 12 * HOUR_MS,
  // The same wrong field stays wrong; a corrected one is another question.
  mismatch: 12 * HOUR_MS,
  // Invoices arrive in the tax data within hours: long enough against a nervous finger, short enough to see it arrive.
  not_found: HOUR_MS / 4,
  // Says nothing about the invoice.
  could_not_check: 0,
  // Decided without a provider, at no cost, each time.
  not_checkable: 0,
}

/** One asker's view of the gate. */
export interface Asker {
  questionKey: string
  startedAt: number
  /** A recheck wants a new answer. */
  reuse: boolean
  /** Simulated answers stand in for simulated ones only, real ones for real ones. */
  simulated: boolean
  /** Kind of the question; see `speaksFor`. */
  kind: InvoiceKind
  /** Fences of calls that were in flight for this question while the asker waited. */
  followed: ReadonlySet<string>
}

export type NextStep =
  | { step: 'take'; answer: GateAnswer }
  | { step: 'limit' }
  /** The same question is being asked right now. */
  | { step: 'follow'; fence: string }
  /** Another question about the invoice is being asked right now. */
  | { step: 'queue' }
  | { step: 'ask'; day: string; used: number }

/** Sent, and nobody knows what became of it. */
export function isLost({ outcome, cause, charged, counted }: StoredAnswer): boolean {
  return outcome === 'could_not_check' && cause === 'network' && (charged === 'unknown' || counted === 'unknown')
}

/** A found invoice speaks for every kind; of any other answer a wrong kind in the request may be the reason. */
function speaksFor(answer: GateAnswer, asker: Asker): boolean {
  return answer.outcome === 'consistent' || answer.askedKind === asker.kind
}

/** A lost answer is kept beside the question's last good one: it says nothing about the invoice, so it replaces nothing. */
export function lostSlot(questionKey: string): string {
  return `${questionKey}~`
}

function cameMeanwhile(answer: GateAnswer, asker: Asker): boolean {
  return asker.followed.has(answer.fence) || answer.checkedAt > asker.startedAt
}

function isHeld(answer: GateAnswer, asker: Asker, now: number): boolean {
  if (cameMeanwhile(answer, asker)) return true
  return isLost(answer) && answer.simulated === asker.simulated && (answer.nextTryAt ?? 0) > now
}

function isTaken(answer: GateAnswer, asker: Asker, now: number): boolean {
  if (!speaksFor(answer, asker)) return false
  if (cameMeanwhile(answer, asker)) return true
  return asker.reuse && answer.simulated === asker.simulated && now - answer.checkedAt < REUSABLE_MS[answer.outcome]
}

/** A container whose clock is behind at midnight must not open the old day again. */
function budgetDay(gate: Gate, now: number): string {
  const today = shanghaiDay(now)
  return gate.day > today ? gate.day : today
}

function spentOn(day: string, gate: Gate): number {
  if (gate.day === day) return gate.used
  // A call that was cut off around midnight may have been counted on either day.
  return gate.lease !== null && shanghaiDay(gate.lease.until) >= day ? 1 : 0
}

/** Tries that this invoice has left today, 0–5. */
export function triesLeft(gate: Gate, now: number): number {
  return Math.max(0, TRIES_PER_DAY - spentOn(budgetDay(gate, now), gate))
}

/**
 * The answer of a call whose holder died: its lease ran out and nothing was stored. Held like any lost answer, one minute
 * from the end of the lease.
 */
export function lostAnswer(lease: Lease, simulated: boolean): GateAnswer {
  const { fence, until } = lease
  const answer = couldNotCheck('network', 'ANSWER_LOST', simulated, until)
  return { ...answer, charged: 'unknown', counted: 'unknown', fence, askedKind: 'UNKNOWN', compared: [] }
}

/** What an asker does next, from the gate alone. */
export function nextStep(gate: Gate, asker: Asker, now: number): NextStep {
  const answer = gate.answers[asker.questionKey]
  if (answer !== undefined && isTaken(answer, asker, now)) return { step: 'take', answer }
  const lost = gate.answers[lostSlot(asker.questionKey)]
  if (lost !== undefined && isHeld(lost, asker, now)) return { step: 'take', answer: lost }
  if (gate.lease !== null && gate.lease.until > now) {
    const isSame = gate.lease.questionKey === asker.questionKey
    return isSame ? { step: 'follow', fence: gate.lease.fence } : { step: 'queue' }
  }
  if (gate.lease?.questionKey === asker.questionKey) {
    const died = lostAnswer(gate.lease, asker.simulated)
    if ((died.nextTryAt ?? 0) > now) return { step: 'take', answer: died }
  }
  const day = budgetDay(gate, now)
  const used = spentOn(day, gate) + 1
  return used > TRIES_PER_DAY ? { step: 'limit' } : { step: 'ask', day, used }
}
