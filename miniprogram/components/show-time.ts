/** Asia/Shanghai is UTC+8 without summer time; some phones lack Intl. */
const AHEAD_MS = 8 * 3_600_000

const two = (value: number) => String(value).padStart(2, '0')

/** `2026-11-22 14:03:27` in Asia/Shanghai of an ISO instant; the text itself when it is none. */
export function showInstant(iso: string): string {
  const ms = Date.parse(iso)
  if (Number.isNaN(ms)) return iso
  const at = new Date(ms + AHEAD_MS)
  return `${showDay(at)} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`
}

/** `11-22 14:03`, with the year in front when it is not this one. */
export function showShort(iso: string, nowMs: number): string {
  const full = showInstant(iso)
  const thisYear = new Date(nowMs + AHEAD_MS).getUTCFullYear()
  return full.startsWith(`${thisYear}-`) ? full.slice(5, 16) : full.slice(0, 16)
}

/** `14:03`, with the day in front when it is not today. */
export function showToday(iso: string, nowMs: number): string {
  const short = showShort(iso, nowMs)
  return isToday(iso, nowMs) ? short.slice(-5) : short
}

/** `14:05:30` of the next hour, `18:05` of today, the day in front of any other. */
export function showClock(iso: string, nowMs: number): string {
  const near = isToday(iso, nowMs) && Date.parse(iso) - nowMs < 3_600_000
  return near ? showInstant(iso).slice(11) : showToday(iso, nowMs)
}

function isToday(iso: string, nowMs: number): boolean {
  return showInstant(iso).startsWith(showDay(new Date(nowMs + AHEAD_MS)))
}

function showDay(at: Date): string {
  return `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`
}
