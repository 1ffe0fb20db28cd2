import type { InvoiceItem, Party } from '@shared/contract/verification'
import type { AskedInvoice } from '@shared/invoice/invoice'
import { isDigitalNumber } from '@shared/invoice/invoice-kind'
import { parseIssueDate } from '@shared/invoice/issue-date'
import { normaliseMoney } from '@shared/invoice/money'
import { readable } from '@shared/invoice/parsed'

/** Lines beyond this many bytes of JSON are left out: an item of the table holds 400 KB. */
const MAX_LINES_BYTES = 100_000
const MAX_TEXT = 400

export const textOrNull = (text: string) => (text === '' ? null : text.slice(0, MAX_TEXT))
export const moneyOrNull = (text: string) => (text === '' ? null : normaliseMoney(text))
export const partyOrNull = (name: string, taxId: string): Party | null =>
  name === '' && taxId === '' ? null : { name: name.slice(0, MAX_TEXT), taxId: taxId.slice(0, MAX_TEXT) }

/** Money below zero is a red letter's, whatever the marks say. */
export const isNegative = (amount: string | null) => (amount ?? '').startsWith('-')

/** Lines in order as far as they fit, and how many did not. */
export function fittingLines(lines: readonly InvoiceItem[]): { items: InvoiceItem[]; itemsLeftOut?: number } {
  const items: InvoiceItem[] = []
  let bytes = 0
  for (const line of lines) {
    const item = Object.fromEntries(
      Object.entries(line).map(([name, text]) => [name, text.slice(0, MAX_TEXT)]),
    ) as InvoiceItem
    bytes += Buffer.byteLength(JSON.stringify(item))
    if (bytes > MAX_LINES_BYTES) return { items, itemsLeftOut: lines.length - items.length }
    items.push(item)
  }
  return { items }
}

/** Names of equal length must be the same: the two printed numbers of a digital paper invoice differ in length. */
const differ = (asked: string, found: string) => found !== '' && found.length === asked.length && found !== asked

/**
 * Whether tax data is plainly another invoice's than was asked about. Twenty digits name an invoice by themselves; a code
 * beside them is compared like any given field.
 */
export function isAnotherInvoice(found: { number: string; code: string; date: string }, asked: AskedInvoice): boolean {
  const { invoiceNumber, invoiceCode, issueDate } = asked
  const day = readable(parseIssueDate(found.date))
  return (
    differ(invoiceNumber, found.number) ||
    (!isDigitalNumber(invoiceNumber) && differ(invoiceCode ?? '', found.code)) ||
    (day !== null && day !== issueDate)
  )
}
