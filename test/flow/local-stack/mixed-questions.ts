import { digitalInvoice } from './running-stack'

/** One request of a person: a question, or that their earlier one be asked again. */
export interface Ask {
  user: number
  key: string
  number: string
  amount: string
  /** The earlier request whose record is checked again. */
  again: Ask | null
}

const USERS = 12
const RIGHT = '106.00'
const WRONG = '99.00'
const numberOf = (at: number) => `2611200000000${1_000_000 + at}`

/** Repeatable chance: a linear congruential generator [Numerical Recipes, ranqd1]. */
function dice(seed: number): (sides: number) => number {
  let state = seed
  return sides => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}

function shuffle<T>(list: T[], roll: (sides: number) => number): T[] {
  return list
    .map(entry => ({ entry, place: roll(2 ** 30) }))
    .sort((a, b) => a.place - b.place)
    .map(({ entry }) => entry)
}

/**
 * What many people ask at once: 41 % first questions about different invoices (one in twenty does not exist), 33 % the same
 * question of another person, 8 % a wrong amount, 12 % the same request sent twice, 6 % asked again. The last come late.
 */
export function mixedQuestions(count: number, seed: number) {
  const roll = dice(seed)
  const invoices = Math.round(count * 0.41)
  const asks: Ask[] = []
  const ask = (at: number, amount: string, again: Ask | null = null, user = roll(USERS)) =>
    asks.push({ user, key: `key-${asks.length}`, number: numberOf(at), amount, again })
  for (let at = 0; at < invoices; at++) ask(at, RIGHT)
  while (asks.length < count * 0.74) ask(roll(invoices), RIGHT)
  while (asks.length < count * 0.82) ask(roll(invoices), WRONG)
  const single = asks.length
  while (asks.length < count * 0.94) asks.push(...asks.slice(roll(single)).slice(0, 1))
  const early = shuffle(asks, roll)
  const rechecks = early
    .slice(0, count - asks.length)
    .map((first, at): Ask => ({ ...first, key: `again-${at}`, again: first }))
  const half = early.length / 2
  return {
    users: Array.from({ length: USERS }, (_, at) => `mixed-${at}`),
    known: Array.from({ length: invoices }, (_, at) => at)
      .filter(at => at % 20 !== 0)
      .map(at => digitalInvoice(numberOf(at)).invoice),
    invoices,
    asks: [...early.slice(0, half), ...shuffle([...early.slice(half), ...rechecks], roll)],
  }
}
