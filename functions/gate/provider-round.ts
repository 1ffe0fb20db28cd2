import type { AskedInvoice } from '@shared/invoice/invoice'
import { nextShanghaiMidnight, shanghaiDay } from '@shared/invoice/issue-date'
import { couldNotCheck } from '../verification/own-answers'
import type { Clock, InvoiceProvider, ProviderAnswer, StoredAnswer } from '../verification/ports'
import type { Admission } from './admission'
import { type Admitted, type Refused, stepOf } from './admission-rule'
import { routeOf } from './route'

/** A call is not begun with less time than this. */
export const SHORTEST_CALL_MS = 4000

/** Timers come late by some ms; more than this is a sleep. */
const SLEPT_THROUGH_MS = 100

export interface RoundPorts {
  clock: Clock
  providers: readonly InvoiceProvider[]
  admission: Admission
  /** Real time, ms, for deadlines: the product's clock may be moved. */
  elapsed(): number
  /** Real time. */
  wait(ms: number): Promise<void>
}

export interface Question {
  asked: AskedInvoice
  invoiceKey: string
  role: 'person' | 'robot'
  /** It stood in the line already. */
  waited: boolean
  simulated: boolean
  /** Time by `elapsed` when the whole check must be over. */
  endBy: number
  /** Counts a second paid call of this check on the person's day; null when nobody asks in person. */
  again: PersonCount | null
}

/** False from `count` when the person's day is used up. */
export interface PersonCount {
  count(): Promise<boolean>
  uncount(): Promise<void>
}

/** One call that went out. */
export interface Call {
  provider: InvoiceProvider
  said: ProviderAnswer
  at: number
  /** Resolves when the meter knows of it, with the name of a fault that was survived. */
  reported: Promise<string | null>
}

export type Round =
  | { kind: 'said'; call: Call; calls: Call[] }
  /** Nobody can be asked now, and nothing was spent; a place is free at that time. */
  | { kind: 'later'; provider: InvoiceProvider; at: number; calls: Call[] }
  /** Nobody can be asked at all for now. */
  | { kind: 'nobody'; answer: StoredAnswer; calls: Call[] }

/** A provider that throws has told us nothing; whether the call was counted is unknown, so it was. */
function lost(error: unknown): ProviderAnswer {
  return {
    outcome: 'could_not_check',
    lifecycle: null,
    cause: 'network',
    reasons: [{ code: 'ANSWER_LOST', likelihood: 'likely' }],
    invoice: null,
    compared: [],
    requestId: '',
    charged: 'unknown',
    counted: 'unknown',
    retry: 'delayed',
    rawCode: error instanceof Error ? error.name : 'thrown',
    codeKnown: true,
  }
}

/**
 * Waits for the place. One that was slept through is given back for a new one: a process that wakes late would send all its
 * calls at once. Null when there is no new place soon.
 */
async function atItsPlace(
  ports: RoundPorts,
  question: Question,
  provider: InvoiceProvider,
  admitted: Admitted,
): Promise<Admitted | null> {
  const pause = admitted.slot - ports.clock.now()
  if (pause <= 0) return admitted
  await ports.wait(pause)
  if (ports.clock.now() - admitted.slot <= Math.max(SLEPT_THROUGH_MS, stepOf(provider))) return admitted
  await ports.admission.giveBack(provider, admitted)
  const next = await ports.admission.admit(provider, question.role, question.waited)
  if (!next.ok) return null
  await ports.wait(Math.max(0, next.slot - ports.clock.now()))
  return next
}

/** Waits for its place and calls; null when there is none soon, or too little time is left for a whole call. */
export async function callOnce(
  ports: RoundPorts,
  question: Question,
  provider: InvoiceProvider,
  granted: Admitted,
): Promise<Call | null> {
  const admitted = await atItsPlace(ports, question, provider, granted)
  if (admitted === null) return null
  // Whole ms: a timer of the platform throws at a part of one, and a call that never went out would count as lost.
  const left = Math.floor(question.endBy - ports.elapsed())
  if (left < SHORTEST_CALL_MS) {
    await ports.admission.giveBack(provider, admitted)
    return null
  }
  const said = await provider.verify(question.asked, left).catch(lost)
  // What was answered is kept first, and told whether the meter hears of it or not.
  const reported = ports.admission.report(provider, admitted, said, question.invoiceKey).then(
    () => null,
    error => (error instanceof Error ? error.name : 'meter not written'),
  )
  return { provider, said, at: ports.clock.now(), reported }
}

/**
 * Proved uncharged and uncounted, and somebody else may know more. Who has invoices on their day and says "too early" speaks
 * for the tax side: another would only be paid for not finding it.
 */
function passesOn({ provider, said }: Call): boolean {
  const { charged, counted, retry, cause } = said
  if (charged !== 'no' || counted !== 'no') return false
  return retry === 'elsewhere' || retry === 'paced' || (cause === 'too_early' && !provider.sameDay)
}

function nobody(refusals: readonly Refused[], simulated: boolean, now: number): StoredAnswer {
  if (refusals.length === 0) return couldNotCheck('input_refused', 'PROVIDER_REFUSED_FIELD', simulated, now)
  const paused = refusals.flatMap(refused => (refused.why === 'paused' ? [refused] : []))
  const [first] = paused.sort((a, b) => a.until - b.until)
  if (first !== undefined) {
    return { ...couldNotCheck(first.cause, 'PROVIDER_PAUSED', simulated, now), nextTryAt: first.until }
  }
  const answer = couldNotCheck('provider_account', 'SYSTEM_SPEND_LIMIT', simulated, now)
  return { ...answer, nextTryAt: nextShanghaiMidnight(now) }
}

/** What a round has met so far. */
interface Met {
  calls: Call[]
  refusals: Refused[]
  later: { provider: InvoiceProvider; at: number } | null
}

function noteLater(met: Met, provider: InvoiceProvider, at: number): void {
  if (met.later === null || at < met.later.at) met.later = { provider, at }
}

/** Asks one provider if it can be asked now; true when its answer ends the round. */
async function askOne(ports: RoundPorts, question: Question, provider: InvoiceProvider, met: Met): Promise<boolean> {
  const admitted = await ports.admission.admit(provider, question.role, question.waited)
  if (!admitted.ok) {
    met.refusals.push(admitted)
    if (admitted.why === 'later') noteLater(met, provider, admitted.at)
    return false
  }
  const call = await callOnce(ports, question, provider, admitted)
  if (call === null) {
    noteLater(met, provider, ports.clock.now())
    return false
  }
  met.calls.push(call)
  if (call.said.retry === 'paced') noteLater(met, provider, ports.clock.now() + 1000)
  return !passesOn(call)
}

/** Asks one provider after the other until one has spent something or answered. */
export async function providerRound(ports: RoundPorts, question: Question): Promise<Round> {
  const { clock, providers } = ports
  const met: Met = { calls: [], refusals: [], later: null }
  for (const provider of routeOf(providers, question.asked, shanghaiDay(clock.now()))) {
    // Who has no invoices of today cannot know more than who said "too early".
    if (!provider.sameDay && met.calls.some(({ said }) => said.cause === 'too_early')) continue
    if (question.endBy - ports.elapsed() < SHORTEST_CALL_MS) noteLater(met, provider, clock.now())
    else if (await askOne(ports, question, provider, met)) break
  }
  const { calls, refusals, later } = met
  const last = calls.at(-1)
  if (last !== undefined && !passesOn(last)) return { kind: 'said', call: last, calls }
  if (later !== null) return { kind: 'later', ...later, calls }
  // That one provider cannot take the question says nothing while another is only paused.
  const telling = calls.find(({ said }) => said.cause !== 'input_refused')
  const call = telling ?? (refusals.length > 0 ? undefined : calls[0])
  if (call !== undefined) return { kind: 'said', call, calls }
  return { kind: 'nobody', answer: nobody(refusals, question.simulated, clock.now()), calls }
}
