import type { AskedInvoice } from '@shared/invoice/invoice'
import { explain } from '../verification/explain'
import type { InvoiceProvider, ProviderAnswer, StoredAnswer } from '../verification/ports'
import { budgetAfter, budgetOf, type Spender } from './budget'
import { newFence } from './fence'
import { jitterOf } from './jitter'
import { lostLease, recheckTime } from './lost-answer'
import { asideSlot, isLost } from './next-step'
import type { Budget, Gate, GateAnswer, Lease } from './ports'
import { type Call, providerRound, type Question } from './provider-round'
import { type SecondPorts, secondOpinion, weigh } from './second-opinion'
import type { TrafficCounter } from './traffic'
import { trafficOf } from './traffic-of'

/** Longer than a whole check takes; a dead holder blocks the invoice no longer. */
const LEASE_MS = 27_000

export interface AskPorts extends SecondPorts {
  /** Counts answers and failures. */
  traffic: Pick<TrafficCounter, 'note'>
}

/** What somebody asks under a lease. */
export interface Asking extends Omit<Question, 'role'> {
  /** Of the record, so that it knows its own answer again. */
  id: string
  questionKey: string
  spender: Spender
}

/** What the calls of a check left behind, for the log and the cost. */
export interface CallNotes {
  provider: string | null
  providerRequestId: string
  /** `provider:code` of every call, in order. */
  calls: string[]
  unknownCode: boolean
  /** Price of the calls that were charged or may have been, fen. */
  costFen: number
  warning?: string
}

export type Asked =
  | { kind: 'answer'; finding: GateAnswer; budget: Budget; notes: CallNotes }
  /** Nobody could be asked and nothing was spent. */
  | { kind: 'nobody'; answer: StoredAnswer; budget: Budget; notes: CallNotes }
  | { kind: 'later'; provider: InvoiceProvider; at: number; budget: Budget; notes: CallNotes }

/** The notes of all calls, once the meter knows of them: a function that has answered writes nothing more. */
async function notesOf(calls: readonly Call[]): Promise<CallNotes> {
  const last = calls.at(-1)
  const paid = calls.filter(({ said }) => said.charged !== 'no')
  const warning = (await Promise.all(calls.map(({ reported }) => reported))).find(fault => fault !== null)
  return {
    provider: last?.provider.name ?? null,
    providerRequestId: last?.said.requestId ?? '',
    calls: calls.map(({ provider, said }) => `${provider.name}:${said.rawCode}`),
    unknownCode: calls.some(({ said }) => !said.codeKnown),
    costFen: paid.reduce((sum, { provider }) => sum + provider.priceFen, 0),
    ...(warning && { warning }),
  }
}

const opinionOf = ({ provider, said, at }: Call) => ({
  provider: provider.name,
  requestId: said.requestId,
  checkedAt: at,
  outcome: said.outcome,
  lifecycle: said.lifecycle,
})

function findingOf(asked: AskedInvoice, call: Call, fence: string): GateAnswer {
  const { provider, said, at } = call
  const { rawCode: _, codeKnown: __, retry: ___, ...kept } = said
  return {
    ...kept,
    ...explain(asked, said, at),
    provider: provider.name,
    simulated: provider.simulated,
    checkedAt: at,
    fence,
    askedKind: asked.kind,
    recheckAt: null,
    opinions: [],
    disagreement: false,
  }
}

function withSecond(asked: AskedInvoice, first: Call, second: Call, fence: string): GateAnswer {
  const { standing, disagreement } = weigh(first, second)
  const finding = findingOf(asked, standing, fence)
  const reasons = disagreement
    ? [{ code: 'SOURCES_DISAGREE', likelihood: 'likely' } as const, ...finding.reasons]
    : finding.reasons
  return { ...finding, reasons, disagreement, opinions: [opinionOf(first), opinionOf(second)] }
}

const isDailyLimit = ({ cause }: ProviderAnswer) => cause === 'daily_limit'

/**
 * Takes the lease and a try, asks, stores the answer and gives the lease back: two writes around the calls. Null when
 * somebody else changed the gate first. A late answer (the lease was lost) still belongs to its own record.
 */
export async function askProviders(ports: AskPorts, asking: Asking, seen: Gate, taken: Budget): Promise<Asked | null> {
  const { clock, gates } = ports
  const { id, invoiceKey, questionKey, asked, spender } = asking
  const now = clock.now()
  const fence = newFence(id, ports)
  const lease: Lease = { fence, questionKey, until: now + LEASE_MS }
  const held = await gates.acquire({ invoiceKey, lease, seen, budget: taken, lost: leftBehind(seen, asking, now), now })
  if (held === null) return null

  const question: Question = { ...asking, role: spender.role }
  const release = (budget: Budget, answer: { slot: string; value: GateAnswer } | null) =>
    releaseLease(ports, { invoiceKey, fence, budget, answer, held })
  const round = await providerRound(ports, question).catch(async error => {
    // A table that fails between calls: none of them spent anything, so nobody has to wait for the lease to run out.
    await release(budgetOf(seen, clock.now()), null)
    throw error
  })

  if (round.kind === 'nobody') noteTraffic(ports, asking, round.answer, round.calls)
  if (round.kind !== 'said') {
    const budget = budgetOf(seen, clock.now())
    const [notes, warning] = await Promise.all([notesOf(round.calls), release(budget, null)])
    const told = { budget, notes: { ...notes, ...warning } }
    return round.kind === 'later'
      ? { kind: 'later', provider: round.provider, at: round.at, ...told }
      : { kind: 'nobody', answer: round.answer, ...told }
  }

  const { call: first } = round
  const said = { counted: first.said.counted, dailyLimit: isDailyLimit(first.said) }
  const once = budgetAfter(taken, spender, said, first.at, jitterOf(ports))
  // The first answer is paid for: it is told although the second cannot be asked for.
  const { second, budget } = await secondOpinion(ports, question, first, { fence, budget: once, spender }).catch(
    () => ({
      second: null,
      budget: once,
    }),
  )
  const finding = second === null ? findingOf(asked, first, fence) : withSecond(asked, first, second, fence)
  const calls = second === null ? round.calls : [...round.calls, second]
  const isAmbiguous = isLost(finding)
  if (isAmbiguous && spender.role === 'person') {
    finding.recheckAt = recheckTime(budget, finding.checkedAt, jitterOf(ports))
    finding.nextTryAt = finding.recheckAt ?? finding.nextTryAt
  }
  if (finding.cause === 'daily_limit') finding.nextTryAt = budget.closedUntil
  noteTraffic(ports, asking, finding, calls)
  const slot = finding.outcome === 'could_not_check' ? asideSlot(questionKey) : questionKey
  const [notes, warning] = await Promise.all([notesOf(calls), release(budget, { slot, value: finding })])
  return { kind: 'answer', finding, budget, notes: { ...notes, ...warning } }
}

function noteTraffic(
  { traffic, clock }: AskPorts,
  { asked }: Asking,
  answer: Parameters<typeof trafficOf>[1],
  calls: readonly Call[],
): void {
  for (const noted of trafficOf(asked, answer, calls, clock.now())) traffic.note(noted)
}

/** What a dead holder leaves: nobody may ask its question blindly, and its record knows that its call was lost. */
function leftBehind(seen: Gate, { simulated }: Asking, now: number) {
  const { lease } = seen
  if (lease === null) return null
  const recheckAt = recheckTime(budgetOf(seen, now), lease.until, 0)
  return { slot: asideSlot(lease.questionKey), value: lostLease(lease, simulated, recheckAt) }
}

/** The answer is paid for: it is told whatever becomes of the gate, whose lease runs out by itself. */
async function releaseLease(
  { gates }: AskPorts,
  leaving: Parameters<AskPorts['gates']['release']>[0],
): Promise<{ warning?: string }> {
  try {
    return (await gates.release(leaving)) ? {} : { warning: 'lease lost before the answer was stored' }
  } catch (error) {
    return { warning: error instanceof Error ? error.name : 'gate not written' }
  }
}
