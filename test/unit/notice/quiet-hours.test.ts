import { shanghaiClock } from '@shared/notice/instant'
import { endOfQuiet, isQuiet } from '@shared/notice/quiet-hours'
import * as fc from 'fast-check'
import { HOUR, sh } from './written'

describe('quiet hours', () => {
  test('they begin at 22:00 and are over at 08:00 in Asia/Shanghai', () => {
    const times = ['07:59', '08:00', '12:00', '21:59', '22:00', '23:59', '00:00'] as const
    expect(times.map(time => isQuiet(sh(`2026-11-28 ${time}`)))).toEqual([true, false, false, false, true, true, true])
  })

  test('what falls into them waits for the next 08:00, across month and year ends', () => {
    expect(endOfQuiet(sh('2026-11-30 22:00'))).toBe(sh('2026-12-01 08:00'))
    expect(endOfQuiet(sh('2026-12-31 23:59'))).toBe(sh('2027-01-01 08:00'))
    expect(endOfQuiet(sh('2028-02-28 23:00'))).toBe(sh('2028-02-29 08:00'))
    expect(endOfQuiet(sh('2026-11-28 12:34'))).toBe(sh('2026-11-28 12:34'))
  })

  test('at any instant their end is not quiet, at 08:00, and at most ten hours away', () => {
    fc.assert(
      fc.property(fc.integer({ min: sh('1950-01-01 00:00'), max: sh('2150-01-01 00:00') }), now => {
        const end = endOfQuiet(now)
        expect(isQuiet(end)).toBe(false)
        expect(end - now).toBeGreaterThanOrEqual(0)
        expect(end - now).toBeLessThanOrEqual(10 * HOUR)
        if (isQuiet(now)) expect(shanghaiClock(end)).toMatchObject({ hours: 8, minutes: 0 })
      }),
    )
  })
})
