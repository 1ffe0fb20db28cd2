import { shanghaiDay } from '@shared/invoice/issue-date'
import fc from 'fast-check'
import {
  budgetAfter,
  budgetOf,
  refusal,
  type Spender,
  spent,
  triesLeft,
  triesLeftOf,
} from '../../../functions/gate/budget'
import type { Budget, Gate } from '../../../functions/gate/ports'
import type { Spent } from '../../../functions/verification/ports'
import { EMPTY_GATE, HOUR, MINUTE, NOW, TODAY } from './gate-samples'

const MIDNIGHT = Date.parse('2026-11-23T00:00:00+08:00')
const person = (name: string): Spender => ({ role: 'person', person: name })
const robot: Spender = { role: 'robot' }
const budget = (changes: Partial<Budget> = {}): Budget => ({
  day: TODAY,
  used: 0,
  robots: 0,
  people: {},
  closedUntil: 0,
  ...changes,
})
const gate = (changes: Partial<Gate>): Gate => ({ ...EMPTY_GATE, day: TODAY, ...changes })
const counted = { counted: 'yes', dailyLimit: false } as const
const uncounted = { counted: 'no', dailyLimit: false } as const

test('five tries a day in all, three of them for one person', () => {
  expect(refusal(budget({ used: 4, people: { a: 2, b: 2 } }), person('a'))).toBeNull()
  expect(refusal(budget({ used: 3, people: { a: 3 } }), person('a'))).toBe('person')
  expect(refusal(budget({ used: 3, people: { a: 3 } }), person('b'))).toBeNull()
  expect(refusal(budget({ used: 5, people: { a: 3, b: 2 } }), person('c'))).toBe('day')
})

test('robots use two tries at most and leave two to people', () => {
  expect(refusal(budget({ used: 2 }), robot)).toBeNull()
  expect(refusal(budget({ used: 3 }), robot)).toBe('robots')
  expect(refusal(budget({ used: 2, robots: 2 }), robot)).toBe('robots')
  expect(refusal(budget({ used: 5 }), robot)).toBe('day')
})

test('what is left is shown for the invoice and for one person, never more than the smaller', () => {
  const seen = gate({ used: 3, people: { a: 2, b: 1 } })
  expect(['a', 'b', 'c'].map(name => triesLeftOf(name, seen, NOW))).toEqual([1, 2, 2])
  expect(triesLeft(seen, NOW)).toBe(2)
  expect(triesLeft({ ...seen, closedUntil: NOW + 1 }, NOW)).toBe(0)
  expect(triesLeftOf('c', { ...seen, closedUntil: NOW + 1 }, NOW)).toBe(0)
})

test('a new day begins with five tries, for people and robots', () => {
  const seen = gate({ used: 5, robots: 2, people: { a: 3 } })
  expect(budgetOf(seen, MIDNIGHT - 1)).toMatchObject({ day: TODAY, used: 5 })
  expect(budgetOf(seen, MIDNIGHT)).toEqual(budget({ day: '2026-11-23' }))
})

test("the provider's own limit closes the invoice until one to ten minutes after midnight", () => {
  const reached = { counted: 'no', dailyLimit: true } as const
  for (const [jitter, minutes] of [
    [0, 1],
    [0.5, 5.5],
    [1, 10],
  ] as const) {
    const after = budgetAfter(budget({ used: 1 }), person('a'), reached, NOW, jitter)
    expect(after).toMatchObject({ used: 5, closedUntil: MIDNIGHT + minutes * MINUTE })
    const seen = gate(after)
    expect(triesLeft(seen, after.closedUntil - 1)).toBe(0)
    expect(refusal(budgetOf(seen, after.closedUntil - 1), person('b'))).toBe('day')
    expect(triesLeft(seen, after.closedUntil)).toBe(5)
  }
})

test('a call that crossed midnight counts on the new day, of its spender, unless it was not counted', () => {
  const taken = budget({ used: 4, people: { a: 2, b: 2 } })
  expect(budgetAfter(taken, person('a'), counted, MIDNIGHT, 0)).toEqual(
    budget({ day: '2026-11-23', used: 1, people: { a: 1 } }),
  )
  expect(budgetAfter(taken, robot, counted, MIDNIGHT, 0)).toEqual(budget({ day: '2026-11-23', used: 1, robots: 1 }))
  const back = budgetAfter(taken, person('a'), uncounted, MIDNIGHT, 0)
  expect(triesLeft(gate(back), MIDNIGHT)).toBe(5)
})

test('a try that was not counted comes back to who spent it, and nothing else changes', () => {
  const any = fc.record({ used: fc.nat({ max: 4 }), robots: fc.nat({ max: 2 }), own: fc.nat({ max: 2 }) })
  fc.assert(
    fc.property(any, fc.constantFrom(robot, person('a')), ({ used, robots, own }, spender) => {
      const before = budget({ used, robots, people: { a: own } })
      expect(budgetAfter(spent(before, spender), spender, uncounted, NOW, 0)).toEqual(before)
      expect(budgetAfter(spent(before, spender), spender, counted, NOW, 0)).toEqual(spent(before, spender))
    }),
  )
})

/** One day of somebody who spends and gets an answer back. */
interface Step {
  who: Spender
  said: { counted: Spent; dailyLimit: boolean }
  pause: number
  jitter: number
}

const steps = fc.array(
  fc.record<Step>({
    who: fc.constantFrom(person('a'), person('b'), person('c'), robot),
    said: fc.record({
      counted: fc.constantFrom<Spent>('yes', 'no', 'unknown'),
      dailyLimit: fc.nat({ max: 9 }).map(chance => chance === 0),
    }),
    pause: fc.integer({ min: 0, max: 4 * HOUR }),
    jitter: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { maxLength: 60 },
)

function expectWithinLimits(before: Budget, taken: Budget, who: Spender): void {
  expect(taken.used).toBeLessThanOrEqual(5)
  expect(taken.robots).toBeLessThanOrEqual(2)
  for (const own of Object.values(taken.people)) expect(own).toBeLessThanOrEqual(3)
  if (who.role === 'robot') expect(5 - before.used - 1).toBeGreaterThanOrEqual(2)
}

test('no sequence of spends and refunds exceeds five in all, three of a person, two of robots, or takes the last two', () => {
  fc.assert(
    fc.property(steps, list => {
      let seen: Gate = EMPTY_GATE
      let now = NOW
      /** What the tax side may have counted, by day. */
      const sent = new Map<string, number>()
      for (const { who, said, pause, jitter } of list) {
        now += pause
        const before = budgetOf(seen, now)
        if (refusal(before, who) !== null) continue
        const taken = spent(before, who)
        expectWithinLimits(before, taken, who)
        const day = shanghaiDay(now)
        const isCounted = said.counted !== 'no' && !said.dailyLimit
        sent.set(day, (sent.get(day) ?? 0) + (isCounted ? 1 : 0))
        seen = { ...seen, ...budgetAfter(taken, who, said, now, jitter) }
        expect(triesLeft(seen, now)).toBeLessThanOrEqual(5 - (sent.get(day) ?? 0))
      }
      for (const calls of sent.values()) expect(calls).toBeLessThanOrEqual(5)
    }),
  )
})
