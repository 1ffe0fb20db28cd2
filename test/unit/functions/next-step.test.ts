import fc from 'fast-check'
import { triesLeft, triesLeftOf } from '../../../functions/gate/budget'
import { asideSlot, nextStep } from '../../../functions/gate/next-step'
import type { Gate, GateAnswer } from '../../../functions/gate/ports'
import { EMPTY_GATE, HOUR, NOW, sampleAnswer, sampleAsked, sampleAsker, TODAY } from './gate-samples'

const robot = { role: 'robot' } as const
const today = { day: TODAY, robots: 0, people: {}, closedUntil: 0 }
const gateWith = (changes: Partial<GateAnswer>): Gate => ({ ...EMPTY_GATE, answers: { q: sampleAnswer(changes) } })
const asked = (used: number, people = { p: 1 }) => ({ step: 'ask', budget: { ...today, used, people } })

test('an invoice that nobody asked about is asked, as the first try of the day', () => {
  expect(nextStep(EMPTY_GATE, sampleAsker(), NOW)).toEqual(asked(1))
  expect(triesLeft(EMPTY_GATE, NOW)).toBe(5)
})

test('a fresh answer is taken before lease and budget are looked at', () => {
  const lease = { fence: 'x', questionKey: 'other', until: NOW + 1 }
  const gate: Gate = { ...gateWith({}), ...today, used: 5, lease }
  expect(nextStep(gate, sampleAsker(), NOW).step).toBe('take')
  expect(nextStep(gate, sampleAsker({ questionKey: 'p' }), NOW)).toEqual({ step: 'queue', until: NOW + 1 })
})

test('a recheck takes an answer only when it came while it waited', () => {
  const gate = gateWith({})
  expect(nextStep(gate, sampleAsker({ reuse: false }), NOW).step).toBe('ask')
  expect(nextStep(gate, sampleAsker({ reuse: false, followed: new Set(['f']) }), NOW).step).toBe('take')
  expect(nextStep(gate, sampleAsker({ reuse: false, startedAt: NOW - 2 * HOUR }), NOW).step).toBe('take')
})

test('what its own call brought is its answer, at whatever time: the function died before it could tell', () => {
  const gate = gateWith({ fence: 'own.x', checkedAt: NOW })
  expect(nextStep(gate, sampleAsker({ reuse: false }), NOW).step).toBe('take')
  expect(nextStep(gateWith({ fence: 'owner.x', checkedAt: NOW }), sampleAsker({ reuse: false }), NOW).step).toBe('ask')
})

test('a simulated answer never stands in for a real one', () => {
  expect(nextStep(gateWith({ simulated: true }), sampleAsker({ simulated: false }), NOW).step).toBe('ask')
})

test('an answer that says nothing about the invoice is taken only by those who waited for it', () => {
  const silent = sampleAnswer({ outcome: 'could_not_check', cause: 'maintenance', charged: 'no', counted: 'no' })
  const gate: Gate = { ...EMPTY_GATE, answers: { [asideSlot('q')]: { ...silent, checkedAt: NOW - 1 } } }
  expect(nextStep(gate, sampleAsker(), NOW).step).toBe('ask')
  expect(nextStep(gate, sampleAsker({ followed: new Set(['f']) }), NOW).step).toBe('take')
  expect(nextStep(gate, sampleAsker({ startedAt: NOW - 2 }), NOW).step).toBe('take')
})

test('a lease is live until its end, then the next asker may take it', () => {
  const gate: Gate = { ...EMPTY_GATE, day: TODAY, used: 1, lease: { fence: 'x', questionKey: 'q', until: NOW } }
  expect(nextStep(gate, sampleAsker(), NOW - 1)).toEqual({ step: 'follow', fence: 'x', until: NOW })
  expect(nextStep(gate, sampleAsker({ questionKey: 'p' }), NOW)).toEqual(asked(2))
})

const lost = sampleAnswer({
  outcome: 'could_not_check',
  cause: 'network',
  charged: 'unknown',
  counted: 'unknown',
  nextTryAt: NOW + 60_000,
})
const gateAside = (changes: Partial<GateAnswer>): Gate => ({
  ...EMPTY_GATE,
  answers: { [asideSlot('q')]: { ...lost, ...changes } },
})

describe.each([
  ['somebody who asks anew', { reuse: true }],
  ['a recheck', { reuse: false }],
  ['a robot', { spender: robot }],
])('for %s', (_, who) => {
  test('a lost answer that is asked again by itself holds its question until then, and then one asks', () => {
    const gate = gateAside({ recheckAt: NOW + 30_000 })
    expect(nextStep(gate, sampleAsker(who), NOW)).toEqual({ step: 'hold', until: NOW + 30_000 })
    expect(nextStep(gate, sampleAsker(who), NOW + 30_000).step).toBe('ask')
    expect(nextStep(gate, sampleAsker({ ...who, questionKey: 'p' }), NOW).step).toBe('ask')
  })

  test('a lost answer that nobody asks again by itself stands until its next time', () => {
    const gate = gateAside({})
    expect(nextStep(gate, sampleAsker(who), NOW + 59_999)).toMatchObject({ step: 'take', answer: { cause: 'network' } })
    expect(nextStep(gate, sampleAsker(who), NOW + 60_000).step).toBe('ask')
    const unsent = gateAside({ charged: 'no', counted: 'no' })
    expect(nextStep(unsent, sampleAsker(who), NOW).step).toBe('ask')
  })

  test('the call of a holder that died is a lost answer, asked again half a minute after the end of its lease', () => {
    const lease = { fence: 'x', questionKey: 'q', until: NOW }
    const gate: Gate = { ...EMPTY_GATE, day: TODAY, used: 1, lease }
    expect(nextStep(gate, sampleAsker(who), NOW + 29_999)).toEqual({ step: 'hold', until: NOW + 30_000 })
    expect(nextStep(gate, sampleAsker(who), NOW + 30_000)).toMatchObject({ step: 'ask', budget: { used: 2 } })
    // The last two tries are for people: then nobody asks by itself, and the answer stands as lost for its minute.
    const scarce: Gate = { ...gate, used: 3 }
    expect(nextStep(scarce, sampleAsker(who), NOW + 59_999)).toMatchObject({
      step: 'take',
      answer: { charged: 'unknown' },
    })
  })
})

test('a found invoice answers for every kind, any other answer for the kind it was asked with', () => {
  const kind = 'DIGITAL_SPECIAL'
  const asker = sampleAsker({ asked: { ...sampleAsked, kind } })
  expect(nextStep(gateWith({}), asker, NOW).step).toBe('take')
  const mismatch = { outcome: 'mismatch', lifecycle: null } as const
  expect(nextStep(gateWith(mismatch), asker, NOW).step).toBe('ask')
  expect(nextStep(gateWith({ ...mismatch, askedKind: kind }), asker, NOW).step).toBe('take')
})

test('a call cut off around midnight counts on the new day', () => {
  const midnight = Date.parse('2026-11-23T00:00:00+08:00')
  const lease = { fence: 'x', questionKey: 'p', until: midnight + 5000 }
  const gate: Gate = { ...EMPTY_GATE, day: TODAY, used: 3, people: { p: 3 }, lease }
  const tomorrow = (used: number) => ({ step: 'ask', budget: { ...today, day: '2026-11-23', used, people: { p: 1 } } })
  expect(nextStep(gate, sampleAsker(), midnight + 5000)).toEqual(tomorrow(2))
  const ended: Gate = { ...gate, lease: { ...lease, until: midnight - 11 * 60_000 } }
  expect(nextStep(ended, sampleAsker(), midnight)).toEqual(tomorrow(1))
})

test('a clock behind midnight does not open the old day again', () => {
  const gate: Gate = { ...EMPTY_GATE, day: '2026-11-23', used: 5 }
  expect(nextStep(gate, sampleAsker(), NOW)).toEqual({ step: 'limit', by: 'day' })
})

test.each([
  ['the day', { used: 5 }, sampleAsker().spender, 'day'],
  ['the day, which the provider closed', { closedUntil: NOW + 1 }, sampleAsker().spender, 'day'],
  ['the person', { used: 3, people: { p: 3 } }, sampleAsker().spender, 'person'],
  ['the robots, whose two are used', { used: 2, robots: 2 }, robot, 'robots'],
  ['the robots, who leave two to people', { used: 3 }, robot, 'robots'],
] as const)('who meets the limit of %s is told whose it is', (_, budget, spender, by) => {
  const gate: Gate = { ...EMPTY_GATE, day: TODAY, ...budget }
  expect(nextStep(gate, sampleAsker({ spender }), NOW)).toEqual({ step: 'limit', by })
})

test('whatever the gate holds, no step asks beyond a limit', () => {
  const state = fc.record({
    day: fc.constantFrom('', '2026-11-21', TODAY, '2026-11-23'),
    used: fc.nat({ max: 9 }),
    robots: fc.nat({ max: 4 }),
    people: fc.record({ p: fc.nat({ max: 5 }) }),
    closedUntil: fc.constantFrom(0, NOW, NOW + HOUR),
  })
  const lease = fc.option(
    fc.record({
      fence: fc.string(),
      questionKey: fc.constantFrom('q', 'p'),
      until: fc.integer({ min: -HOUR, max: HOUR }),
    }),
  )
  const spender = fc.constantFrom(robot, { role: 'person', person: 'p' } as const)
  fc.assert(
    fc.property(state, lease, spender, fc.integer({ min: -2 * HOUR, max: 20 * HOUR }), (budget, held, who, shift) => {
      const gate: Gate = { ...EMPTY_GATE, ...budget, lease: held && { ...held, until: NOW + held.until } }
      const now = NOW + shift
      const next = nextStep(gate, sampleAsker({ spender: who }), now)
      const left = triesLeft(gate, now)
      expect(left).toBeGreaterThanOrEqual(0)
      expect(left).toBeLessThanOrEqual(5)
      if (next.step === 'ask') {
        expect(next.budget.used).toBe(5 - left + 1)
        if (who.role === 'robot') expect([next.budget.robots <= 2, left >= 3]).toEqual([true, true])
        else expect(triesLeftOf('p', gate, now)).toBeGreaterThan(0)
      }
      if (next.step === 'limit' && next.by === 'day') expect(left).toBe(0)
    }),
  )
})
