import type { FieldType } from '@shared/notice/field-type'

/** What stands in a field: words, or one or two moments in ms. */
export type FieldValue = string | { from: number; to: number | null }

const SHANGHAI_MS = 8 * 3_600_000
const two = (value: number) => String(value).padStart(2, '0')

interface Moment {
  year: number
  month: number
  day: number
  clock: string
}

function momentOf(at: number): Moment {
  const local = new Date(at + SHANGHAI_MS)
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    clock: `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`,
  }
}

const isSameDay = (one: Moment, other: Moment) =>
  one.year === other.year && one.month === other.month && one.day === other.day

const full = ({ year, month, day, clock }: Moment) => `${year}年${month}月${day}日 ${clock}`

/** WeChat's own form, both ends in full: a short second end is documented nowhere. */
function timeText({ from, to }: { from: number; to: number | null }): string {
  const start = full(momentOf(from))
  return to === null ? start : `${start}~${full(momentOf(to))}`
}

/** At most 20 characters; a window that cannot be said in them is told by its start, and its page says the rest. */
function windowWords({ from, to }: { from: number; to: number | null }): string {
  const [start, end] = [momentOf(from), momentOf(to ?? from)]
  const dayOf = ({ month, day }: Moment) => `${month}月${day}日`
  const first = `${dayOf(start)}${start.clock}`
  if (to === null) return `${first}起`
  if (isSameDay(start, end)) return `${first}至${end.clock}`
  const isSameMonth = start.month === end.month && start.year === end.year
  const whole = `${first}至${isSameMonth ? `${end.day}日` : dayOf(end)}${end.clock}`
  return whole.length <= THING ? whole : `${first}起`
}

function windowSigns({ from, to }: { from: number; to: number | null }): string {
  const short = ({ month, day, clock }: Moment) => `${two(month)}-${two(day)}/${clock}`
  return to === null ? short(momentOf(from)) : `${short(momentOf(from))}~${short(momentOf(to))}`
}

const THING = 20
const SURROGATE_HEAD = /[\uD800-\uDBFF]$/

/** Counted in UTF-16 units, the strictest way to count; a sign of two units is not cut in the middle. */
function cut(text: string, length: number, mark = ''): string {
  if (text.length <= length) return text
  return (
    text
      .slice(0, length - mark.length)
      .replace(SURROGATE_HEAD, '')
      .trimEnd() + mark
  )
}

/** One line without control, format or unpaired characters. */
const clean = (text: string) => text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Z}]+/gu, ' ').trim()

const only = (text: string, allowed: RegExp) => (text.match(allowed) ?? []).join('')
/** The first block of Han characters: what lies beyond it, phones and WeChat may not know. */
const BASIC_HAN = /[\u4E00-\u9FA5]/g
const figure = (text: string) => /\d{1,10}(?:\.\d{1,2})?/.exec(text)?.[0] ?? '0'

type Fit = (text: string) => string

/** Each gives a value that WeChat takes, whatever the text; what cannot be said in a type becomes its plainest value. */
const FITS: Readonly<Record<FieldType, Fit>> = {
  thing: text => cut(text, THING, '…') || '通知',
  number: figure,
  letter: text => cut(only(text, /[A-Za-z]/g), 32) || 'notice',
  symbol: text => cut(only(text, /[!-/:-@[-`{-~]/g), 5) || '!',
  character_string: text => cut(only(text, /[!-~]/g), 32) || '-',
  phrase: text => cut(only(text, BASIC_HAN), 5) || '有更新',
  time: text => text,
  date: text => text,
  amount: text => `¥${figure(text)}`,
  phone_number: text => cut(only(text, /[\d+-]/g), 17) || '0',
  car_number: text => cut(only(text, /[A-Z0-9]/g), 8) || '0',
  name: text => cut(only(text, BASIC_HAN), 10) || cut(only(text, /[A-Za-z]/g), 20) || '验票',
}

/** A value that WeChat takes in a field of the type; `now` stands in a time field that is given words. */
export function fitField(type: FieldType, value: FieldValue, now: number): string {
  if (type === 'time' || type === 'date') return timeText(typeof value === 'string' ? { from: now, to: null } : value)
  if (typeof value === 'string') return FITS[type](clean(value))
  if (type === 'thing') return windowWords(value)
  return FITS[type](windowSigns(value))
}

/** A title with something at its end that must not be cut off. */
export function fitTitle(title: string, end: string): string {
  return `${cut(clean(title), THING - end.length, '…')}${end}`
}
