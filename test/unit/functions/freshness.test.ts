import { LIFECYCLES, OUTCOMES } from '@shared/invoice/outcome'
import fc from 'fast-check'
import { FRESHNESS, reusableFor } from '../../../functions/gate/freshness'
import type { GateAnswer } from '../../../functions/gate/ports'
import { HOUR, MINUTE, NOW, sampleAnswer, sampleAsked } from './gate-samples'

const DAY = 24 * HOUR
const issued = (daysAgo: number) => ({
  ...sampleAsked,
  issueDate: new Date(NOW - daysAgo * DAY + 8 * HOUR).toISOString().slice(0, 10),
})
const reuse = (changes: Partial<GateAnswer>, daysAgo = 2) =>
  reusableFor(sampleAnswer({ checkedAt: NOW, ...changes }), issued(daysAgo))

test.each([
  ['normal', 0, 6 * HOUR],
  ['normal', 31, 6 * HOUR],
  ['normal', 32, 12 * HOUR],
  ['normal', 1800, 12 * HOUR],
  ['red_letter', 2, 6 * HOUR],
  ['red_letter', 100, 12 * HOUR],
  ['voided', 0, 24 * HOUR],
  ['red_full', 500, 24 * HOUR],
  ['red', 2, 6 * HOUR],
  ['red_partial', 500, 6 * HOUR],
  ['unknown', 0, 30 * MINUTE],
  ['unknown', 500, 30 * MINUTE],
] as const)('a consistent invoice that is %s, issued %i days ago, is reused for %i ms', (lifecycle, days, ms) => {
  expect(reuse({ lifecycle }, days)).toBe(ms)
})

test('a consistent answer without a state is as young as one whose state is not known', () => {
  expect(reuse({ lifecycle: null })).toBe(30 * MINUTE)
})

test.each([
  ['mismatch', 0, 12 * HOUR],
  ['mismatch', 500, 12 * HOUR],
  ['not_found', 0, 15 * MINUTE],
  ['not_found', 7, 15 * MINUTE],
  ['not_found', 8, HOUR],
  ['could_not_check', 2, 0],
  ['not_checkable', 2, 0],
] as const)('%s, issued %i days ago, is reused for %i ms', (outcome, days, ms) => {
  expect(reuse({ outcome, lifecycle: null }, days)).toBe(ms)
})

test('the age is that at the answer, not now: an answer does not grow older by waiting', () => {
  const asked = issued(7)
  expect(reusableFor(sampleAnswer({ outcome: 'not_found', lifecycle: null, checkedAt: NOW }), asked)).toBe(15 * MINUTE)
  expect(reusableFor(sampleAnswer({ outcome: 'not_found', lifecycle: null, checkedAt: NOW + DAY }), asked)).toBe(HOUR)
})

test('an answer on which two sources disagree is looked at again within a quarter of an hour', () => {
  expect(reuse({ disagreement: true })).toBe(15 * MINUTE)
  expect(reuse({ disagreement: true, outcome: 'could_not_check', lifecycle: null })).toBe(0)
})

test('whatever the answer, it is never reused for more than a day, and every row gives its reason', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...OUTCOMES),
      fc.option(fc.constantFrom(...LIFECYCLES)),
      fc.integer({ min: -1, max: 2000 }),
      fc.boolean(),
      (outcome, lifecycle, days, disagreement) => {
        const ms = reuse({ outcome, lifecycle, disagreement }, days)
        expect(ms).toBeGreaterThanOrEqual(0)
        expect(ms).toBeLessThanOrEqual(24 * HOUR)
        // Only what is known of the invoice is reused.
        expect(ms > 0).toBe(outcome !== 'could_not_check' && outcome !== 'not_checkable')
      },
    ),
  )
  for (const { reason } of FRESHNESS) expect(reason.length).toBeGreaterThan(20)
})
