import { type Clock, PART_WORDS, type PartOfDay, partOfDay } from './clock-words'
import { chineseNumber } from './plain-text'

/** A day as it is written. */
export type WrittenDay =
  | { form: 'full'; year: number; month: number; date: number }
  | { form: 'year_shift'; years: number; month: number; date: number }
  | { form: 'month'; month: number; date: number }
  | { form: 'month_shift'; months: number; date: number }
  | { form: 'date'; date: number }
  /** So many days after the day that was named before, or after the day of publication. */
  | { form: 'shift'; from: 'named' | 'published'; days: number }
  | { form: 'week'; weeks: number | null; weekday: number }

export interface DayToken {
  kind: 'day'
  at: number
  end: number
  day: WrittenDay
  /** As printed beside it; 0 is Sunday. */
  weekday: number | null
  /** 今晚 and 次晨 say both. */
  part: PartOfDay | null
}

export interface TimeToken {
  kind: 'time'
  at: number
  end: number
  clock: Clock
  /** An hour whose 时 stands only behind the next one, as in 18-24时: a time only behind its day. */
  bare: boolean
}

export type Token = DayToken | TimeToken

const START = /[\d次翌第隔转当同今明后昨即现本下这上周星礼凌清早晨午中正傍晚夜深半子]/g
const AHEAD = '(?=(?:-|~|至|到|、|和|及)(?:\\d{1,2}月)?\\d{1,2}[日号])'
const MONTH_DAY = new RegExp(`(?:(\\d{4})年度?|([今本明])年)?(\\d{1,2})月份?(\\d{1,2})(?:日|号|${AHEAD})`, 'y')
const NUMERIC = /(\d{4})([-/.]) ?(\d{1,2})\2 ?(\d{1,2})(?!\d)日?T?/y
const SHORT = /(\d{1,2})[-/](\d{1,2})(?= \d{1,2}:\d\d)/y
const IN_MONTH = /(本月|当月|下月|次月)(\d{1,2})(?:日|号)/y
const DATE = new RegExp(
  `(\\d{1,2})(?:日(?!内|常|间)|号(?=${PART_WORDS}|\\d{1,2}[:时点]|[-至到])|(?=(?:-|~|至|到|、)\\d{1,2}日))`,
  'y',
)
const SHIFTS =
  /(次日|翌日|翌晨|第2[天日]|第二天|隔[日天]|转天|次晨|当[日天]|同日|同一天|当晚|今[日天晚早晨]|明[日天晚早晨]|后[天日](?!期)|昨[日天晚]|即[日时刻])/y
const WEEK = /(本|这|下|上)?(?:周|星期|礼拜)([一二三四五六日天])/y
const WEEKDAY_IN = /,?\([^()\d\n]{0,6}?(?:周|星期|礼拜)([一二三四五六日天])[^()\n]{0,10}\)/y
const WEEKDAY_BESIDE = /,?(?:周|星期|礼拜)([一二三四五六日天])/y
const REMARK = /\([^()\d\n]{1,12}\)/y
const HOUR = new RegExp(
  `(${PART_WORDS})?的?(\\d{1,2})(?::(\\d{2})(?::\\d{2})?[时分]?|[时点](?![间候段效限代期常击评])(?:整|钟|正)?(?:(半)|([13])刻|(\\d{1,2})(?:分|(?![\\d日月号:时点年]))|(?:)))`,
  'y',
)
const BARE_HOUR = new RegExp(
  `(${PART_WORDS})?(\\d{1,2})(?=(?:-|~|至|到)(?:次日|翌日|第2天|当日)?(?:${PART_WORDS})?\\d{1,2}[时点])`,
  'y',
)
const ZONE = /(?:\.\d+)?(?:\+08:?00)/y

const SHIFT_OF: readonly [RegExp, 'named' | 'published', number][] = [
  [/^(次|翌|第2|第二|隔|转)/, 'named', 1],
  [/^(当|同)/, 'named', 0],
  [/^(今|即)/, 'published', 0],
  [/^明/, 'published', 1],
  [/^后/, 'published', 2],
  [/^昨/, 'published', -1],
]
const WEEKS: Readonly<Record<string, number>> = { 本: 0, 这: 0, 下: 1, 上: -1 }
const YEARS: Readonly<Record<string, number>> = { 今: 0, 本: 0, 明: 1 }

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

const weekdayNumber = (word: string | undefined) => (word === undefined ? null : chineseNumber(word) % 7)

/** A day of figures at a place, without what stands behind it. */
function writtenDay(text: string, at: number): { day: WrittenDay; end: number } | null {
  const before = text.charAt(at - 1)
  if (/[\d第]/.test(before)) return null
  return monthDay(text, at) ?? numericDay(text, at) ?? (afterFigure(text, at) ? null : dateAlone(text, at))
}

/** Part of a figure with a point, a colon or a stroke, not the start of something. */
const afterFigure = (text: string, at: number) => /\d[.:/]$/.test(text.slice(Math.max(0, at - 2), at))

function monthDay(text: string, at: number): { day: WrittenDay; end: number } | null {
  const inMonth = match(IN_MONTH, text, at)
  if (inMonth) {
    const months = /^[本当]/.test(inMonth[1] ?? '') ? 0 : 1
    return { day: { form: 'month_shift', months, date: Number(inMonth[2]) }, end: at + inMonth[0].length }
  }
  const found = match(MONTH_DAY, text, at)
  if (!found) return null
  const [whole, year, word, month, date] = found
  const rest = { month: Number(month), date: Number(date) }
  const end = at + whole.length
  if (year !== undefined) return { day: { form: 'full', year: Number(year), ...rest }, end }
  if (word !== undefined) return { day: { form: 'year_shift', years: YEARS[word] ?? 0, ...rest }, end }
  return { day: { form: 'month', ...rest }, end }
}

function numericDay(text: string, at: number): { day: WrittenDay; end: number } | null {
  const full = match(NUMERIC, text, at)
  if (full) {
    const [whole, year, , month, date] = full
    return {
      day: { form: 'full', year: Number(year), month: Number(month), date: Number(date) },
      end: at + whole.length,
    }
  }
  const short = afterFigure(text, at) ? null : match(SHORT, text, at)
  if (!short) return null
  return { day: { form: 'month', month: Number(short[1]), date: Number(short[2]) }, end: at + short[0].length }
}

function dateAlone(text: string, at: number): { day: WrittenDay; end: number } | null {
  const found = match(DATE, text, at)
  return found && { day: { form: 'date', date: Number(found[1]) }, end: at + found[0].length }
}

/** The weekday and remarks behind a day. */
function annotated(text: string, day: WrittenDay, at: number, end: number): DayToken {
  const weekday = match(WEEKDAY_IN, text, end) ?? match(WEEKDAY_BESIDE, text, end)
  const past = weekday ?? match(REMARK, text, end)
  return {
    kind: 'day',
    at,
    end: end + (past?.[0].length ?? 0),
    day,
    weekday: weekdayNumber(weekday?.[1]),
    part: null,
  }
}

function shiftWord(text: string, at: number): DayToken | null {
  const found = match(SHIFTS, text, at)
  if (!found) return null
  const word = found[0]
  const [, from = 'named', days = 0] = SHIFT_OF.find(([pattern]) => pattern.test(word)) ?? []
  const part = partOfDay(/[晚早晨]$/.exec(word)?.[0])
  const token = annotated(text, { form: 'shift', from, days }, at, at + word.length)
  return { ...token, part }
}

function weekWord(text: string, at: number): DayToken | null {
  const found = match(WEEK, text, at)
  if (!found) return null
  const [whole, week, name] = found
  const weekday = weekdayNumber(name) ?? 0
  const end = at + whole.length
  const open = text.charAt(end) === '(' ? end + 1 : end
  const dated = writtenDay(text, open)
  if (dated && dated.day.form !== 'date') {
    const close = open > end && text.charAt(dated.end) === ')' ? dated.end + 1 : dated.end
    return { kind: 'day', at, end: close, day: dated.day, weekday, part: null }
  }
  const weeks = week === undefined ? null : (WEEKS[week] ?? 0)
  return { kind: 'day', at, end, day: { form: 'week', weeks, weekday }, weekday: null, part: null }
}

function minuteOf(colon?: string, half?: string, quarters?: string, written?: string): number {
  if (half !== undefined) return 30
  if (quarters !== undefined) return Number(quarters) * 15
  return Number(colon ?? written ?? 0)
}

function timeAt(text: string, at: number): TimeToken | null {
  if (/\d$|\d:$/.test(text.slice(Math.max(0, at - 2), at))) return null
  const full = match(HOUR, text, at)
  const found = full ?? match(BARE_HOUR, text, at)
  if (!found) return null
  const [whole, part, hourText] = found
  const hour = Number(hourText)
  const minute = full ? minuteOf(full[3], full[4], full[5], full[6]) : 0
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return null
  const zone = match(ZONE, text, at + whole.length)
  const end = at + whole.length + (zone?.[0].length ?? 0)
  return { kind: 'time', at, end, clock: { part: partOfDay(part), hour, minute }, bare: full === null }
}

function tokenAt(text: string, at: number): Token | null {
  const dated = writtenDay(text, at)
  if (dated) return annotated(text, dated.day, at, dated.end)
  return timeAt(text, at) ?? shiftWord(text, at) ?? weekWord(text, at)
}

/** A notice names dozens; a text of thousands is none. */
const MOST = 400

/** Every day and every hour of a plain text, in order, 400 at most. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  for (;;) {
    const start = match(START, text, at)
    if (!start || tokens.length >= MOST) return tokens
    const token = tokenAt(text, start.index)
    if (token) tokens.push(token)
    // A number that is no day is passed as a whole: its tail is none either.
    const digits = /^\d+/.exec(text.slice(start.index, start.index + 40))?.[0].length ?? 1
    at = token?.end ?? start.index + digits
  }
}
