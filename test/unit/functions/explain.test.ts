import { explain } from '../../../functions/verification/explain'
import { nextTryAfter } from '../../../functions/verification/own-answers'
import { NOW, sampleAsked, sampleSaid } from './gate-samples'

const asked = (issueDate: string) => ({ ...sampleAsked, issueDate })

test.each([
  ['2026-11-22', 'NOT_SYNCED_YET', true],
  ['2026-11-21', 'NOT_SYNCED_YET', true],
  ['2026-11-18', 'FIELD_TYPED_WRONG', true],
  ['2026-01-05', 'FIELD_TYPED_WRONG', false],
])('not found, issued %s: most likely %s', (day, first, again) => {
  const { reasons, nextTryAt } = explain(asked(day), sampleSaid({}), NOW)
  expect(reasons[0]).toEqual({ code: first, likelihood: 'likely' })
  expect(nextTryAt).toBe(again ? Date.parse('2026-11-23T00:00:00+08:00') : null)
})

test.each([
  [['amount'], ['AMOUNT_DIFFERS', 'AMOUNT_OTHER_BASIS', 'DATE_DIFFERS']],
  [['checkCode'], ['CHECK_CODE_DIFFERS', 'DATE_DIFFERS']],
  [[], ['SOME_FIELD_DIFFERS', 'DATE_DIFFERS']],
] as const)('a mismatch over %j names what may differ', (compared, codes) => {
  const { reasons } = explain(asked('2026-11-20'), sampleSaid({ outcome: 'mismatch', compared }), NOW)
  expect(reasons.map(reason => reason.code)).toEqual(codes)
})

test('reasons that were already found stand', () => {
  const own = [{ code: 'SELLER_DIFFERS', likelihood: 'likely' }] as const
  expect(explain(asked('2026-11-20'), sampleSaid({ outcome: 'mismatch', reasons: [...own] }), NOW).reasons).toEqual(own)
})

test('the next time after no answer lies ahead, except when somebody must change something first', () => {
  const midnight = Date.parse('2026-11-23T00:00:00+08:00')
  expect([nextTryAfter('too_early', NOW), nextTryAfter('daily_limit', NOW)]).toEqual([midnight, midnight])
  for (const cause of ['busy', 'network', 'maintenance', 'provider_account', 'unknown_answer'] as const) {
    expect(nextTryAfter(cause, NOW)).toBeGreaterThan(NOW)
  }
  expect(nextTryAfter('input_refused', NOW)).toBeNull()
})
