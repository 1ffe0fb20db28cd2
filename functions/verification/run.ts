import { shanghaiDay } from '@shared/invoice/issue-date'
import type { ReasonCode } from '@shared/invoice/outcome'
import { askProviders } from '../gate/ask-providers'
import type { Spender } from '../gate/budget'
import { isFenceOf } from '../gate/fence'
import { type Asker, type NextStep, nextStep } from '../gate/next-step'
import type { Gate, PersonSpend } from '../gate/ports'
import type { PersonCount } from '../gate/provider-round'
import { answerFor } from './answer-for'
import type { CheckPorts } from './check-ports'
import { type Draft, type RecordOutcome, type Tries, triesOf } from './check-record'
import { couldNotCheck } from './own-answers'
import type { StoredAnswer } from './ports'
import { POLLS_MS } from './replay'

/** Everything from the first look to the last write but one ends within this time. */
const WHOLE_CHECK_MS = 22_000
const MAX_LOST_RACES = 10
/** Real time after which no asking begins: a whole call must fit behind it. */
const LAST_ASK_MS = 8000

/** Who wants to know, and what the table said when they came. */
export interface Start {
  draft: Draft
  gate: Gate
  spend: PersonSpend
  spender: Spender
  /** Keyed name of the person on this invoice, whoever spends. */
  person: string
  /** False: a new answer is wanted. */
  reuse: boolean
  /** It stood in the line of waiting work. */
  waited: boolean
  /** Answers from then on came while it waited, ms; without it from its creation on. */
  since?: number
}

/** One check on its way: what it saw of the gate and how long it has waited. */
export class Run {
  readonly #ports: CheckPorts
  readonly #start: Start
  readonly #asker: Asker & { followed: Set<string> }
  readonly #began: number
  #gate: Gate
  #polls = 0
  #lostRaces = 0
  /** Day on which the person's paid call was counted; null when none was. */
  #countedOn: string | null = null

  constructor(ports: CheckPorts, start: Start) {
    const { draft, spender, reuse, since = draft.createdAt } = start
    this.#ports = ports
    this.#start = start
    this.#gate = start.gate
    this.#began = ports.elapsed()
    this.#asker = {
      id: draft.id,
      questionKey: draft.questionKey,
      asked: draft.asked,
      startedAt: since,
      reuse,
      simulated: ports.simulated,
      spender,
      followed: new Set(),
    }
  }

  get next(): NextStep {
    return nextStep(this.#gate, this.#asker, this.#ports.clock.now())
  }

  get tries(): Tries {
    return triesOf(this.#gate, this.#start.person, this.#ports.clock.now())
  }

  /** The outcome that needs no call, if the step has one. */
  outcomeOf(next: NextStep): RecordOutcome | null {
    if (next.step === 'take') {
      const isOwn = isFenceOf(next.answer.fence, this.#start.draft.id)
      return { ...answerFor(this.#start.draft, next.answer), fromCache: !isOwn, tries: this.tries }
    }
    if (next.step !== 'limit') return null
    if (next.by === 'robots') return this.#unasked()
    return this.#limit(next.by === 'day' ? 'DAILY_LIMIT_REACHED' : 'PERSON_LIMIT_REACHED')
  }

  /** No automatic try is left: of a repetition, which then waits on, nothing was spent; of a lost answer nobody knows. */
  #unasked(): RecordOutcome {
    const answer = couldNotCheck('network', 'ANSWER_LOST', this.#ports.simulated, this.now)
    const { follows } = this.#start.draft
    return this.own(follows === null ? { ...answer, charged: 'unknown', counted: 'unknown' } : answer)
  }

  get now(): number {
    return this.#ports.clock.now()
  }

  #limit(code: ReasonCode): RecordOutcome {
    const answer = couldNotCheck('daily_limit', code, this.#ports.simulated, this.now)
    const { closedUntil } = this.#gate
    return this.own(closedUntil > this.now ? { ...answer, nextTryAt: closedUntil } : answer)
  }

  own(answer: StoredAnswer): RecordOutcome {
    return { answer, notCompared: [], fromCache: false, tries: this.tries }
  }

  /** Counts the call on the person's day; an outcome when that is used up. */
  async count(): Promise<RecordOutcome | null> {
    const { spender, spend, draft } = this.#start
    if (spender.role === 'robot' || this.#countedOn !== null) return null
    const day = shanghaiDay(this.now)
    const cap = this.#ports.limits.callsPerPerson
    if (!(await this.#ports.personSpend.count(draft.userId, spend, day, cap))) return this.#limit('PERSON_SPEND_LIMIT')
    this.#countedOn = day
    return null
  }

  /** Takes the person's count back when nothing was paid. */
  async uncount(costFen: number): Promise<void> {
    if (this.#countedOn === null || costFen > 0) return
    const day = this.#countedOn
    this.#countedOn = null
    // What cannot be taken back stays counted; the answer is told all the same.
    await this.#ports.personSpend.uncount(this.#start.draft.userId, day).catch(() => undefined)
  }

  #again(): PersonCount | null {
    const { personSpend, limits } = this.#ports
    const { spender, draft } = this.#start
    if (spender.role === 'robot') return null
    const day = shanghaiDay(this.now)
    return {
      count: () => personSpend.count(draft.userId, { day, calls: 1 }, day, limits.callsPerPerson),
      uncount: () => personSpend.uncount(draft.userId, day).catch(() => undefined),
    }
  }

  get isRobot(): boolean {
    return this.#start.spender.role === 'robot'
  }

  isLate(): boolean {
    return this.#ports.elapsed() - this.#began > LAST_ASK_MS
  }

  async ask(next: NextStep & { step: 'ask' }) {
    const { draft, spender, waited } = this.#start
    const { simulated } = this.#ports
    const endBy = this.#began + WHOLE_CHECK_MS
    const asking = { ...draft, spender, waited, simulated, endBy, again: this.#again() }
    const asked = await askProviders(this.#ports, asking, this.#gate, next.budget)
    if (asked !== null) this.#gate = { ...this.#gate, ...asked.budget }
    return asked
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
    this.#gate = await this.#ports.gates.read(this.#start.draft.invoiceKey)
    return true
  }
}
