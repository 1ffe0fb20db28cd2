import type { Notice } from '@shared/notice/notice'
import { explainsLateUpload } from '@shared/notice/relevance'
import * as fc from 'fast-check'
import { DAY, HOUR, outage, phase, plan, sh, window } from './written'

const night = plan([window('2026-11-28 20:00', '2026-11-29 08:00', { components: ['verification', 'digital_sync'] })])
const over: Notice = { ...night, state: 'completed' as const, endedAt: sh('2026-11-29 08:00') }
const now = sh('2026-12-03 12:00')
const days = ['2026-11-27', '2026-11-28', '2026-11-29', '2026-11-30', '2026-12-01', '2026-12-02']

const explained = (notice: Notice = over, at = now) => days.filter(day => explainsLateUpload(notice, day, at))

describe('a late upload', () => {
  test('is likely on the days of the window and within 48 hours after it', () => {
    expect(explained()).toEqual(['2026-11-28', '2026-11-29', '2026-11-30', '2026-12-01'])
  })

  test('hours decide where a window ends at midnight', () => {
    const day = plan([window('2026-11-28 00:00', '2026-11-29 00:00')], {
      state: 'completed',
      endedAt: sh('2026-11-29 00:00'),
    })
    expect(explained(day)).toEqual(['2026-11-28', '2026-11-29', '2026-11-30'])
  })

  test('an end that came earlier or later than planned counts as it was', () => {
    expect(explained({ ...over, endedAt: sh('2026-11-28 22:00') })).toEqual(['2026-11-28', '2026-11-29', '2026-11-30'])
    expect(explained({ ...over, endedAt: sh('2026-11-30 01:00') })).toEqual(days.slice(1))
  })

  test('what is overdue or without an end lasts until now', () => {
    const late = { ...night, state: 'verifying' as const }
    expect(explainsLateUpload(late, '2026-12-02', sh('2026-12-02 09:00'))).toBe(true)
    const incident = outage([window('2026-11-28 20:00', null)])
    expect(explainsLateUpload(incident, '2026-12-02', sh('2026-12-02 09:00'))).toBe(true)
  })

  test('what has not begun, did not take place, is only slow, or is news explains nothing', () => {
    expect(explained(night, sh('2026-11-28 19:59'))).toEqual([])
    expect(explained({ ...night, state: 'cancelled', endedAt: sh('2026-11-28 12:00') })).toEqual([])
    expect(
      explained(outage([window('2026-11-28 20:00', null)], { state: 'cancelled', endedAt: sh('2026-11-28 22:00') })),
    ).toEqual([])
    expect(explained(plan([window('2026-11-28 20:00', '2026-11-29 08:00', { impact: 'slow' })]))).toEqual([])
    expect(explained({ ...over, type: 'policy' })).toEqual([])
    expect(explained({ ...over, publishedAt: null })).toEqual([])
  })

  test('the components of the kind and its region decide', () => {
    const rail = plan([window('2026-11-28 20:00', '2026-11-29 08:00', { components: ['rail_air'], regions: ['31'] })])
    expect(explainsLateUpload(rail, '2026-11-28', now, 'DIGITAL_RAILWAY', '31')).toBe(true)
    expect(explainsLateUpload(rail, '2026-11-28', now, 'DIGITAL_RAILWAY', '11')).toBe(false)
    expect(explainsLateUpload(rail, '2026-11-28', now, 'DIGITAL_RAILWAY', null)).toBe(true)
    expect(explainsLateUpload(rail, '2026-11-28', now, 'DIGITAL_NORMAL', '31')).toBe(false)
    expect(explainsLateUpload(rail, '2026-11-28', now)).toBe(false)
    const sync = plan([window('2026-11-28 20:00', '2026-11-29 08:00', { components: ['digital_sync'] })])
    expect(explainsLateUpload(sync, '2026-11-28', now, 'DIGITAL_NORMAL')).toBe(true)
    expect(explainsLateUpload(sync, '2026-11-28', now, 'VAT_SPECIAL_PAPER')).toBe(false)
  })

  test('a day that is not in the calendar is explained by nothing', () => {
    for (const day of ['2026-02-30', '', 'gestern', '0000-00-00'])
      expect(explainsLateUpload(over, day, now)).toBe(false)
  })

  test('over month ends, year ends and leap days it is the days between start and end + 48 hours', () => {
    const starts = fc.integer({ min: sh('2023-12-20 00:00') / HOUR, max: sh('2028-03-10 00:00') / HOUR })
    fc.assert(
      fc.property(starts, fc.integer({ min: 1, max: 300 }), fc.integer({ min: -10, max: 30 }), (from, long, offset) => {
        const [startsAt, endsAt] = [from * HOUR, (from + long) * HOUR]
        const notice = plan([phase(startsAt, endsAt)], { state: 'completed', endedAt: endsAt })
        const midnight = Math.floor((startsAt + 8 * HOUR) / DAY) * DAY + offset * DAY
        const day = new Date(midnight).toISOString().slice(0, 10)
        const [first, last] = [midnight - 8 * HOUR, midnight + 16 * HOUR]
        const expected = last > startsAt && first < endsAt + 48 * HOUR
        expect(explainsLateUpload(notice, day, endsAt + 90 * DAY)).toBe(expected)
      }),
    )
  })
})
