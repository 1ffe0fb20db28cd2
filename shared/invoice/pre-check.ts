import { type AskedElements, contradictions, kindOfParts, mergeElements } from './asked-elements'
import { type GivenFields, readGivenFields } from './given-fields'
import { withoutSpaces } from './half-width'
import type { AskedField, FieldProblem, Hint, HintCode } from './hint'
import type { AskedInvoice } from './invoice'
import { parseInvoiceCode } from './invoice-code'
import { type InvoiceKind, kindOf } from './invoice-kind'
import { dateWindow } from './issue-date'
import { sameMoney } from './money'
import { codeHints, numberHints } from './number-hints'
import type { Reason, ReasonCode } from './outcome'
import { reasonElsewhere } from './paper-number'
import { readable } from './parsed'
import { MAX_TEXT_LENGTH, type ReadInvoice, readText } from './read-text'
import { checkCodeProblem, lengthProblems, missingElements } from './required-elements'

/** What a person gives: a QR text or link, single fields, or both. Empty texts count as absent. */
export interface PreCheckInput {
  qr?: string | null
  kind?: InvoiceKind | null
  invoiceCode?: string | null
  invoiceNumber?: string | null
  issueDate?: string | null
  amount?: string | null
  checkCode?: string | null
  sellerTaxId?: string | null
}

export type PreCheck =
  | { verdict: 'ask'; asked: AskedInvoice; hints: Hint[] }
  | { verdict: 'not_checkable'; asked: AskedInvoice; reasons: Reason[]; hints: Hint[] }
  | { verdict: 'refuse'; fields: FieldProblem[]; hints: Hint[] }

function readQr(qr: unknown, today: string): { read: ReadInvoice | null; problems: FieldProblem[] } {
  const refused = (reason: FieldProblem['reason']) => ({ read: null, problems: [{ field: 'qr', reason }] })
  if (qr === undefined || qr === null) return { read: null, problems: [] }
  if (typeof qr !== 'string') return refused('not_text')
  if (qr.length > MAX_TEXT_LENGTH) return refused('too_long')
  if (withoutSpaces(qr) === '') return { read: null, problems: [] }
  const read = readText(qr, today)
  return read.ok && read.value.form !== 'sentence' ? { read: read.value, problems: [] } : refused('not_qr_of_invoice')
}

/** A minus is right on a red-letter invoice, and its QR says so; a typed one is a slip. */
function negativeAmount(given: GivenFields, read: ReadInvoice | null): FieldProblem[] {
  if (given.amount === null || given.amount.charAt(0) !== '-') return []
  if (read?.amount && sameMoney(read.amount, given.amount)) return []
  return [{ field: 'amount', reason: 'amount_negative' }]
}

function taxIdHints({ taxId }: GivenFields): Hint[] {
  const doubt = taxId && !taxId.ok ? taxId.reason : null
  if (doubt === 'checksum') return [{ code: 'TAX_ID_CHECKSUM', field: 'sellerTaxId' }]
  return doubt === 'component' ? [{ code: 'TAX_ID_COMPONENT', field: 'sellerTaxId' }] : []
}

function dateHints(issueDate: string | null, today: string): Hint[] {
  const window = issueDate === null ? 'ok' : dateWindow(issueDate, today)
  if (window === 'same_day') return [{ code: 'ISSUED_TODAY', field: 'issueDate' }]
  return window === 'edge' || window === 'near_edge' ? [{ code: 'NEAR_FIVE_YEARS', field: 'issueDate' }] : []
}

/** Doubts of the reading that the fields beside it, or the problems of the form, already speak to. */
function answeredHints({ kind, checkCode }: GivenFields): HintCode[] {
  const answered: HintCode[] = [
    'CHECKED_ELSEWHERE',
    'AMOUNT_MISSING',
    'DATE_MISSING',
    'DATE_IN_FUTURE',
    'QR_CHECK_FIELD_MISSING',
  ]
  if (checkCode !== null) answered.push('CHECK_CODE_ODD_LENGTH')
  if (kind !== null && kind !== 'UNKNOWN') answered.push('QR_KIND_UNKNOWN')
  return answered
}

function hintsOf(elements: AskedElements, given: GivenFields, read: ReadInvoice | null, today: string): Hint[] {
  const { kind, invoiceCode, invoiceNumber, issueDate } = elements
  const answered = answeredHints(given)
  const hints: Hint[] = (read?.hints ?? []).filter(hint => answered.indexOf(hint.code) < 0)
  const code = kindOf(kind).checkedBy === 'tax' ? readable(parseInvoiceCode(invoiceCode ?? '', today)) : null
  if (code) hints.push(...codeHints(code, issueDate, today))
  if (code && kind === 'UNKNOWN') hints.push({ code: 'CODE_KIND_UNKNOWN', field: 'invoiceCode' })
  hints.push(...numberHints(invoiceNumber ?? '', issueDate))
  hints.push(...taxIdHints(given), ...dateHints(issueDate, today))
  return hints.filter((hint, at) => hints.findIndex(other => other.code === hint.code) === at)
}

/** A link names its place when its paper has no number in it. */
function notCheckable(elements: AskedElements, read: ReadInvoice | null, today: string): ReasonCode | null {
  const { kind, invoiceNumber, issueDate } = elements
  const elsewhere = reasonElsewhere(kind, invoiceNumber)
  if (elsewhere !== null) return invoiceNumber === null ? (read?.elsewhere ?? elsewhere) : elsewhere
  return issueDate !== null && dateWindow(issueDate, today) === 'too_old' ? 'OVER_FIVE_YEARS' : null
}

/** One problem per field, the first that was found: a field that cannot be read is not also missing. */
function perField(problems: readonly FieldProblem[]): FieldProblem[] {
  return problems.filter((problem, at) => problems.findIndex(other => other.field === problem.field) === at)
}

/** Another place asks for what it needs itself; a number it needs always, unless a link leads there. */
function isNeeded({ field, reason }: FieldProblem, byLink: boolean): boolean {
  const elements: readonly string[] = ['invoiceCode', 'amount', 'checkCode', 'sellerTaxId'] satisfies AskedField[]
  return reason !== 'required' || (elements.indexOf(field) < 0 && !(byLink && field === 'invoiceNumber'))
}

function likelyKind(input: PreCheckInput, read: ReadInvoice | null): InvoiceKind {
  const plain = (text: unknown) => (typeof text === 'string' && text.length <= 64 ? withoutSpaces(text) : null)
  return kindOfParts(read, plain(input.invoiceCode), plain(input.invoiceNumber))
}

/**
 * The same judgement on the phone and in the functions, before anything is spent: `ask` a provider, `not_checkable` by the
 * tax system at all, or `refuse` with every field's problem at once. `today` is a day in Asia/Shanghai. Of a paper that the
 * tax side does not check the date may be absent, and of a link to its place the number; both are then empty in `asked`.
 * Never throws.
 */
export function preCheck(input: PreCheckInput, today: string): PreCheck {
  const { read, problems } = readQr(input.qr, today)
  const given = readGivenFields(input, likelyKind(input, read), today)
  const elements = mergeElements(given, read)
  const hints = hintsOf(elements, given, read, today)
  if (problems.length === 0) {
    problems.push(...(read ? contradictions(given, read) : []), ...given.problems, ...negativeAmount(given, read))
    if (read?.issueDate && dateWindow(read.issueDate, today) === 'future') {
      problems.push({ field: 'issueDate', reason: 'date_in_future' })
    }
    problems.push(...lengthProblems(elements), ...checkCodeProblem(elements), ...missingElements(elements))
  } else problems.push(...given.problems)
  const elsewhere = notCheckable(elements, read, today)
  const byLink = elsewhere !== null && read !== null && read.elsewhere !== null
  const fields = perField(problems).filter(problem => elsewhere === null || isNeeded(problem, byLink))
  const { invoiceNumber, issueDate } = elements
  if (fields.length > 0 || (invoiceNumber === null && !byLink)) return { verdict: 'refuse', fields, hints }
  const asked: AskedInvoice = { ...elements, invoiceNumber: invoiceNumber ?? '', issueDate: issueDate ?? '' }
  if (elsewhere === null) return { verdict: 'ask', asked, hints }
  return { verdict: 'not_checkable', asked, reasons: [{ code: elsewhere, likelihood: 'likely' }], hints }
}
