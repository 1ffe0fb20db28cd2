import { shanghaiDay } from '@shared/invoice/issue-date'
import { parseMoney } from '@shared/invoice/money'
import type { Outcome } from '@shared/invoice/outcome'
import { closedDay, crossed, refusal, type Spender, spent, TRIES_PER_DAY } from './budget'
import { jitterOf } from './jitter'
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

/** The budget with the second try, which is its asker's like the first; null when it is not to be had. */
function withSecondTry(budget: Budget, spender: Spender): Budget | null {
  if (TRIES_PER_DAY - budget.used < TRIES_NEEDED) return null
  return refusal(budget, spender) === null ? spent(budget, spender) : null
}

/** The budget after the second call; one that came after midnight may have been counted on the new day. */
function budgetAfterSecond(ports: SecondPorts, held: Held, more: Budget, { said, at }: Call): Budget {
  if (said.cause === 'daily_limit') return closedDay(held.budget, at, jitterOf(ports))
  if (said.counted === 'no') return held.budget
  const today = shanghaiDay(at)
  return today > more.day ? crossed(today, held.spender) : more
}

interface Held {
  fence: string
  budget: Budget
  spender: Spender
}

/**
 * Asks another provider once when an important invoice was not found: providers get their data at different times. Answers
 * the second call, if one went out, and the budget after it.
 */
export async function secondOpinion(
  ports: SecondPorts,
  question: Question,
  first: Call,
  held: Held,
): Promise<{ second: Call | null; budget: Budget }> {
  const none = { second: null, budget: held.budget }
  const more = withSecondTry(held.budget, held.spender)
  if (first.said.outcome !== 'not_found' || !isImportant(question, ports.limits.secondOpinionFromFen)) return none
  if (more === null || question.endBy - ports.elapsed() < 2 * SHORTEST_CALL_MS) return none
  if (question.again !== null && !(await question.again.count())) return none
  let second: Call | null = null
  try {
    second = await askAnother(ports, question, first, () =>
      ports.gates.spendAgain(question.invoiceKey, held.fence, more),
    )
  } finally {
    if (second === null || second.said.charged === 'no') await question.again?.uncount()
  }
  return second === null ? none : { second, budget: budgetAfterSecond(ports, held, more, second) }
}

/** It was not asked: it cannot take the question. */
const couldNotAsk = ({ said }: Call) => said.charged === 'no' && said.counted === 'no' && said.cause === 'input_refused'

/** The call of the first other provider that has a place and can take the question. */
async function askAnother(
  ports: SecondPorts,
  question: Question,
  first: Call,
  spend: () => Promise<boolean>,
): Promise<Call | null> {
  const route = routeOf(ports.providers, question.asked, shanghaiDay(ports.clock.now()))
  for (const provider of route.filter(({ name }) => name !== first.provider.name)) {
    const admitted = await ports.admission.admit(provider, question.role, question.waited)
    if (!admitted.ok) continue
    if (!(await spend())) {
      await ports.admission.giveBack(provider, admitted)
      return null
    }
    const call = await callOnce(ports, question, provider, admitted)
    if (call === null || !couldNotAsk(call)) return call
  }
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
