import { formatChineseAmount } from '@shared/invoice/chinese-amount'
import { parseMoney } from '@shared/invoice/money'

/** An amount such as `106.00` in Chinese capitals as a printed face shows it; empty when it is no amount. */
export function chineseAmount(amount: string): string {
  const parsed = parseMoney(amount)
  if (!parsed.ok) return ''
  // A red-letter face prints the sign as a note in front of the amount.
  return `${parsed.value < 0 ? '（负数）' : ''}${formatChineseAmount(Math.abs(parsed.value))}`
}
