import type { CallNotes } from '../gate/ask-providers'
import { triesLeft, triesLeftOf } from '../gate/budget'
import type { Gate } from '../gate/ports'
import { hintsWith, type RecordAnswer } from './answer-for'
import type { VerificationRecord } from './ports'

export interface Checked {
  record: VerificationRecord
  notes?: CallNotes
}

/** A record before its outcome is known. */
export type Draft = Omit<
  VerificationRecord,
  | 'state'
  | 'answer'
  | 'fromCache'
  | 'proofNumber'
  | 'triesLeftToday'
  | 'yourTriesLeftToday'
  | 'deadline'
  | 'waiting'
  | 'costFen'
  | 'followUpAt'
  | 'tellAt'
>

/** What is left of the day's tries, for the invoice and for one person. */
export interface Tries {
  triesLeftToday: number
  yourTriesLeftToday: number
}

/** Tries of an invoice, and what one person may still spend of them. */
export function triesOf(gate: Gate, person: string, now: number): Tries {
  return { triesLeftToday: triesLeft(gate, now), yourTriesLeftToday: triesLeftOf(person, gate, now) }
}

/** An outcome on its way into a record. */
export interface RecordOutcome extends RecordAnswer {
  fromCache: boolean
  tries: Tries
  costFen?: number
  followUpAt?: number | null
  tellAt?: number | null
}

/** Notes of a check that called nobody. */
export const NO_CALL: CallNotes = { provider: null, providerRequestId: '', calls: [], unknownCode: false, costFen: 0 }

/** A record that somebody takes up by `deadline`, ms. */
export function pendingRecord(
  draft: Draft,
  tries: Tries,
  waiting: VerificationRecord['waiting'],
  deadline: number,
): VerificationRecord {
  return {
    ...draft,
    state: 'pending',
    answer: null,
    fromCache: false,
    proofNumber: null,
    ...tries,
    waiting,
    deadline,
    costFen: 0,
    followUpAt: null,
  }
}

/** A record with its outcome. */
export function doneRecord(draft: Draft, proofNumber: string, outcome: RecordOutcome): VerificationRecord {
  const { answer, notCompared, fromCache, tries, costFen = 0, followUpAt = null, tellAt = null } = outcome
  const hints = hintsWith(draft.hints, notCompared)
  return {
    ...draft,
    hints,
    state: 'done',
    answer,
    fromCache,
    proofNumber,
    ...tries,
    deadline: null,
    waiting: null,
    costFen,
    followUpAt,
    ...(tellAt !== null && { tellAt }),
  }
}
