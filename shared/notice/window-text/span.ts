import { instantOf } from './calendar'
import { endMinutesOf, minutesOf } from './clock-words'
import type { Point } from './points'
import { type Leaning, type ResolvedDay, resolveDay } from './resolve'

/** A stretch of time that the words name. */
export interface Span {
  startsAt: number
  endsAt: number | null
  doubt: string[]
  /** Whole days only: less than hours told elsewhere. */
  dayOnly: boolean
  /** Day of its start as named: what follows leans on it. */
  named: number
}

const DAY_MINUTES = 1440
const LONGEST_MS = 31 * 86_400_000
const FAR_DAYS = 200

const isNow = ({ day, clock }: Point) =>
  clock === null && day?.form === 'shift' && day.from === 'published' && day.days === 0

function startMinutes(point: Point, end: Point): { minutes: number; doubt: string[] } {
  if (point.clock !== null) {
    const { minutes, unclear } = minutesOf(point.clock)
    return { minutes, doubt: unclear ? ['hour_unclear'] : [] }
  }
  if (isNow(point)) return { minutes: 0, doubt: ['from_publication'] }
  return { minutes: 0, doubt: end.clock === null ? [] : ['start_of_day_assumed'] }
}

function endMinutes(start: Point, end: Point, sameDay: boolean): { minutes: number; doubt: string[] } {
  if (end.clock === null) {
    return { minutes: DAY_MINUTES, doubt: start.clock === null ? [] : ['end_of_day_assumed'] }
  }
  const { minutes, unclear } = endMinutesOf(end.clock, start.clock, sameDay)
  return { minutes, doubt: unclear ? ['hour_unclear'] : [] }
}

const unique = (doubt: readonly string[]) => doubt.filter((each, at) => doubt.indexOf(each) === at)

/** Marks what no window should be, and drops an end that lies before its start. */
export function judged(span: Span, published: number | null): Span {
  const doubt = [...span.doubt]
  let { endsAt } = span
  if (endsAt !== null && endsAt <= span.startsAt) {
    doubt.push('reversed')
    endsAt = null
  } else if (endsAt !== null && endsAt - span.startsAt > LONGEST_MS) doubt.push('too_long')
  if (published !== null && Math.abs(span.named - published) > FAR_DAYS) doubt.push('far_from_publication')
  return { ...span, endsAt, doubt: unique(doubt) }
}

/** From one moment to another. Null when one of them is none. `on` gives the day of a start that names none. */
export function spanOf(start: Point, end: Point, leaning: Leaning, on?: ResolvedDay): Span | null {
  const first = on ?? resolveDay(start, leaning)
  if (first === null) return null
  const last = resolveDay(end, { ...leaning, named: first.day })
  if (last === null) return null
  const from = startMinutes(start, end)
  const sameDay = last.day === first.day
  const to = endMinutes(start, end, sameDay)
  const over = end.day === null && to.minutes <= from.minutes
  const doubt = [...first.doubt, ...last.doubt, ...from.doubt, ...to.doubt]
  if (over) doubt.push('next_day_assumed')
  return judged(
    {
      startsAt: instantOf(first.day, from.minutes),
      endsAt: instantOf(last.day + (over ? 1 : 0), to.minutes),
      doubt,
      dayOnly: start.clock === null && end.clock === null,
      named: first.day,
    },
    leaning.published,
  )
}

/** A single moment: an hour of a day, or the first minute of a day. */
export function momentOf(point: Point, leaning: Leaning): Span | null {
  const found = resolveDay(point, leaning)
  if (found === null) return null
  const { minutes, doubt } = startMinutes(point, point)
  const dayOnly = point.clock === null
  const startsAt = instantOf(found.day, minutes)
  return judged(
    { startsAt, endsAt: null, doubt: [...found.doubt, ...doubt], dayOnly, named: found.day },
    leaning.published,
  )
}
