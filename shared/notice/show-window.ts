import { type ShanghaiClock, shanghaiClock } from './instant'

/** How a language writes days and windows; `{name}` places are filled. */
export interface WindowWords {
  day: string
  dayOfYear: string
  /** January first; Chinese says the number. */
  months: readonly string[]
  /** Sunday first. */
  weekdays: readonly string[]
  yesterday: string
  today: string
  tomorrow: string
  /** `{day} {time}` in one. */
  at: string
  /** From one instant to another, with the zone. */
  window: string
  /** The end is not known. */
  open: string
  /** What has no place in the calendar. */
  unknown: string
  zone: string
  withZone: string
}

const DAY_MS = 86_400_000
const two = (n: number) => String(n).padStart(2, '0')

/** Texts of tables only: what is filled in is never filled again. */
function put(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

const dayNumber = ({ year, month, date }: ShanghaiClock) => Date.UTC(year, month - 1, date) / DAY_MS

function dayWords(clock: ShanghaiClock, words: WindowWords, today: ShanghaiClock | null): string {
  const { year, month, date, weekday } = clock
  const far = today === null ? null : dayNumber(clock) - dayNumber(today)
  if (far === 0) return words.today
  if (far === 1) return words.tomorrow
  if (far === -1) return words.yesterday
  const values = {
    y: year,
    m: month,
    d: date,
    month: words.months[month - 1] ?? month,
    w: words.weekdays[weekday] ?? '',
  }
  return put(today?.year === year ? words.day : words.dayOfYear, values)
}

const timeWords = ({ hours, minutes }: ShanghaiClock) => `${two(hours)}:${two(minutes)}`

/**
 * An instant, ms, as calendar and clock say it in Asia/Shanghai; with `now` today is called today and this year left out. Never
 * throws: what is no instant has words of its own. The zone's name is added by `withZone` or stands beside it.
 */
export function showTime(at: number, words: WindowWords, now?: number): string {
  const clock = shanghaiClock(at)
  if (clock === null) return words.unknown
  const today = now === undefined ? null : shanghaiClock(now)
  return put(words.at, { day: dayWords(clock, words, today), time: timeWords(clock) })
}

/** An instant with the zone's name. */
export function showTimeInZone(at: number, words: WindowWords, now?: number): string {
  return put(words.withZone, { time: showTime(at, words, now), zone: words.zone })
}

/** A window with the zone's name; its end says the day only when that is another. Times in ms, `endsAt` null: not known. */
export function showWindow(startsAt: number, endsAt: number | null, words: WindowWords, now?: number): string {
  const [start, end] = [shanghaiClock(startsAt), endsAt === null ? null : shanghaiClock(endsAt)]
  const from = showTime(startsAt, words, now)
  if (endsAt === null || end === null) return put(words.open, { from, zone: words.zone })
  const sameDay = start !== null && dayNumber(start) === dayNumber(end)
  return put(words.window, { from, to: sameDay ? timeWords(end) : showTime(endsAt, words, now), zone: words.zone })
}
