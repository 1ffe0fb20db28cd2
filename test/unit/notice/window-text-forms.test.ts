import { readWindows } from '@shared/notice/window-text'
import fc from 'fast-check'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const AHEAD = 8 * HOUR

interface Moment {
  year: number
  month: number
  date: number
  hour: number
  minute: number
  day: number
}

function inShanghai(ms: number): Moment {
  const at = new Date(ms + AHEAD)
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    date: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    day: Math.floor((ms + AHEAD) / DAY),
  }
}

const two = (value: number) => String(value).padStart(2, '0')
const clock = ({ hour, minute }: Moment) => `${two(hour)}:${two(minute)}`
const hours = ({ hour, minute }: Moment) => `${hour}时${minute === 0 ? '' : `${minute}分`}`
const dayOf = (ms: number) => new Date(ms + AHEAD).toISOString().slice(0, 10)

/** An hour as people say it. */
function spoken({ hour, minute }: Moment): string {
  const rest = minute === 0 ? '' : minute === 30 ? '半' : minute === 15 ? '一刻' : `${minute}分`
  if (hour < 6) return `凌晨${hour}点${rest}`
  if (hour < 12) return `上午${hour}点${rest}`
  if (hour === 12) return `中午12点${rest}`
  if (hour < 18) return `下午${hour - 12}点${rest}`
  return `晚上${hour - 12}点${rest}`
}

const DIGITS = '〇一二三四五六七八九'
function numeral(value: number): string {
  const [tens, ones] = [Math.floor(value / 10), value % 10]
  if (tens === 0) return ones === 0 ? '零' : (DIGITS[ones] ?? '')
  return `${tens === 1 ? '' : DIGITS[tens]}十${ones === 0 ? '' : DIGITS[ones]}`
}
const numerals = ({ month, date, hour, minute }: Moment) =>
  `${numeral(month)}月${numeral(date)}日${numeral(hour)}时${minute === 0 ? '' : `${numeral(minute)}分`}`

const WEEKDAYS = '日一二三四五六'
const weekday = ({ day }: Moment) => WEEKDAYS[(day + 4) % 7]

/** How the end's day is written behind the start's. */
function endDay(start: Moment, end: Moment): string {
  if (end.day === start.day) return ''
  if (end.day === start.day + 1) return '次日'
  return `${end.month}月${end.date}日`
}

type Form = (start: Moment, end: Moment) => string

/** Every form names the same two moments. */
const FORMS: Readonly<Record<string, Form>> = {
  'with both years': (a, b) =>
    `${a.year}年${a.month}月${a.date}日${clock(a)}至${b.year}年${b.month}月${b.date}日${clock(b)}`,
  'without years': (a, b) => `${a.month}月${a.date}日${clock(a)}至${b.month}月${b.date}日${clock(b)}`,
  'with weekdays': (a, b) =>
    `自${a.year}年${a.month}月${a.date}日（星期${weekday(a)}）${hours(a)}起至${b.month}月${b.date}日（周${weekday(b)}）${hours(b)}止`,
  'in figures': (a, b) =>
    `${a.year}-${two(a.month)}-${two(a.date)} ${clock(a)}~${b.year}-${two(b.month)}-${two(b.date)} ${clock(b)}`,
  'with strokes': (a, b) => `${a.year}/${a.month}/${a.date} ${clock(a)} - ${b.year}/${b.month}/${b.date} ${clock(b)}`,
  'as people say it': (a, b) => `${a.month}月${a.date}日${spoken(a)}到${b.month}月${b.date}日${spoken(b)}`,
  'with the next day': (a, b) => `${a.month}月${a.date}日${clock(a)}—${endDay(a, b)}${clock(b)}`,
  'in Chinese numerals': (a, b) => `${numerals(a)}至${numerals(b)}`,
  'with spaces': (a, b) =>
    `${a.year} 年 ${a.month} 月 ${a.date} 日 ${two(a.hour)} : ${two(a.minute)} 至 ${b.month} 月 ${b.date} 日 ${two(b.hour)} : ${two(b.minute)}`,
  'with labels': (a, b) =>
    `开始时间：${a.year}-${two(a.month)}-${two(a.date)} ${clock(a)}\n结束时间：${b.year}-${two(b.month)}-${two(b.date)} ${clock(b)}`,
}

const minute = fc.constantFrom(0, 15, 30, 59)
const lastDays = [
  ['2026-11-30', 'the end of a month of thirty days'],
  ['2026-12-31', 'the end of a year'],
  ['2027-02-28', 'the end of a February'],
  ['2028-02-28', 'the eve of a leap day'],
  ['2028-02-29', 'a leap day'],
  ['2026-11-28', 'a day in a month'],
] as const
const nights = fc.record({
  day: fc.constantFrom(...lastDays.map(([day]) => day)),
  hour: fc.integer({ min: 0, max: 23 }),
  minute,
  length: fc.integer({ min: 1, max: 47 }),
  lengthMinute: minute,
  toldBefore: fc.integer({ min: 0, max: 20 }),
})
const anyWindow = fc.record({
  startsAt: fc
    .integer({ min: 0, max: 4 * 366 * 96 })
    .map(quarters => Date.UTC(2026, 0, 1) - AHEAD + quarters * 15 * 60_000),
  length: fc.integer({ min: 1, max: 20 * 96 }).map(quarters => quarters * 15 * 60_000),
  toldBefore: fc.integer({ min: 0, max: 60 }),
})

function expectReadBack(form: Form, startsAt: number, endsAt: number, published: string) {
  const text = `系统停机维护通知：${form(inShanghai(startsAt), inShanghai(endsAt))}，发票查验平台暂停服务。`
  const { windows } = readWindows(text, published)
  expect({ text, windows: windows.map(window => [window.startsAt, window.endsAt, window.doubt]) }).toEqual({
    text,
    windows: [[startsAt, endsAt, []]],
  })
}

describe.each(Object.entries(FORMS))('a window written %s', (_, form) => {
  it('is read back exactly around midnight, month ends, the year end and leap days', () => {
    fc.assert(
      fc.property(nights, ({ day, hour, minute, length, lengthMinute, toldBefore }) => {
        const startsAt = Date.parse(`${day}T00:00:00+08:00`) + hour * HOUR + minute * 60_000
        const endsAt = startsAt + length * HOUR + lengthMinute * 60_000
        expectReadBack(form, startsAt, endsAt, dayOf(startsAt - toldBefore * DAY))
      }),
      { numRuns: 300 },
    )
  })

  it('is read back exactly on any day', () => {
    fc.assert(
      fc.property(anyWindow, ({ startsAt, length, toldBefore }) => {
        expectReadBack(form, startsAt, startsAt + length, dayOf(startsAt - toldBefore * DAY))
      }),
      { numRuns: 200 },
    )
  })
})

const WORDS = [
  ...'年月日时点分至到起止、，。；：（）()①②—~-: \n零一二三十半刻周六次晚凌晨0123456789',
  '11月28日',
  '18:00',
  '停机维护',
  '推迟至',
  '每日',
  '即日起',
  '预计恢复',
  '2026年',
  '已恢复',
  '原定',
]
const wordSalad = fc.array(fc.constantFrom(...WORDS), { maxLength: 60 }).map(words => words.join(''))

const fullWidth = (text: string) =>
  text.replace(/[!-~]/g, character => String.fromCharCode(character.charCodeAt(0) + 0xfee0)).replace(/ /g, '\u3000')

describe('any text', () => {
  it('is read without a fault, whatever it and the day of publication are', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), wordSalad),
        fc.oneof(fc.string(), fc.constant('2026-11-22')),
        (text, day) => {
          for (const window of readWindows(text, day).windows) {
            expect(Number.isFinite(window.startsAt)).toBe(true)
            expect(window.endsAt === null || window.endsAt > window.startsAt).toBe(true)
          }
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('says the same in full-width characters', () => {
    fc.assert(
      fc.property(wordSalad, text => {
        expect(readWindows(fullWidth(text), '2026-11-22')).toEqual(readWindows(text, '2026-11-22'))
      }),
      { numRuns: 1000 },
    )
  })

  it('is read in a moment, however long and repetitive it is', () => {
    const started = performance.now()
    for (const piece of [
      '11月28日',
      '1',
      '停机至',
      '(',
      '、11月28日、',
      '每日22:00至',
      '如有',
      '由',
      ' \t',
      '①',
      '原定受',
    ]) {
      readWindows(`停机维护${piece.repeat(400_000 / piece.length)}`, '2026-11-22')
    }
    expect(performance.now() - started).toBeLessThan(5000)
  })
})
