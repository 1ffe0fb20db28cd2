import { shanghaiDay } from '@shared/invoice/issue-date'
import { parseMoney } from '@shared/invoice/money'
import type { Outcome } from '@shared/invoice/outcome'
import type { InvoiceProvider } from '../verification/ports'
import { closedDay, refusal, spent, TRIES_PER_DAY } from './budget'
import type { Budget, GateStore, Limits } from './ports'
import { type Call, callOnce, type Question, type RoundPorts, SHORTEST_CALL_MS } from './provider-round'
import { routeOf } from './route'

/** Tries that must be left after the first answer: the second takes one, and a person keeps one. */
const TRIES_NEEDED = 2

export interface SecondPorts extends RoundPorts {
  gates: GateStore
  limits: Limits
  random(bytes: number): Uint8Array
}

function isImportant({ asked }: Question, fromFen: number): boolean {
  const amount = parseMoney(asked.amount ?? '')
  return amount.ok && Math.abs(amount.value) >= fromFen
}

/** The budget with the second try: a robot's own, or one that is no person's; null when it is not to be had. */
function withSecondTry(budget: Budget, role: Question['role']): Budget | null {
  if (TRIES_PER_DAY - budget.used < TRIES_NEEDED || budget.closedUntil > 0) return null
  if (role === 'person') return { ...budget, used: budget.used + 1 }
  return refusal(budget, { role }) === null ? spent(budget, { role }) : null
}

/**
 * Asks another provider once when an important invoice was not found: providers get their data at different times. Answers
 * the second call, if one went out, and the budget after it.
 */
export async function secondOpinion(
  ports: SecondPorts,
  question: Question,
  first: Call,
  held: { fence: string; budget: Budget },
): Promise<{ second: Call | null; budget: Budget }> {
  const { fence, budget } = held
  const none = { second: null, budget }
  const { clock, gates, limits, providers } = ports
  if (first.said.outcome !== 'not_found' || !isImportant(question, limits.secondOpinionFromFen)) return none
  const more = withSecondTry(budget, question.role)
  if (more === null) return none
  if (question.endBy - ports.elapsed() < 2 * SHORTEST_CALL_MS) return none
  const route = routeOf(providers, question.asked, shanghaiDay(clock.now()))
  const other = route.find(({ name }) => name !== first.provider.name)
  if (other === undefined) return none
  if (question.again !== null && !(await question.again.count())) return none
  const second = await askAgain(ports, question, other, () => gates.spendAgain(question.invoiceKey, fence, more))
  if (second === null || second.said.charged === 'no') await question.again?.uncount()
  if (second?.said.cause === 'daily_limit') {
    return { second, budget: closedDay(budget, second.at, (ports.random(1)[0] ?? 0) / 255) }
  }
  return { second, budget: second === null || second.said.counted === 'no' ? budget : more }
}

/** The call of the second provider, once its place and its try are taken; null when one of them is not to be had. */
async function askAgain(
  ports: SecondPorts,
  question: Question,
  provider: InvoiceProvider,
  spend: () => Promise<boolean>,
): Promise<Call | null> {
  const admitted = await ports.admission.admit(provider, question.role, question.waited)
  if (!admitted.ok) return null
  if (await spend()) return callOnce(ports, question, provider, admitted)
  await ports.admission.giveBack(provider, admitted)
  return null
}

/** Tax data beats a known number, and both beat silence. */
const WEIGHT: readonly Outcome[] = ['consistent', 'mismatch', 'not_found']
const weight = ({ said }: Call) => WEIGHT.indexOf(said.outcome)

/** Which of two findings stands, and whether they contradict each other. An outage contradicts nobody. */
export function weigh(first: Call, second: Call): { standing: Call; disagreement: boolean } {
  if (weight(second) < 0) return { standing: first, disagreement: false }
  const standing = weight(second) < weight(first) ? second : first
  return { standing, disagreement: first.said.outcome !== second.said.outcome }
}
