import type { ReasonCode } from '@shared/invoice/outcome'
import { ServiceError } from '../errors'
import { answerFor, hintsWith, type RecordAnswer } from './answer-for'
import { type AskPorts, askProvider, type CallNotes } from './ask-provider'
import { type Asker, type NextStep, nextStep, triesLeft } from './next-step'
import { couldNotCheck } from './own-answers'
import type { Gate, RecordStore, VerificationRecord } from './ports'
import { settle } from './settle'

/** Above the longest life of a function (28 s): a pending record past it has no living owner. */
const PENDING_MS = 30_000
/** A follower waits 3 s at most, in real time. */
const POLLS_MS = [100, 150, 250, 400, 500, 500, 500, 600]
const MAX_LOST_RACES = 10
/** Real time after which no first call begins: with retries (6 s) and a whole call (12 s) a check ends within 25 s. */
const LAST_ASK_MS = 6500

export interface CheckPorts extends AskPorts {
  records: RecordStore
  simulated: boolean
  newProofNumber(): string
}

export interface Checked {
  record: VerificationRecord
  notes?: CallNotes
}

/** A record before its outcome is known. */
export type Draft = Omit<
  VerificationRecord,
  'state' | 'answer' | 'fromCache' | 'proofNumber' | 'triesLeftToday' | 'deadline'
>

/** Names one request; another attempt under the same key has another name. */
export const attemptName = (ports: { random(bytes: number): Uint8Array }) =>
  Buffer.from(ports.random(9)).toString('base64url')

/** An outcome on its way into a record. */
interface Outcome extends RecordAnswer {
  fromCache: boolean
  triesLeft: number
}

/** A record with its outcome. */
export function doneRecord(draft: Draft, proofNumber: string, outcome: Outcome): VerificationRecord {
  const { answer, notCompared, fromCache, triesLeft: triesLeftToday } = outcome
  const hints = hintsWith(draft.hints, notCompared)
  return { ...draft, hints, state: 'done', answer, fromCache, proofNumber, triesLeftToday, deadline: null }
}

/**
 * The record that came before under the same key: the same question gets the same answer, never a second call. Null when
 * it is this very request's own, whose write was repeated by the SDK.
 */
async function replay(ports: CheckPorts, draft: Draft): Promise<Checked | null> {
  for (let polls = 0; ; polls++) {
    const record = await ports.records.read(draft.userId, draft.id)
    if (record === null) throw new ServiceError('NOT_FOUND')
    if (record.bodyHash !== draft.bodyHash) throw new ServiceError('KEY_REUSED')
    if (record.state === 'done') return { record }
    if (record.attempt === draft.attempt) return null
    if (record.deadline !== null && record.deadline <= ports.clock.now()) return { record: await settle(ports, record) }
    const pause = POLLS_MS[polls]
    if (pause === undefined) return { record }
    await ports.wait(pause)
  }
}

/** Stores a record whose outcome needed no call: one write. */
export async function insertDone(ports: CheckPorts, draft: Draft, outcome: Outcome): Promise<Checked> {
  const record = doneRecord(draft, ports.newProofNumber(), outcome)
  if (await ports.records.insert(record)) return { record }
  return (await replay(ports, draft)) ?? { record }
}

async function finish(
  ports: CheckPorts,
  pending: VerificationRecord,
  outcome: Outcome,
  notes?: CallNotes,
): Promise<Checked> {
  const record = doneRecord(pending, ports.newProofNumber(), outcome)
  if (await ports.records.finish(record)) return { record, notes }
  // Settled meanwhile, or deleted with its account: what is stored is what everybody sees.
  const stored = await ports.records.read(pending.userId, pending.id)
  if (stored === null) throw new ServiceError('NOT_FOUND')
  return { record: stored, notes }
}

/** One check on its way: what it saw of the gate and how long it has waited. */
class Run {
  readonly #ports: CheckPorts
  readonly #draft: Draft
  readonly #asker: Asker & { followed: Set<string> }
  readonly #began = performance.now()
  #gate: Gate
  #polls = 0
  #lostRaces = 0

  constructor(ports: CheckPorts, draft: Draft, gate: Gate, reuse: boolean) {
    this.#ports = ports
    this.#draft = draft
    this.#gate = gate
    const { questionKey, createdAt: startedAt, asked } = draft
    const { simulated } = ports
    this.#asker = { questionKey, startedAt, reuse, simulated, kind: asked.kind, followed: new Set() }
  }

  get next(): NextStep {
    return nextStep(this.#gate, this.#asker, this.#ports.clock.now())
  }

  get triesLeft(): number {
    return triesLeft(this.#gate, this.#ports.clock.now())
  }

  /** The outcome that needs no call, if the step has one. */
  outcomeOf(next: NextStep): Outcome | null {
    if (next.step === 'take') {
      return { ...answerFor(this.#draft, next.answer), fromCache: true, triesLeft: this.triesLeft }
    }
    if (next.step === 'limit') return this.own('daily_limit', 'DAILY_LIMIT_REACHED')
    const isLate = next.step === 'ask' && performance.now() - this.#began > LAST_ASK_MS
    return isLate ? this.own('busy', 'PROVIDER_BUSY') : null
  }

  own(cause: 'daily_limit' | 'busy', code: ReasonCode): Outcome {
    const answer = couldNotCheck(cause, code, this.#ports.simulated, this.#ports.clock.now())
    return { answer, notCompared: [], fromCache: false, triesLeft: this.triesLeft }
  }

  /** Null when somebody else was faster. */
  async ask(pending: VerificationRecord, taken: { day: string; used: number }) {
    const done = await askProvider(this.#ports, pending, this.#gate, taken)
    if (done === null) return null
    const outcome: Outcome = { ...answerFor(this.#draft, done.finding), fromCache: false, triesLeft: done.triesLeft }
    return { outcome, notes: done.notes }
  }

  /** Looks at the gate again, after a pause when somebody else holds it; false when the patience is used up. */
  async lookAgain(next: NextStep): Promise<boolean> {
    if (next.step === 'ask') {
      this.#lostRaces++
      if (this.#lostRaces > MAX_LOST_RACES) return false
    } else {
      if (next.step === 'follow') this.#asker.followed.add(next.fence)
      const pause = POLLS_MS[this.#polls++]
      if (pause === undefined) return false
      await this.#ports.wait(pause)
    }
    this.#gate = await this.#ports.gates.read(this.#draft.invoiceKey)
    return true
  }
}

/** Reuse → budget → lease → provider → record, from a gate that was just read. */
export async function runCheck(ports: CheckPorts, draft: Draft, opened: Gate, reuse: boolean): Promise<Checked> {
  const run = new Run(ports, draft, opened, reuse)
  const known = run.outcomeOf(run.next)
  if (known !== null) return insertDone(ports, draft, known)

  const pending: VerificationRecord = {
    ...draft,
    state: 'pending',
    answer: null,
    fromCache: false,
    proofNumber: null,
    triesLeftToday: run.triesLeft,
    deadline: draft.createdAt + PENDING_MS,
  }
  if (!(await ports.records.insert(pending))) {
    const earlier = await replay(ports, draft)
    if (earlier !== null) return earlier
  }
  return settleRun(ports, run, pending)
}

/** Asks, or waits for who asks, until the pending record has its outcome. */
async function settleRun(ports: CheckPorts, run: Run, pending: VerificationRecord): Promise<Checked> {
  for (;;) {
    const { next } = run
    const outcome = run.outcomeOf(next)
    if (outcome !== null) return finish(ports, pending, outcome)
    if (next.step === 'ask') {
      const done = await run.ask(pending, next)
      if (done !== null) return finish(ports, pending, done.outcome, done.notes)
    }
    if (!(await run.lookAgain(next))) {
      if (next.step === 'follow') return { record: pending }
      return finish(ports, pending, run.own('busy', 'PROVIDER_BUSY'))
    }
  }
}
