import { readDay } from './calendar'
import { APPROXIMATE, holdsOnEach, type Point, pointsOf, tieOf } from './points'
import { type Leaning, type ResolvedDay, resolveDay } from './resolve'
import { momentOf, type Span, spanOf } from './span'

/** A stretch or a moment and where the text names it. */
export interface Found extends Span {
  at: number
  end: number
  shape: 'stretch' | 'moment' | 'hour'
}

/** Hours below a day's headline belong to it this far. */
const HEADLINE_REACH = 60
const MOST_DAYS = 31
const AT_LINE = /(?:^|[\n,、。;①-⑳])(?:[^,。;\n\d]{0,6}(?:时间|时段)[:为]?|\(?[\d一二三四五六七八九十]{1,2}[.、)]、?)?$/

class Reading {
  readonly found: Found[] = []
  private readonly points: Point[]
  private readonly published: number | null
  /** Day of the last window. */
  private named: number | null = null
  private headline: { day: ResolvedDay; end: number } | null = null

  constructor(
    private readonly text: string,
    publishedDay: string,
  ) {
    this.points = pointsOf(text)
    this.published = readDay(publishedDay)
    for (let index = 0; index < this.points.length; ) index = this.step(index)
  }

  private get leaning(): Leaning {
    return { published: this.published, named: this.named }
  }

  private gap(index: number): string {
    return this.text.slice(this.points[index]?.end ?? 0, this.points[index + 1]?.at ?? 0)
  }

  private ties(index: number): boolean {
    return this.points[index + 1] !== undefined && tieOf(this.gap(index)) === 'to'
  }

  private step(index: number): number {
    const point = this.points[index]
    if (!point) return index + 1
    const past = this.severalDays(index, point)
    if (past !== null) return past
    if (this.ties(index)) return this.range(index, point)
    this.moment(point)
    return index + 1
  }

  private add(span: Span | null, shape: Found['shape'], at: number, end: number) {
    if (span === null) return
    this.found.push({ ...span, shape, at, end })
    if (shape === 'stretch') this.named = span.named
  }

  /** 11月28日、29日每日22:00至次日6:00. Gives where it goes on, null when it is no such list. */
  private severalDays(index: number, first: Point): number | null {
    if (first.day === null || first.clock !== null) return null
    const { days, ranged, last } = this.daysFrom(index, first)
    if (days.at(-1)?.clock) return this.hoursOnEach(days, ranged, last, ranged ? ['each_day_assumed'] : [])
    const each = this.points[last + 1]?.day === null && this.ties(last + 1)
    if (!each || !holdsOnEach(this.gap(last), !ranged)) return null
    return this.hoursOnEach(days, ranged, last + 1, [])
  }

  /** Days tied to each other: listed, or the first and last of a range. The last may have the hours of all beside it. */
  private daysFrom(index: number, first: Point): { days: Point[]; ranged: boolean; last: number } {
    const days = [first]
    let last = index
    for (;;) {
      const tie = tieOf(this.gap(last))
      const next = this.points[last + 1]
      if (!next?.day || (tie !== 'and' && tie !== 'to')) break
      if (next.clock !== null && !this.endsInHours(last + 1)) break
      days.push(next)
      last++
      if (tie === 'to') return { days, ranged: true, last }
      if (next.clock !== null) break
    }
    return { days, ranged: false, last }
  }

  /** Is the hour of a point the start of a stretch of hours that names no day of the calendar? */
  private endsInHours(index: number): boolean {
    const end = this.points[index + 1]
    return this.ties(index) && end?.clock != null && (end.day === null || end.day.form === 'shift')
  }

  private hoursOnEach(days: readonly Point[], ranged: boolean, hours: number, doubt: readonly string[]): number {
    const [start, end] = [this.points[hours], this.points[hours + 1]]
    if (!start || !end) return hours + 1
    const at = days[0]?.at ?? start.at
    for (const day of this.calendarDays(days, ranged)) {
      const on = { day: day.day, doubt: [...day.doubt, ...doubt] }
      this.add(spanOf({ ...start, day: null }, end, this.leaning, on), 'stretch', at, end.end)
    }
    return this.moreHours(hours + 2)
  }

  private calendarDays(days: readonly Point[], ranged: boolean): ResolvedDay[] {
    const resolved: ResolvedDay[] = []
    for (const point of days) {
      const day = resolveDay(point, { published: this.published, named: resolved.at(-1)?.day ?? this.named })
      if (day === null) return []
      resolved.push(day)
    }
    const [first, last] = [resolved[0], resolved.at(-1)]
    if (!ranged || !first || !last) return resolved
    const count = last.day - first.day + 1
    if (count > MOST_DAYS) return []
    return Array.from({ length: Math.max(count, 0) }, (_, more) => ({ day: first.day + more, doubt: first.doubt }))
  }

  private range(index: number, start: Point): number {
    const end = this.points[index + 1]
    if (!end) return index + 1
    const on = start.day === null ? this.dayAbove(start) : undefined
    if (on === null) return index + 2
    const span = spanOf(start, end, this.leaning, on)
    const about = APPROXIMATE.test(this.gap(index)) ? ['approximate'] : []
    this.add(span && { ...span, doubt: [...span.doubt, ...about] }, 'stretch', start.at, end.end)
    return this.moreHours(index + 2)
  }

  /** 、22:00-24:00 behind hours of the same day. */
  private moreHours(index: number): number {
    const [start, end] = [this.points[index], this.points[index + 1]]
    const more = start?.day === null && tieOf(this.gap(index - 1)) === 'and' && this.ties(index)
    if (!start || !end || !more || this.named === null) return index
    this.add(spanOf(start, end, this.leaning, { day: this.named, doubt: [] }), 'stretch', start.at, end.end)
    return this.moreHours(index + 2)
  }

  /** The day of hours that stand without one: of the headline above, or of the window before, at the start of a line or clause. */
  private dayAbove(start: Point): ResolvedDay | null {
    if (this.headline !== null && start.at - this.headline.end <= HEADLINE_REACH) {
      this.headline.end = start.end
      return this.headline.day
    }
    const last = this.found.at(-1)
    const near = last?.shape === 'stretch' && start.at - last.end <= HEADLINE_REACH
    const begins = AT_LINE.test(this.text.slice(Math.max(0, start.at - 20), start.at))
    return near && begins && this.named !== null ? { day: this.named, doubt: [] } : null
  }

  private moment(point: Point) {
    const lean = point.day === null ? { published: this.published, named: this.named ?? this.published } : this.leaning
    const span = momentOf(point, lean)
    if (span === null) return
    if (point.day !== null && point.clock === null) {
      this.headline = { day: { day: span.named, doubt: span.doubt }, end: point.end }
    }
    this.add(span, point.day === null ? 'hour' : 'moment', point.at, point.end)
    // 当日 and 已于16:20 lean on a moment, too.
    if (point.day !== null) this.named = span.named
  }
}

/** Every stretch and moment of a plain text that the calendar has, in order. */
export const foundIn = (text: string, publishedDay: string): Found[] => new Reading(text, publishedDay).found
