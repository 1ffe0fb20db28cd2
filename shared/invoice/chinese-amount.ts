import { withoutSpaces } from './half-width'
import type { Parsed } from './parsed'

/**
 * 大写金额. Printed forms vary (圆 or 元, 零 before 角 or not, 整 after 角 or not, ⊗ in front), so texts are never compared:
 * they are read into fen [domain reference § 4.4].
 */
const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  壹: 1,
  一: 1,
  贰: 2,
  貳: 2,
  二: 2,
  两: 2,
  叁: 3,
  參: 3,
  三: 3,
  肆: 4,
  四: 4,
  伍: 5,
  五: 5,
  陆: 6,
  陸: 6,
  六: 6,
  柒: 7,
  七: 7,
  捌: 8,
  八: 8,
  玖: 9,
  九: 9,
}
const UNITS: Readonly<Record<string, number>> = { 拾: 10, 十: 10, 佰: 100, 百: 100, 仟: 1000, 千: 1000 }
const SECTIONS: Readonly<Record<string, number>> = { 万: 10_000, 萬: 10_000, 亿: 100_000_000, 億: 100_000_000 }

const WHOLE = /^(.*?)(?:[元圆圓](.*))?$/
const MAX_YUAN = 99_999_999_999

/** Below ten thousand: units must fall. Null when they do not. */
function readSection(text: string): number | null {
  let value = 0
  let digit: number | null = null
  let lastUnit = 10_000
  for (const character of text) {
    const unit = UNITS[character]
    if (unit === undefined) {
      const next = DIGITS[character]
      if (next === undefined || (digit !== null && digit !== 0)) return null
      digit = next
      continue
    }
    if (unit >= lastUnit || (!digit && !(unit === 10 && value === 0))) return null
    value += (digit || 1) * unit
    digit = null
    lastUnit = unit
  }
  return value + (digit ?? 0)
}

function readYuan(text: string): number | null {
  let total = 0
  let rest = ''
  for (const character of text) {
    const factor = SECTIONS[character]
    if (factor === undefined) {
      rest += character
      continue
    }
    const section = readSection(rest)
    if (section === null) return null
    total = factor > 10_000 ? (total + section) * factor : total + section * factor
    rest = ''
  }
  const last = readSection(rest)
  return last === null ? null : total + last
}

const FRACTION =
  /^零?(?:([壹一贰貳二两叁參三肆四伍五陆陸六柒七捌八玖九零〇])角)?零?(?:([壹一贰貳二两叁參三肆四伍五陆陸六柒七捌八玖九零〇])分)?[整正]?$/

/** Reads an amount in words into integer fen; `负` or `(负数)` in front makes it negative. */
export function parseChineseAmount(text: string): Parsed<number> {
  const plain = withoutSpaces(text).replace(/^(?:人民币)?[⊗ⓧ⦻×:]*(?:人民币)?/, '')
  if (plain === '') return { ok: false, reason: 'length' }
  const [, minus, body = ''] = /^(\(负数\)|负数|负|負)?(.*)$/.exec(plain) ?? []
  const hasYuan = /[元圆圓]/.test(body)
  const [, yuanText = '', after = ''] = hasYuan ? (WHOLE.exec(body) ?? []) : [body, '', body]
  const [fractionOk, jiao, fen] = FRACTION.exec(after) ?? [null]
  const yuan = yuanText === '' ? 0 : readYuan(yuanText)
  const empty = yuanText === '' && jiao === undefined && fen === undefined
  if (fractionOk === null || yuan === null || yuan > MAX_YUAN || empty) return { ok: false, reason: 'format' }
  const value = yuan * 100 + (DIGITS[jiao ?? '零'] ?? 0) * 10 + (DIGITS[fen ?? '零'] ?? 0)
  return { ok: true, value: minus !== undefined && value !== 0 ? -value : value }
}

const WORDS = '零壹贰叁肆伍陆柒捌玖'
const PLACES = ['', '拾', '佰', '仟']

function writeSection(section: number): string {
  let out = ''
  let gap = false
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(section / 10 ** place) % 10
    if (digit === 0) gap = out !== ''
    else {
      out += (gap ? '零' : '') + WORDS.charAt(digit) + (PLACES[place] ?? '')
      gap = false
    }
  }
  return out
}

function writeYuan(yuan: number): string {
  const sections = [
    { value: Math.floor(yuan / 100_000_000), unit: '亿' },
    { value: Math.floor(yuan / 10_000) % 10_000, unit: '万' },
    { value: yuan % 10_000, unit: '' },
  ]
  let out = ''
  for (const { value, unit } of sections) {
    if (value === 0) continue
    const gap = out !== '' && value < 1000
    out += (gap ? '零' : '') + writeSection(value) + unit
  }
  return out
}

/** The amount in words of integer fen, as invoices print it: 壹仟贰佰捌拾捌圆陆角整. Up to 11 digits of yuan. */
export function formatChineseAmount(fen: number): string {
  const all = Math.abs(fen)
  const [yuan, jiao, cent] = [Math.floor(all / 100), Math.floor(all / 10) % 10, all % 10]
  const whole = yuan === 0 ? '' : `${writeYuan(yuan)}圆`
  const tenths = jiao > 0 ? `${WORDS.charAt(jiao)}角` : cent > 0 && yuan > 0 ? '零' : ''
  const text = `${whole}${tenths}${cent > 0 ? `${WORDS.charAt(cent)}分` : '整'}`
  return `${fen < 0 ? '负' : ''}${all === 0 ? '零圆整' : text}`
}
