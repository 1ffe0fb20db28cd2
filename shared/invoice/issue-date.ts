import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc'
import { toHalfWidth } from './half-width'
import type { Parsed } from './parsed'

dayjs.extend(utc)

/** Asia/Shanghai has had no summer time since 1991: a day there is a day of UTC, eight hours later. */
const SHANGHAI_AHEAD_MS = 8 * 3_600_000
const DAY_MS = 86_400_000

/** The tax side keeps five years [domain reference § 4.5]; its own edge is not confirmed, so the edge day is asked. */
const CHECKABLE_YEARS = 5
const NEAR_EDGE_DAYS = 31

/** `YYYY-MM-DD` in Asia/Shanghai of an instant in milliseconds. */
export function shanghaiDay(instantMs: number): string {
  return dayjs.utc(instantMs + SHANGHAI_AHEAD_MS).format('YYYY-MM-DD')
}

/** The first instant of the next day in Asia/Shanghai, in milliseconds: when the tries of a day are given back. */
export function nextShanghaiMidnight(instantMs: number): number {
  return Math.floor((instantMs + SHANGHAI_AHEAD_MS) / DAY_MS + 1) * DAY_MS - SHANGHAI_AHEAD_MS
}

/** Whole days from one day to another, both `YYYY-MM-DD`; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return dayjs.utc(to).diff(dayjs.utc(from), 'day')
}

function dayOf(year: string, month: string, day: string): string | null {
  const [y, m, d] = [Number(year), Number(month), Number(day)]
  if (y < 1900 || m < 1 || m > 12 || d < 1 || d > 31) return null
  const at = new Date(Date.UTC(y, m - 1, d))
  if (at.getUTCMonth() !== m - 1) return null
  return at.toISOString().slice(0, 10)
}

const TIME = String.raw`(?:[ T]*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?`
const WRITTEN = new RegExp(String.raw`^(\d{4}) ?[-/.] ?(\d{1,2}) ?[-/.] ?(\d{1,2})${TIME}$`)
const CHINESE = new RegExp(String.raw`^(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日?${TIME}$`)
const COMPACT = /^(\d{4}) ?(\d{2}) ?(\d{2})(?:\d{6})?$/
const WITH_ZONE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/

/**
 * Reads a 开票日期 in any form seen on invoices, in files and in links: `20200723`, `20230915140931`, `2020-07-23`,
 * `2020/7/3`, `2020年07月23日`, `2024-05-28 10:11:12`, full-width digits; an instant with a zone gives its day in
 * Asia/Shanghai. Value: `YYYY-MM-DD`. A day that is not in the calendar has no value: `format`.
 */
export function parseIssueDate(text: string): Parsed<string> {
  const plain = toHalfWidth(text)
  if (plain === '') return { ok: false, reason: 'length' }
  if (WITH_ZONE.test(plain)) {
    const instant = Date.parse(plain)
    if (Number.isNaN(instant) || dayOf(plain.slice(0, 4), plain.slice(5, 7), plain.slice(8, 10)) === null) {
      return { ok: false, reason: 'format' }
    }
    return { ok: true, value: shanghaiDay(instant) }
  }
  const [, year, month, day] = WRITTEN.exec(plain) ?? CHINESE.exec(plain) ?? COMPACT.exec(plain) ?? []
  const value = year && month && day ? dayOf(year, month, day) : null
  return value === null ? { ok: false, reason: 'format' } : { ok: true, value }
}

export type DateWindow = 'future' | 'same_day' | 'ok' | 'near_edge' | 'edge' | 'too_old'

/**
 * Where an issue date stands against today, both `YYYY-MM-DD` in Asia/Shanghai. `near_edge` has a month left, `edge` is the
 * day exactly five years ago (the provider decides), `too_old` cannot be checked any more.
 */
export function dateWindow(issueDate: string, today: string): DateWindow {
  if (issueDate > today) return 'future'
  if (issueDate === today) return 'same_day'
  const edge = dayjs.utc(today).subtract(CHECKABLE_YEARS, 'year').format('YYYY-MM-DD')
  if (issueDate < edge) return 'too_old'
  if (issueDate === edge) return 'edge'
  return daysBetween(edge, issueDate) <= NEAR_EDGE_DAYS ? 'near_edge' : 'ok'
}
