import * as fc from 'fast-check'
import { calendarLine, calendarText, calendarTime } from '../../../functions/notices/calendar-line'

test('a line of any text is folded to 75 octets, between characters, and unfolds to itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), text => {
      const value = calendarText(text)
      const folded = calendarLine(`SUMMARY:${value}`)
      expect(folded.endsWith('\r\n')).toBe(true)
      for (const line of folded.split('\r\n')) {
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
        expect(line).not.toContain('\uFFFD')
      }
      expect(folded.slice(0, -2).replaceAll('\r\n ', '')).toBe(`SUMMARY:${value}`)
      expect(value).not.toMatch(/[\r\n]/)
    }),
  )
})

test('what stands for something in a calendar is escaped, and control characters go', () => {
  expect(calendarText('a\\b;c,d\r\ne\rf\u0000\u0007g\ud800')).toBe('a\\\\b\\;c\\,d\\ne\\nfg')
})

test('a time is written in UTC, whole seconds, over the end of a year', () => {
  expect(calendarTime(Date.parse('2027-01-01T07:59:59.999+08:00'))).toBe('20261231T235959Z')
})
