/** Asia/Shanghai by arithmetic: eight hours ahead of UTC, no summer time (that of 1986–1991 is left out on purpose). */
const AHEAD_MS = 8 * 3_600_000
const MINUTE_MS = 60_000
/** What a four-digit year can say. */
const FIRST = Date.UTC(1900, 0, 1)
const LAST = Date.UTC(10_000, 0, 1) - 1

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/
const LOCAL = /^(\d{4})-(\d{1,2})-(\d{1,2})[ T](\d{1,2}):(\d{2})$/
const WITH_ZONE = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:Z|([+-])(\d{2}):(\d{2}))$/

/** Midnight UTC of a day of the calendar, ms; null for a day that is not in it, such as 30 February, or before 1900. */
function utcDay(year: number, month: number, day: number): number | null {
  if (year < 1900 || month < 1 || month > 12 || day < 1) return null
  const at = Date.UTC(year, month - 1, day)
  return new Date(at).getUTCMonth() === month - 1 ? at : null
}

/** The first instant of a day in Asia/Shanghai, `YYYY-MM-DD`, ms; null when there is no such day. */
export function instantOfDay(day: string): number | null {
  const [, year, month, date] = DAY.exec(day) ?? []
  const at = utcDay(Number(year), Number(month), Number(date))
  return at === null ? null : at - AHEAD_MS
}

function timeOfDay(hours: number, minutes: number): number | null {
  return (hours < 24 && minutes < 60) || (hours === 24 && minutes === 0) ? (hours * 60 + minutes) * MINUTE_MS : null
}

/** An instant written as in Asia/Shanghai, `2026-11-28 18:00`, ms; 24:00 is the end of the day. Null when there is none. */
export function shanghaiInstant(text: string): number | null {
  const [, year, month, date, hours, minutes] = LOCAL.exec(text.trim()) ?? []
  const day = utcDay(Number(year), Number(month), Number(date))
  const time = timeOfDay(Number(hours), Number(minutes))
  return day === null || time === null ? null : day + time - AHEAD_MS
}

/** An instant in ISO 8601 with its zone, ms; null when calendar or clock have none such (2026-02-30, year 0, 25:00, +15:00). */
export function instantOf(text: string): number | null {
  const [, date, hours, minutes, seconds = '0', fraction = '0', sign, zoneHours = '0', zoneMinutes = '0'] =
    WITH_ZONE.exec(text) ?? []
  const [, year, month, day] = DAY.exec(date ?? '') ?? []
  const start = utcDay(Number(year), Number(month), Number(day))
  const time = timeOfDay(Number(hours), Number(minutes))
  const zone = timeOfDay(Number(zoneHours), Number(zoneMinutes))
  if (start === null || time === null || zone === null || Number(seconds) > 59 || Number(zoneHours) > 14) return null
  const rest = Number(seconds) * 1_000 + Math.floor(Number(`0.${fraction}`) * 1_000)
  const at = start + time + rest - (sign === '-' ? -zone : zone)
  return at < FIRST || at > LAST ? null : at
}

export interface ShanghaiClock {
  year: number
  month: number
  date: number
  /** 0 is Sunday. */
  weekday: number
  hours: number
  minutes: number
}

/** What calendar and clock show in Asia/Shanghai at an instant, ms; null for what is none (NaN, before 1900, after 9999). */
export function shanghaiClock(at: number): ShanghaiClock | null {
  if (!(at >= FIRST && at + AHEAD_MS <= LAST)) return null
  const there = new Date(at + AHEAD_MS)
  return {
    year: there.getUTCFullYear(),
    month: there.getUTCMonth() + 1,
    date: there.getUTCDate(),
    weekday: there.getUTCDay(),
    hours: there.getUTCHours(),
    minutes: there.getUTCMinutes(),
  }
}
