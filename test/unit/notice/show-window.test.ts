import { noticeCopyFor } from '@shared/copy/notice-copy'
import { shanghaiClock, shanghaiInstant } from '@shared/notice/instant'
import { showTime, showTimeInZone, showWindow } from '@shared/notice/show-window'
import * as fc from 'fast-check'
import { HOUR, MINUTE, sh } from './written'

const zh = noticeCopyFor('zh-CN').time
const en = noticeCopyFor('en').time
const [start, end] = [sh('2026-11-28 18:00'), sh('2026-11-29 08:00')]

describe('a window in words', () => {
  test('says both days, both times and the zone', () => {
    expect(showWindow(start, end, zh)).toBe('2026年11月28日 18:00 至 2026年11月29日 08:00（北京时间）')
    expect(showWindow(start, end, en)).toBe('28 Nov 2026 18:00 to 29 Nov 2026 08:00 (Beijing time)')
  })

  test('says the day once when it is the same, and leaves out this year', () => {
    const now = sh('2026-11-01 12:00')
    expect(showWindow(start, sh('2026-11-28 22:30'), zh, now)).toBe('11月28日 18:00 至 22:30（北京时间）')
    expect(showWindow(sh('2026-12-31 23:00'), sh('2027-01-01 01:00'), zh, now)).toBe(
      '12月31日 23:00 至 2027年1月1日 01:00（北京时间）',
    )
  })

  test('calls yesterday, today and tomorrow so, by the day in Shanghai', () => {
    const now = sh('2026-11-28 00:30')
    expect(showWindow(start, end, zh, now)).toBe('今天 18:00 至 明天 08:00（北京时间）')
    expect(showTime(sh('2026-11-27 23:59'), zh, now)).toBe('昨天 23:59')
    expect(showTime(sh('2028-02-29 00:00'), en, sh('2028-03-01 00:00'))).toBe('yesterday 00:00')
  })

  test('says so when the end is not known', () => {
    expect(showWindow(start, null, zh)).toBe('2026年11月28日 18:00 起，结束时间待定（北京时间）')
    expect(showWindow(start, null, en)).toBe('from 28 Nov 2026 18:00, end not known (Beijing time)')
  })

  test('an instant alone has the zone beside it', () => {
    expect(showTimeInZone(end, zh, start)).toBe('明天 08:00（北京时间）')
    expect(showTimeInZone(end, en, start)).toBe('tomorrow 08:00 (Beijing time)')
  })

  test('what is written as in Shanghai is shown as it was written, whatever the day', () => {
    const instants = fc.integer({ min: sh('1900-01-02 00:00') / MINUTE, max: sh('9999-12-30 00:00') / MINUTE })
    fc.assert(
      fc.property(instants, minute => {
        const clock = shanghaiClock(minute * MINUTE)
        if (clock === null) throw new Error('no clock')
        const { year, month, date, hours, minutes } = clock
        const time = `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`
        expect(shanghaiInstant(`${year}-${month}-${date} ${time}`)).toBe(minute * MINUTE)
        expect(showTime(minute * MINUTE, zh)).toBe(`${year}年${month}月${date}日 ${time}`)
      }),
      { numRuns: 500 },
    )
  })

  test('midnight belongs to the day that begins', () => {
    expect(showTime(sh('2026-11-28 24:00'), zh)).toBe('2026年11月29日 00:00')
    expect(showTime(sh('2026-12-31 23:00') + HOUR, zh)).toBe('2027年1月1日 00:00')
  })
})
