import { toHalfWidth } from '../../invoice/half-width'

/** No notice is longer; what follows is an attack or a whole site. */
const LONGEST = 20_000

const DASHES = /[\u2010-\u2015\u2500\u2501\ufe63]/g
const TILDES = /[\u301c\u223c\u02dc]/g

const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  '○': 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}

/** Two days or months are a number of them, not a date. Bounded, or a long run of numerals would be read again from each of them. */
const NUMERAL =
  /(周|星期|礼拜)?([零〇○一二三四五六七八九十廿卅]{1,12}|两(?=[时点分小个]))(?=年|月|日|号|时|点|分|刻|小时|个小时|天)/g

/** 二十八 → 28, 二〇二六 → 2026, 廿八 → 28. */
export function chineseNumber(text: string): number {
  const tens = text.replace('廿', '二十').replace('卅', '三十')
  const [before = '', after] = tens.split('十')
  if (after !== undefined) return (before === '' ? 1 : (DIGITS[before] ?? 0)) * 10 + (DIGITS[after] ?? 0)
  return Array.from(tens).reduce((sum, digit) => sum * 10 + (DIGITS[digit] ?? 0), 0)
}

function withFigures(line: string): string {
  return line.replace(NUMERAL, (_whole, week: string | undefined, numeral: string) => {
    // 星期六十八时: the first numeral is the weekday's.
    if (week === undefined) return String(chineseNumber(numeral))
    const rest = numeral.slice(1)
    return `${week}${numeral.charAt(0)}${rest === '' ? '' : chineseNumber(rest)}`
  })
}

/** Without the spaces that only set type: those between two figures part a day from its hour. */
function closedUp(line: string): string {
  return line.replace(/ +/g, (_spaces, at: number) => (/[\d.][ ]+\d/.test(line.slice(at - 1, at + 3)) ? ' ' : ''))
}

/**
 * A notice as the rest reads it: lines, half-width figures and punctuation, one kind of dash and tilde, figures for Chinese
 * numerals where they are a date or a time, no spaces but between figures.
 */
export function plainText(text: string): string {
  return text
    .slice(0, LONGEST)
    .split(/\r\n?|[\n\u2028\u2029\u0085]/)
    .map(line =>
      toHalfWidth(line)
        .replace(DASHES, '-')
        .replace(TILDES, '~')
        .replace(/\u2236/g, ':')
        .replace(/｡/g, '。'),
    )
    .map(line => withFigures(closedUp(line.replace(/ +/g, ' '))))
    .filter(line => line !== '')
    .join('\n')
}
