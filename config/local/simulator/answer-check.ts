import type { CheckProvider, Verdict, WireAnswer, WireRequest } from './check-provider'
import { type Fault, faultFor, latencyOf } from './faults'
import { shanghaiDay } from './shanghai-day'
import type { SimulatorState } from './state'
import { examine, type Question } from './tax-data'

export interface CheckDesk {
  state: SimulatorState
  /** Product time, ms. */
  now(): number
  random(): number
  /** Real time. */
  wait(ms: number): Promise<void>
  /** Real times of each provider's latest calls. */
  recent: Map<string, number[]>
}

/** `hang`: keep the connection open and say nothing; `reset`: break it. */
export type Served = WireAnswer | 'hang' | 'reset'

/** What stands in front of a provider that is down says so before anybody is asked. */
const DOWN: WireAnswer = {
  status: 503,
  contentType: 'text/html',
  body: '<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>',
}

const NEW_CODE = '一个尚未见过的返回码。'
const UNREAD: Question = {
  invoiceCode: '',
  invoiceNumber: '',
  issueDate: '',
  amount: '',
  checkCode: '',
  sellerTaxId: '',
  sameDay: true,
  kinds: null,
}

/**
 * One provider call: fault, limit, tax data, ledger, answer. The ledger line is on disk before anything is answered. Calls
 * beside the checks have no line, and of the faults they meet `down` alone.
 */
export async function answerCheck(desk: CheckDesk, provider: CheckProvider, request: WireRequest): Promise<Served> {
  const beside = provider.beside?.(request) ?? null
  if (beside !== null) {
    return faultFor(desk.state.faults, provider.name, null, desk.random)?.mode === 'down' ? DOWN : beside
  }
  const reading = provider.read(request)
  const question = reading.ok ? reading.question : UNREAD
  const fault = faultFor(desk.state.faults, provider.name, question.invoiceNumber || null, desk.random)
  const note = (result: string, charged = false) => record(desk, provider.name, question, result, charged)

  if (fault?.mode === 'down' || fault?.mode === 'hang_before_charge') {
    note(fault.mode)
    await desk.wait(latencyOf(fault))
    return fault.mode === 'down' ? DOWN : 'hang'
  }
  if (!reading.ok) {
    note(reading.result)
    return reading.answer
  }
  const { result, charged, answer } = decide(desk, provider, question, request.receivedAt, fault)
  note(result, charged)
  if (fault === null) return answer
  await desk.wait(latencyOf(fault))
  if (fault.mode === 'hang_after_charge') return 'hang'
  return fault.mode === 'malformed' ? { ...answer, body: answer.body.slice(0, answer.body.length >> 1) } : answer
}

/**
 * A code on demand is answered whatever the question, but for a code that means "found": that one needs an invoice that is
 * found, and stands in the answer instead of the usual code.
 */
function decide(desk: CheckDesk, provider: CheckProvider, question: Question, receivedAt: number, fault: Fault | null) {
  const demanded = fault?.mode === 'code' ? fault.code : undefined
  const refuse = (code: string, result: string) => {
    const { message, charged } = provider.codes[code] ?? { message: NEW_CODE, charged: false }
    return { result, charged, answer: provider.failed(code, message, question) }
  }
  if (demanded !== undefined && !provider.foundCodes.includes(demanded)) return refuse(demanded, `code:${demanded}`)
  const verdict = judge(desk, provider, question, receivedAt, fault?.mode ?? 'none')
  if (verdict.result !== 'found') return refuse(provider.codeOf(verdict.result, question), verdict.result)
  const answer = provider.found(verdict.invoice, verdict.checks, demanded ?? provider.foundCodes[0] ?? '')
  return { result: 'found', charged: true, answer }
}

function judge(
  desk: CheckDesk,
  provider: CheckProvider,
  question: Question,
  receivedAt: number,
  mode: string,
): Verdict {
  if (mode === 'rate_limited' || mode === 'maintenance' || mode === 'unknown_code') return { result: mode }
  if (overRate(desk, provider, receivedAt)) return { result: 'rate_limited' }
  const now = desk.now()
  const { invoiceCode, invoiceNumber } = question
  const checksToday = desk.state.countOn(shanghaiDay(now), invoiceCode, invoiceNumber)
  return examine(question, desk.state.find(invoiceCode, invoiceNumber), checksToday, now)
}

/** The limit holds for every window of one second; a call that is refused takes no place in it. */
function overRate(desk: CheckDesk, provider: CheckProvider, at: number): boolean {
  const lastSecond = (desk.recent.get(provider.name) ?? []).filter(earlier => earlier > at - 1000)
  const over = lastSecond.length >= provider.callsPerSecond
  desk.recent.set(provider.name, over ? lastSecond : [...lastSecond, at])
  return over
}

function record(desk: CheckDesk, provider: string, question: Question, result: string, charged: boolean): void {
  const { invoiceCode, invoiceNumber } = question
  const at = new Date(desk.now()).toISOString()
  desk.state.record({
    type: 'ledger',
    row: { provider, at, invoiceCode, invoiceNumber, charged, result },
    counted: charged,
  })
}
