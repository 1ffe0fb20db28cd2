import { withoutSpaces } from './half-width'

export type MoneyRefusal = 'format' | 'decimals' | 'too_large'
export type ParsedMoney = { ok: true; value: number } | { ok: false; reason: MoneyRefusal }

/** Eleven digits of yuan is the widest amount of the national platform [domain reference § 1.4]; safe as integer fen. */
const MAX_YUAN_DIGITS = 11

const AMOUNT = /^([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/

/**
 * Reads an amount of yuan into integer fen. Accepts ¥ or RMB in front (a minus on either side of it), 元 behind, thousands
 * separators, full-width characters; refuses exponents, a third decimal (`decimals`) and more than 11 digits (`too_large`).
 */
export function parseMoney(text: string): ParsedMoney {
  const plain = withoutSpaces(text)
    .replace(/^([+-]?)(?:¥|RMB|CNY|人民币)([+-]?)/i, '$1$2')
    .replace(/[元圆]整?$/, '')
  const [, sign, whole, fraction = ''] = AMOUNT.exec(plain) ?? []
  if (whole === undefined) return { ok: false, reason: 'format' }
  const yuan = whole.replace(/,/g, '').replace(/^0+(?=\d)/, '')
  if (yuan.length > MAX_YUAN_DIGITS) return { ok: false, reason: 'too_large' }
  if (fraction.length > 2) return { ok: false, reason: 'decimals' }
  const fen = Number(yuan) * 100 + Number(`${fraction}00`.slice(0, 2))
  return { ok: true, value: sign === '-' && fen !== 0 ? -fen : fen }
}

/** Decimal string with two places of an amount in integer fen. */
export function formatMoney(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0')
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** An amount with two decimals, or null when the text is not an amount. */
export function normaliseMoney(text: string): string | null {
  const parsed = parseMoney(text)
  return parsed.ok ? formatMoney(parsed.value) : null
}

/** Whether two texts are the same amount: 6.2 and 6.20 are. Texts that are not amounts equal nothing. */
export function sameMoney(left: string, right: string): boolean {
  const [a, b] = [parseMoney(left), parseMoney(right)]
  return a.ok && b.ok && a.value === b.value
}
