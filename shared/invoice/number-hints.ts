import { parseDigitalNumber } from './digital-number'
import type { Hint } from './hint'
import type { InvoiceCode } from './invoice-code'
import { readable } from './parsed'

/** Doubts about a code beside its issue date (`YYYY-MM-DD`, null when not known yet). Its kind is judged elsewhere. */
export function codeHints(code: InvoiceCode, issueDate: string | null, today: string): Hint[] {
  const hints: Hint[] = []
  if (code.regionCode === null) hints.push({ code: 'CODE_REGION_UNKNOWN', field: 'invoiceCode' })
  if (code.year > Number(today.slice(0, 4))) hints.push({ code: 'CODE_YEAR_IN_FUTURE', field: 'invoiceCode' })
  if (issueDate !== null && code.year > Number(issueDate.slice(0, 4))) {
    hints.push({ code: 'CODE_YEAR_AFTER_ISSUE_DATE', field: 'invoiceCode' })
  }
  return hints
}

/** Doubts about a 20-digit number beside its issue date; none about an 8-digit one. */
export function numberHints(invoiceNumber: string, issueDate: string | null): Hint[] {
  const number = readable(parseDigitalNumber(invoiceNumber))
  if (number === null) return []
  const hints: Hint[] = []
  if (number.regionName === null) hints.push({ code: 'NUMBER_REGION_UNKNOWN', field: 'invoiceNumber' })
  if (issueDate !== null && number.year !== Number(issueDate.slice(0, 4))) {
    hints.push({ code: 'NUMBER_YEAR_DIFFERS_FROM_DATE', field: 'invoiceNumber' })
  }
  return hints
}
