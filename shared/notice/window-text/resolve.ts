import { dateInMonth, dayNumber, nearestDay, partsOf, weekdayOf } from './calendar'
import type { Point } from './points'
import type { WrittenDay } from './tokens'

/** What a day that leaves something out leans on. */
export interface Leaning {
  published: number | null
  /** The day that was named before. */
  named: number | null
}

export interface ResolvedDay {
  day: number
  doubt: string[]
}

/** A plan speaks of days to come; a report may look back so far. */
const BACK_DAYS = 10
const HALF_YEAR = 182

function dateAlone(date: number, { published, named }: Leaning): ResolvedDay | null {
  if (named !== null) {
    const months = date < partsOf(named).date ? 1 : 0
    const day = dateInMonth(named, months, date)
    return day === null ? null : { day, doubt: [] }
  }
  if (published === null) return null
  const here = dateInMonth(published, 0, date)
  const day = here !== null && here >= published - BACK_DAYS ? here : dateInMonth(published, 1, date)
  return day === null ? null : { day, doubt: ['month_assumed'] }
}

/** Without a year: the one that puts it nearest; behind a named day it is not far before it. */
function monthDay(month: number, date: number, { published, named }: Leaning): number | null {
  const near = named ?? published
  if (near === null) return null
  const day = nearestDay(month, date, near)
  return day === null || Math.abs(day - near) > HALF_YEAR + 2 ? null : day
}

function weekDay(weeks: number | null, weekday: number, { published, named }: Leaning): number | null {
  const from = weeks === null ? (named ?? published) : published
  if (from === null) return null
  if (weeks === null) return from + ((weekday - weekdayOf(from) + 7) % 7)
  const monday = from - ((weekdayOf(from) + 6) % 7)
  return monday + weeks * 7 + ((weekday + 6) % 7)
}

function plainDay(written: Exclude<WrittenDay, { form: 'date' }>, leaning: Leaning): number | null {
  const { published, named } = leaning
  switch (written.form) {
    case 'full':
      return dayNumber(written.year, written.month, written.date)
    case 'year_shift':
      return published === null ? null : dayNumber(partsOf(published).year + written.years, written.month, written.date)
    case 'month':
      return monthDay(written.month, written.date, leaning)
    case 'month_shift':
      return published === null ? null : dateInMonth(published, written.months, written.date)
    case 'shift': {
      const from = written.from === 'named' ? named : published
      return from === null ? null : from + written.days
    }
    case 'week':
      return weekDay(written.weeks, written.weekday, leaning)
  }
}

/** The day of a point; null when the calendar has none, or the text does not say. A weekday beside it must agree. */
export function resolveDay({ day: written, weekday }: Point, leaning: Leaning): ResolvedDay | null {
  if (written === null) return leaning.named === null ? null : { day: leaning.named, doubt: [] }
  const plain = written.form === 'date' ? dateAlone(written.date, leaning) : plainDay(written, leaning)
  const found = typeof plain === 'number' ? { day: plain, doubt: [] } : plain
  if (found === null) return null
  const contradicts = weekday !== null && weekdayOf(found.day) !== weekday
  return contradicts ? { ...found, doubt: [...found.doubt, 'weekday'] } : found
}
