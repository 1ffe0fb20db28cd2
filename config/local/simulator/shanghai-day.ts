// The tax side's own calendar, apart from shared/invoice/issue-date.ts: a mistake there must not agree with itself here.
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** The day in Asia/Shanghai of a time in ms, as `YYYY-MM-DD`. */
export function shanghaiDay(at: number): string {
  return new Date(at + 8 * HOUR_MS).toISOString().slice(0, 10)
}

/** Midnight in Asia/Shanghai at which the day begins, ms; NaN when it is no calendar day. */
export function startOfDay(day: string): number {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return Number.NaN
  const start = Date.parse(`${day}T00:00:00+08:00`)
  return Number.isNaN(start) || shanghaiDay(start) !== day ? Number.NaN : start
}

export function addDays(day: string, days: number): string {
  return shanghaiDay(startOfDay(day) + days * DAY_MS)
}

/** The same calendar day some years earlier; 29 February becomes 28. */
export function yearsBefore(day: string, years: number): string {
  const earlier = `${String(Number(day.slice(0, 4)) - years).padStart(4, '0')}${day.slice(4)}`
  return Number.isNaN(startOfDay(earlier)) ? `${earlier.slice(0, 8)}28` : earlier
}
