import { nextShanghaiMidnight, shanghaiDay } from '@shared/invoice/issue-date'
import type { Spent } from '../verification/ports'
import type { Budget, Gate } from './ports'

/** The tax side answers about one invoice five times a day [domain reference § 5.1]. */
export const TRIES_PER_DAY = 5
/** One person leaves two of the five to others. */
export const TRIES_PER_PERSON = 3
/** Automatic checks use two at most, and never one of the last two. */
const TRIES_PER_ROBOTS = 2
const LEFT_TO_PEOPLE = 2
/** Clocks differ around midnight; nobody asks in its first minutes about an invoice that was refused for the day. */
const MIN_JITTER_MS = 60_000
const JITTER_MS = 9 * 60_000
/** Of two servers' clocks. */
const MOST_BEHIND_MS = 10 * 60_000

/** Who spends a try: a person by keyed name, or nobody in person. */
export type Spender = { role: 'person'; person: string } | { role: 'robot' }

/** A container whose clock is behind at midnight must not open the old day again. */
function budgetDay(gate: Gate, now: number): string {
  const today = shanghaiDay(now)
  return gate.day > today ? gate.day : today
}

/** The tries of today. */
export function budgetOf(gate: Gate, now: number): Budget {
  const day = budgetDay(gate, now)
  const { used, robots, people } = gate
  const closedUntil = gate.closedUntil > now ? gate.closedUntil : 0
  if (gate.day === day) return { day, used, robots, people, closedUntil }
  // A call that was cut off around midnight may have been counted on either day, and its holder's clock may be behind.
  const carried = gate.lease !== null && shanghaiDay(gate.lease.until + MOST_BEHIND_MS) >= day ? 1 : 0
  return { day, used: carried, robots: 0, people: {}, closedUntil }
}

/** Tries that this invoice has left today, 0–5. */
export function triesLeft(gate: Gate, now: number): number {
  const { used, closedUntil } = budgetOf(gate, now)
  return closedUntil > 0 ? 0 : Math.max(0, TRIES_PER_DAY - used)
}

/** What one person may still spend of them, 0–3. */
export function triesLeftOf(person: string, gate: Gate, now: number): number {
  const { people } = budgetOf(gate, now)
  return Math.max(0, Math.min(triesLeft(gate, now), TRIES_PER_PERSON - (people[person] ?? 0)))
}

/** Whose limit forbids a further try; null when none does. */
export function refusal(budget: Budget, spender: Spender): 'day' | 'person' | 'robots' | null {
  const { used, robots, people, closedUntil } = budget
  if (closedUntil > 0 || used >= TRIES_PER_DAY) return 'day'
  if (spender.role === 'person') return (people[spender.person] ?? 0) >= TRIES_PER_PERSON ? 'person' : null
  return robots >= TRIES_PER_ROBOTS || used + 1 > TRIES_PER_DAY - LEFT_TO_PEOPLE ? 'robots' : null
}

function changed(budget: Budget, spender: Spender, by: 1 | -1): Budget {
  const used = Math.max(0, budget.used + by)
  if (spender.role === 'robot') return { ...budget, used, robots: Math.max(0, budget.robots + by) }
  const own = Math.max(0, (budget.people[spender.person] ?? 0) + by)
  return { ...budget, used, people: { ...budget.people, [spender.person]: own } }
}

export const spent = (budget: Budget, spender: Spender): Budget => changed(budget, spender, 1)

/** The budget of a new day on which a call that crossed midnight may have been counted. */
export const crossed = (day: string, spender: Spender): Budget =>
  changed({ day, used: 0, robots: 0, people: {}, closedUntil: 0 }, spender, 1)

/**
 * The budget after a provider said that the tax side's day is used up; of a call that crossed midnight that was the day
 * before. `jitter` is 0–1.
 */
export function closedDay(budget: Budget, now: number, jitter: number): Budget {
  const today = shanghaiDay(now)
  const pause = MIN_JITTER_MS + Math.round(JITTER_MS * jitter)
  if (today > budget.day) return { day: today, used: 0, robots: 0, people: {}, closedUntil: now + pause }
  return { ...budget, used: TRIES_PER_DAY, closedUntil: nextShanghaiMidnight(now) + pause }
}

/**
 * The budget after a call that was spent in `budget` came back. `jitter` is 0–1.
 */
export function budgetAfter(
  budget: Budget,
  spender: Spender,
  said: { counted: Spent; dailyLimit: boolean },
  now: number,
  jitter: number,
): Budget {
  if (said.dailyLimit) return closedDay(budget, now, jitter)
  const today = shanghaiDay(now)
  if (said.counted === 'no') return changed(budget, spender, -1)
  return today > budget.day ? crossed(today, spender) : budget
}
