import type { AskedInvoice } from '@shared/invoice/invoice'
import type { InvoiceKind } from '@shared/invoice/invoice-kind'
import type { StoredAnswer } from '../verification/ports'
import { budgetOf, refusal, type Spender, spent } from './budget'
import { isFenceOf } from './fence'
import { reusableFor } from './freshness'
import { lostLease, recheckTime } from './lost-answer'
import type { Budget, Gate, GateAnswer } from './ports'

/** One asker's view of the gate. */
export interface Asker {
  /** Of the record: fences of its own calls begin with it. */
  id: string
  questionKey: string
  asked: AskedInvoice
  startedAt: number
  /** A recheck wants a new answer. */
  reuse: boolean
  /** Simulated answers stand in for simulated ones only, real ones for real ones. */
  simulated: boolean
  spender: Spender
  /** Fences of calls that were in flight for this question while the asker waited. */
  followed: ReadonlySet<string>
}

export type NextStep =
  | { step: 'take'; answer: GateAnswer }
  | { step: 'limit'; by: 'day' | 'person' | 'robots' }
  /** The same question is being asked right now. */
  | { step: 'follow'; fence: string; until: number }
  /** Another question about the invoice is being asked right now. */
  | { step: 'queue'; until: number }
  /** The answer was lost; it is asked again then, once, for everybody. */
  | { step: 'hold'; until: number }
  | { step: 'ask'; budget: Budget }

/** Sent, and nobody knows what became of it. */
export function isLost({ outcome, cause, charged, counted }: Omit<StoredAnswer, 'notice'>): boolean {
  return outcome === 'could_not_check' && cause === 'network' && (charged === 'unknown' || counted === 'unknown')
}

/** A found invoice speaks for every kind; of any other answer a wrong kind in the request may be the reason. */
export function speaksFor(answer: GateAnswer, kind: InvoiceKind): boolean {
  return answer.outcome === 'consistent' || answer.askedKind === kind
}

/** Answers that say nothing about the invoice are kept aside: they replace no answer that does. */
export function asideSlot(questionKey: string): string {
  return `${questionKey}~`
}

function cameMeanwhile(answer: GateAnswer, asker: Asker): boolean {
  return asker.followed.has(answer.fence) || answer.checkedAt > asker.startedAt
}

function isTaken(answer: GateAnswer, asker: Asker, now: number): boolean {
  if (!speaksFor(answer, asker.asked.kind)) return false
  // Its own, when its function died before it could tell.
  if (isFenceOf(answer.fence, asker.id) || cameMeanwhile(answer, asker)) return true
  if (!asker.reuse || answer.simulated !== asker.simulated) return false
  return now - answer.checkedAt < reusableFor(answer, asker.asked)
}

/** What an answer that says nothing about the invoice means to this asker; null when it means nothing any more. */
function afterSilence(aside: GateAnswer, asker: Asker, now: number): NextStep | null {
  if (aside.simulated !== asker.simulated) return null
  if (aside.recheckAt !== null) return aside.recheckAt > now ? { step: 'hold', until: aside.recheckAt } : null
  const isHeld = isLost(aside) && (aside.nextTryAt ?? 0) > now
  return isHeld || (cameMeanwhile(aside, asker) && speaksFor(aside, asker.asked.kind))
    ? { step: 'take', answer: aside }
    : null
}

/** What an asker does next, from the gate alone. */
export function nextStep(gate: Gate, asker: Asker, now: number): NextStep {
  const { questionKey, spender, simulated } = asker
  const answer = gate.answers[questionKey]
  if (answer !== undefined && isTaken(answer, asker, now)) return { step: 'take', answer }
  const { lease } = gate
  if (lease !== null && lease.until > now) {
    const { fence, until } = lease
    return lease.questionKey === questionKey ? { step: 'follow', fence, until } : { step: 'queue', until }
  }
  const budget = budgetOf(gate, now)
  const aside =
    lease?.questionKey === questionKey
      ? lostLease(lease, simulated, recheckTime(budget, lease.until, 0))
      : gate.answers[asideSlot(questionKey)]
  const after = aside === undefined ? null : afterSilence(aside, asker, now)
  if (after !== null) return after
  const by = refusal(budget, spender)
  return by === null ? { step: 'ask', budget: spent(budget, spender) } : { step: 'limit', by }
}
