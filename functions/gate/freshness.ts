import type { AskedInvoice } from '@shared/invoice/invoice'
import { daysBetween, shanghaiDay } from '@shared/invoice/issue-date'
import type { Lifecycle, Outcome } from '@shared/invoice/outcome'
import type { GateAnswer } from './ports'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

interface Row {
  outcome: Outcome
  /** With `consistent`; absent: any. */
  lifecycle?: readonly Lifecycle[]
  /** Days from issue to the answer, at most; absent: any age. */
  upToDays?: number
  reuseMs: number
  reason: string
}

/**
 * How long an answer stands in for a new one: the first row that fits. A person may always ask for a new one while tries
 * remain. Answers that say nothing about the invoice are never reused; one that was lost is held, see `next-step.ts`.
 */
export const FRESHNESS: readonly Row[] = [
  {
    outcome: 'consistent',
    lifecycle: ['unknown'],
    reuseMs: 30 * MINUTE_MS,
    reason: 'The state had not reached the tax data; it comes within the hour.',
  },
  {
    outcome: 'consistent',
    lifecycle: ['voided', 'red_full'],
    reuseMs: 24 * HOUR_MS,
    reason: 'Final: nothing makes such an invoice good again.',
  },
  {
    outcome: 'consistent',
    lifecycle: ['red', 'red_partial'],
    reuseMs: 6 * HOUR_MS,
    reason: 'The rest may be reversed too, mostly on a later working day.',
  },
  {
    outcome: 'consistent',
    upToDays: 31,
    reuseMs: 6 * HOUR_MS,
    reason: 'Voiding ends with the month of issue and most reversals come in the first weeks.',
  },
  {
    outcome: 'consistent',
    reuseMs: 12 * HOUR_MS,
    reason: 'Late reversals are rare; half a day bounds how old "normal" can be.',
  },
  {
    outcome: 'mismatch',
    reuseMs: 12 * HOUR_MS,
    reason: 'The same wrong field stays wrong; a corrected one is another question.',
  },
  {
    outcome: 'not_found',
    upToDays: 7,
    reuseMs: 15 * MINUTE_MS,
    reason: 'New invoices arrive within hours: long against a nervous finger, short enough to see it arrive.',
  },
  {
    outcome: 'not_found',
    reuseMs: HOUR_MS,
    reason: 'An old invoice that is missing is mostly mistyped; a late upload is rare.',
  },
]

const MOST_DISPUTED_MS = 15 * MINUTE_MS

/** Ms from its time for which an answer is reused; 0 for never. */
export function reusableFor(answer: GateAnswer, asked: AskedInvoice): number {
  const age = daysBetween(asked.issueDate, shanghaiDay(answer.checkedAt))
  const row = FRESHNESS.find(
    ({ outcome, lifecycle, upToDays }) =>
      outcome === answer.outcome &&
      (lifecycle === undefined || lifecycle.includes(answer.lifecycle ?? 'unknown')) &&
      (upToDays === undefined || age <= upToDays),
  )
  const reuseMs = row?.reuseMs ?? 0
  // Two sources that disagree are about to agree: look again soon.
  return answer.disagreement ? Math.min(reuseMs, MOST_DISPUTED_MS) : reuseMs
}
