import { isDigits, withoutSpaces } from './half-width'
import type { Parsed } from './parsed'

/**
 * 发票号码: 8 digits beside a code, or 20 digits alone. Leading zeros count; a number of zeros only is refused
 * [domain reference § 1.4]. Value: the digits.
 */
export function parseInvoiceNumber(text: string): Parsed<string> {
  const value = withoutSpaces(text)
  if (value !== '' && !isDigits(value)) return { ok: false, reason: 'format' }
  if (value.length !== 8 && value.length !== 20) return { ok: false, reason: 'length' }
  return /^0+$/.test(value) ? { ok: false, reason: 'format' } : { ok: true, value }
}
