const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
/** Asia/Shanghai has had no summer time since 1991, and no notice of these is older. */
const SHANGHAI_AHEAD_MS = 8 * 3_600_000

/** Days since 1970-01-01, by the calendar alone; null when there is no such day or it is not of our times. */
export function dayNumber(year: number, month: number, date: number): number | null {
  if (year < 2000 || year > 2100 || month < 1 || month > 12 || date < 1 || date > 31) return null
  const day = Date.UTC(year, month - 1, date) / DAY_MS
  return partsOf(day).month === month ? day : null
}

export function partsOf(day: number): { year: number; month: number; date: number } {
  const at = new Date(day * DAY_MS)
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, date: at.getUTCDate() }
}

/** 0 is Sunday. 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number) => (((day + 4) % 7) + 7) % 7

/** ms of a minute of a day in Asia/Shanghai; minutes may run over into the next day. */
export const instantOf = (day: number, minutes: number) => day * DAY_MS + minutes * MINUTE_MS - SHANGHAI_AHEAD_MS

/** `YYYY-MM-DD` as a day number; null when it is none. */
export function readDay(text: string): number | null {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []
  return dayNumber(Number(year), Number(month), Number(date))
}

/** A month and date in the year that puts it nearest to another day. */
export function nearestDay(month: number, date: number, to: number): number | null {
  const { year } = partsOf(to)
  const days = [year - 1, year, year + 1].flatMap(each => dayNumber(each, month, date) ?? [])
  return days.reduce<number | null>(
    (best, day) => (best === null || Math.abs(day - to) < Math.abs(best - to) ? day : best),
    null,
  )
}

/** A date in the month that lies so many months after the month of a day. */
export function dateInMonth(of: number, months: number, date: number): number | null {
  const { year, month } = partsOf(of)
  const index = year * 12 + month - 1 + months
  return dayNumber(Math.floor(index / 12), (index % 12) + 1, date)
}
