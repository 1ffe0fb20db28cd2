import { dayBars } from '../../miniprogram/components/day-bars'
import { daysOf, RESTLESS } from './canned-notices'
import { CANNED_NOW } from './canned-now'

const NOW = Date.parse(CANNED_NOW)

test('days without checks are drawn as no data, not as good ones', () => {
  expect(dayBars([], NOW)).toEqual({
    background: 'linear-gradient(90deg,var(--n)0 100%)',
    days: 0,
    bad: 0,
    share: null,
  })
})

test('equal days run together: one stop for each run', () => {
  const days = daysOf(Array.from({ length: 45 }, () => [100, 0] as const))
  expect(dayBars(days, NOW).background).toBe('linear-gradient(90deg,var(--n)0 50%,var(--f)0 100%)')
})

test('a share is never rounded up to a whole', () => {
  expect(dayBars(daysOf([[99_999, 1]]), NOW).share).toBe('99.9')
  expect(dayBars(daysOf([[10, 0]]), NOW).share).toBe('100.0')
})

test('a day of no answers at all is among the bad ones, and a day of zero checks has no data', () => {
  const { days, bad } = dayBars(
    daysOf([
      [0, 5],
      [0, 0],
      [80, 20],
      [81, 19],
    ]),
    NOW,
  )
  expect({ days, bad }).toEqual({ days: 3, bad: 2 })
})

test('the longest row there can be stays below 1.5 KB', () => {
  const { background, days } = dayBars(RESTLESS, NOW)
  expect(days).toBe(90)
  expect(background.length).toBeLessThan(1500)
})

test('today is the last bar in Asia/Shanghai, whatever the zone of the machine', () => {
  const lateEvening = Date.parse('2026-11-22T17:00:00Z')
  const today = [{ day: '2026-11-23', answered: 1, failed: 0 }]
  expect(dayBars(today, lateEvening).background).toMatch(/var\(--f\)0 100%\)$/)
})
