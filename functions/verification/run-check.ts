import type { ReasonCode } from '@shared/invoice/outcome'
import { ServiceError } from '../errors'
import { type Asked, type AskPorts, askProvider, type CallNotes } from './ask-provider'
import { type Asker, type NextStep, nextStep, triesLeft } from './next-step'
import { couldNotCheck } from './own-answers'
import type { Gate, RecordStore, StoredAnswer, VerificationRecord } from './ports'
import { settle } from './settle'

/** Above the longest life of a function (28 s): a pending record past it has no living owner. */
const PENDING_MS = 30_000
/** A follower waits 3 s at most, in real time. */
const POLLS_MS = [100, 150, 250, 400, 500, 500, 500, 600]
const MAX_LOST_RACES = 10

export interface CheckPorts extends AskPorts {
  records: RecordStore
  simulated: boolean
  newProofNumber(): string
  wait(ms: number): Promise<void>
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

type Outcome = { answer: StoredAnswer; fromCache: boolean; triesLeft: number }

/** A record with its outcome. `answer` may carry a fence, which belongs to the gate alone. */
export function doneRecord(
  draft: Draft,
  proofNumber: string,
  { answer, fromCache, triesLeft: left }: Outcome,
): VerificationRecord {
  const { fence: _, ...kept } = answer as StoredAnswer & { fence?: string }
  return { ...draft, state: 'done', answer: kept, fromCache, proofNumber, triesLeftToday: left, deadline: null }
}

/** The record that came before under the same key: the same question gets the same answer, never a second call. */
async function replay(ports: CheckPorts, draft: Draft): Promise<Checked> {
  for (const pause of [0, ...POLLS_MS]) {
    if (pause > 0) await ports.wait(pause)
    const record = await ports.records.read(draft.userId, draft.id)
    if (record === null) throw new ServiceError('NOT_FOUND')
    if (record.bodyHash !== draft.bodyHash) throw new ServiceError('KEY_REUSED')
    if (record.state === 'done') return { record }
    if (record.deadline !== null && record.deadline <= ports.clock.now()) return { record: await settle(ports, record) }
    if (pause === POLLS_MS.at(-1)) return { record }
  }
  throw new ServiceError('UNAVAILABLE', { retryAfterSeconds: 2 })
}

/** Stores a record whose outcome needed no call: one write. */
export async function insertDone(ports: CheckPorts, draft: Draft, outcome: Outcome): Promise<Checked> {
  const record = doneRecord(draft, ports.newProofNumber(), outcome)
  return (await ports.records.insert(record)) ? { record } : replay(ports, draft)
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
  #gate: Gate
  #polls = 0
  #lostRaces = 0

  constructor(ports: CheckPorts, draft: Draft, gate: Gate, reuse: boolean) {
    this.#ports = ports
    this.#draft = draft
    this.#gate = gate
    const { questionKey, createdAt: startedAt } = draft
    this.#asker = { questionKey, startedAt, reuse, simulated: ports.simulated, followed: new Set() }
  }

  get next(): NextStep {
    return nextStep(this.#gate, this.#asker, this.#ports.clock.now())
  }

  get triesLeft(): number {
    return triesLeft(this.#gate, this.#ports.clock.now())
  }

  /** The outcome that needs no call, if the step has one. */
  outcomeOf(next: NextStep): Outcome | null {
    if (next.step === 'take') return { answer: next.answer, fromCache: true, triesLeft: this.triesLeft }
    return next.step === 'limit' ? this.own('daily_limit', 'DAILY_LIMIT_REACHED') : null
  }

  own(cause: 'daily_limit' | 'busy', code: ReasonCode): Outcome {
    const answer = couldNotCheck(cause, code, this.#ports.simulated, this.#ports.clock.now())
    return { answer, fromCache: false, triesLeft: this.triesLeft }
  }

  /** Null when somebody else was faster. */
  async ask(pending: VerificationRecord, taken: { day: string; used: number }): Promise<Asked | null> {
    return askProvider(this.#ports, pending, this.#gate, taken)
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
  if (!(await ports.records.insert(pending))) return replay(ports, draft)

  for (;;) {
    const { next } = run
    const outcome = run.outcomeOf(next)
    if (outcome !== null) return finish(ports, pending, outcome)
    if (next.step === 'ask') {
      const asked = await run.ask(pending, next)
      if (asked !== null) return finish(ports, pending, { ...asked, fromCache: false }, asked.notes)
    }
    if (!(await run.lookAgain(next))) {
      if (next.step === 'follow') return { record: pending }
      return finish(ports, pending, run.own('busy', 'PROVIDER_BUSY'))
    }
  }
}
