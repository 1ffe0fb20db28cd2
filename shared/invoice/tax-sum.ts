import { withoutSpaces } from './half-width'
import { parseMoney } from './money'

export type SumCheck = 'agrees' | 'differs' | 'skipped'

/** Rounding of one line's tax, in fen [domain reference § 8]. */
const RATE_TOLERANCE_FEN = 6

/** Invoices print these instead of a figure: exempt, not taxed, or taxed on a difference [domain reference § 4.4]. */
function isNoFigure(text: string): boolean {
  return /^(?:\**%?|免税|不征税|零税率)$/.test(withoutSpaces(text))
}

/** 不含税金额 + 税额 = 价税合计 within one fen. A field without a figure skips the check; a tax of 免税 counts as none. */
export function checkSum(amountWithoutTax: string, taxAmount: string, amountWithTax: string): SumCheck {
  const [excl, tax, incl] = [parseMoney(amountWithoutTax), parseMoney(taxAmount), parseMoney(amountWithTax)]
  if (!excl.ok || !incl.ok) return 'skipped'
  if (!tax.ok) return 'skipped'
  return Math.abs(excl.value + tax.value - incl.value) <= 1 ? 'agrees' : 'differs'
}

/** 金额 × 税率 ≈ 税额. Rates come as `13%` or `0.13`; a rate without a figure (差额征税, 免税) skips the check. */
export function checkTaxRate(amountWithoutTax: string, taxRate: string, taxAmount: string): SumCheck {
  if (isNoFigure(taxRate) || isNoFigure(taxAmount)) return 'skipped'
  const [excl, tax] = [parseMoney(amountWithoutTax), parseMoney(taxAmount)]
  const [, figure, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(withoutSpaces(taxRate)) ?? []
  if (!excl.ok || !tax.ok || figure === undefined) return 'skipped'
  const rate = Number(figure) / (percent ? 100 : 1)
  return Math.abs(excl.value * rate - tax.value) <= RATE_TOLERANCE_FEN ? 'agrees' : 'differs'
}
