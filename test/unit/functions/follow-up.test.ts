import { CAUSES } from '@shared/invoice/outcome'
import { followUpTime, isOpenQuestion, nextPutOff } from '../../../functions/verification/follow-up'
import type { StoredAnswer } from '../../../functions/verification/ports'
import { HOUR, MINUTE, NOW, sampleAnswer } from './gate-samples'

const silent = (changes: Partial<StoredAnswer>): StoredAnswer => ({
  ...sampleAnswer({ outcome: 'could_not_check', lifecycle: null, charged: 'no', counted: 'no' }),
  notice: null,
  ...changes,
})

test('only a question that cost nothing, and that time alone may answer, is asked again by itself', () => {
  const open = CAUSES.filter(cause => isOpenQuestion(silent({ cause })))
  expect([...open].sort()).toEqual(['maintenance', 'network', 'too_early'])
  for (const spent of [{ charged: 'unknown' }, { counted: 'unknown' }, { charged: 'yes', counted: 'yes' }] as const) {
    expect(isOpenQuestion(silent({ cause: 'network', ...spent }))).toBe(false)
  }
  for (const outcome of ['consistent', 'mismatch', 'not_found', 'not_checkable'] as const) {
    expect(followUpTime(silent({ outcome, cause: null }), NOW, 0)).toBeNull()
  }
})

test('an outage is asked about again after half an hour, spread over ten minutes', () => {
  const outage = silent({ cause: 'maintenance', nextTryAt: NOW + MINUTE })
  expect(followUpTime(outage, NOW, 0)).toBe(NOW + 30 * MINUTE)
  expect(followUpTime(outage, NOW, 1)).toBe(NOW + 40 * MINUTE)
  expect(followUpTime({ ...outage, nextTryAt: NOW + 3 * HOUR }, NOW, 0)).toBe(NOW + 3 * HOUR)
})

test('an invoice that was not loaded yet is asked about on the next morning', () => {
  const early = silent({ cause: 'too_early' })
  expect(followUpTime(early, NOW, 0)).toBe(Date.parse('2026-11-23T07:30:00+08:00'))
  expect(followUpTime(early, NOW, 1)).toBe(Date.parse('2026-11-23T07:40:00+08:00'))
  // Nor before a notice says that the sync is back.
  const end = Date.parse('2026-11-23T20:00:00+08:00')
  expect(followUpTime({ ...early, nextTryAt: end }, NOW, 0)).toBe(end)
})

test('an outage that lasts is looked at less and less often, for most of a day, and then no more', () => {
  const outage = silent({ cause: 'network' })
  const hours = [0, 1, 2, 3, 4].map(putOff => ((nextPutOff(outage, putOff, NOW, 0) ?? 0) - NOW) / HOUR)
  expect(hours).toEqual([0.5, 1, 2, 4, 8])
  expect(nextPutOff(outage, 5, NOW, 0)).toBeNull()
  expect(nextPutOff(outage, 0, NOW, 1)).toBe(NOW + 31 * MINUTE)
  expect(nextPutOff(silent({ cause: 'daily_limit' }), 0, NOW, 0)).toBeNull()
})
