import { comparedPart, parseCheckCode } from './check-code'
import { looksLikeFiscalBill } from './fiscal-bill'
import type { GivenFields } from './given-fields'
import type { AskedField, FieldProblem } from './hint'
import { parseInvoiceCode } from './invoice-code'
import type { InvoiceKind } from './invoice-kind'
import { sameMoney } from './money'
import { paperOfNumber } from './paper-number'
import { readable } from './parsed'
import type { ReadInvoice } from './read-text'

/** The elements of a question, from a QR and from the fields beside it; absent is null. */
export interface AskedElements {
  kind: InvoiceKind
  invoiceCode: string | null
  invoiceNumber: string | null
  issueDate: string | null
  amount: string | null
  checkCode: string | null
  sellerTaxId: string | null
}

const DIGITAL_PAPER: readonly InvoiceKind[] = [
  'DIGITAL_PAPER_SPECIAL',
  'DIGITAL_PAPER_NORMAL',
  'DIGITAL_PAPER_MOTOR',
  'DIGITAL_PAPER_USED',
]

/** Digital invoices on paper carry a code and an 8-digit number beside their 20-digit one. */
export function isDigitalPaper(kind: InvoiceKind): boolean {
  return DIGITAL_PAPER.indexOf(kind) >= 0
}

/** The check code as it can be asked: of a QR that lost or gained characters, the last six digits. */
function usableCheckCode(checkCode: string | null): string | null {
  if (checkCode === null) return null
  const parsed = readable(parseCheckCode(checkCode))
  if (parsed) return parsed.text
  return /\d{6}$/.test(checkCode) ? checkCode.slice(-6) : null
}

/** A link's amount may be with or without tax, so it gives way to a typed one. */
function isFirm(read: ReadInvoice): boolean {
  return read.form !== 'link'
}

function kindsClash(given: InvoiceKind, read: ReadInvoice): boolean {
  if (given === 'UNKNOWN' || read.kind === 'UNKNOWN' || given === read.kind) return false
  return !(isDigitalPaper(given) && read.invoiceCode !== null)
}

/** Kind by itself: what the read text says, else the shape of a number without a code, else the code. */
export function kindOfParts(read: ReadInvoice | null, code: string | null, number: string | null): InvoiceKind {
  if (read && read.kind !== 'UNKNOWN') return read.kind
  if (code === null && paperOfNumber(number ?? '') !== null) return 'NON_VERIFIABLE'
  if (code === null || (number ?? '').length > 10) return 'UNKNOWN'
  if (looksLikeFiscalBill(code, number ?? '')) return 'FISCAL_BILL'
  return readable(parseInvoiceCode(code))?.kind ?? 'UNKNOWN'
}

/** Given fields that say something else than the QR beside them, normalised on both sides. */
export function contradictions(given: GivenFields, read: ReadInvoice): FieldProblem[] {
  const differ = (field: 'invoiceCode' | 'invoiceNumber' | 'issueDate') =>
    given[field] !== null && read[field] !== null && given[field] !== read[field]
  const fields: AskedField[] = []
  if (given.kind !== null && kindsClash(given.kind, read)) fields.push('kind')
  if (differ('invoiceCode')) fields.push('invoiceCode')
  if (differ('invoiceNumber')) fields.push('invoiceNumber')
  if (differ('issueDate')) fields.push('issueDate')
  const { amount, checkCode } = given
  if (amount !== null && read.amount !== null && isFirm(read) && !sameMoney(amount, read.amount)) fields.push('amount')
  const intact = read.checkCode !== null && parseCheckCode(read.checkCode).ok
  if (checkCode !== null && read.checkCode !== null && intact) {
    if (comparedPart(checkCode) !== comparedPart(read.checkCode)) fields.push('checkCode')
  }
  return fields.map(field => ({ field, reason: 'contradicts_qr' }))
}

function longer(left: string | null, right: string | null): string | null {
  return (left ?? '').length >= (right ?? '').length ? (left ?? right) : right
}

/** The elements of both, the given kind first. Call `contradictions` too: where both speak the QR's value is taken. */
export function mergeElements(given: GivenFields, read: ReadInvoice | null): AskedElements {
  const invoiceCode = read?.invoiceCode ?? given.invoiceCode
  const invoiceNumber = read?.invoiceNumber ?? given.invoiceNumber
  const readAmount = read?.amount ?? null
  const kind = given.kind ?? 'UNKNOWN'
  return {
    kind: kind === 'UNKNOWN' ? kindOfParts(read, invoiceCode, invoiceNumber) : kind,
    invoiceCode,
    invoiceNumber,
    issueDate: read?.issueDate ?? given.issueDate,
    amount: read && isFirm(read) ? (readAmount ?? given.amount) : (given.amount ?? readAmount),
    checkCode: longer(given.checkCode, usableCheckCode(read?.checkCode ?? null)),
    sellerTaxId: given.sellerTaxId,
  }
}
