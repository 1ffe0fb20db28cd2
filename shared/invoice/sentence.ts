import { type CheckCode, parseCheckCode } from './check-code'
import { parseDigitalNumber } from './digital-number'
import { unlabelledAmount } from './figure'
import { looksLikeFiscalBill } from './fiscal-bill'
import type { Hint } from './hint'
import { type InvoiceCode, parseInvoiceCode } from './invoice-code'
import { type AmountBasis, amountOf, type InvoiceKind, kindOf } from './invoice-kind'
import { parseInvoiceNumber } from './invoice-number'
import { parseIssueDate } from './issue-date'
import { type Labelled, type LabelledValues, readLabels } from './labelled-text'
import { codeHints, numberHints } from './number-hints'
import { kindOfNamedPaper, readSpokenPaper, type SpokenPaper } from './paper-words'
import { readable } from './parsed'

/** What a sentence of a chat or the name of a file says about an invoice. */
export interface SpokenInvoice {
  kind: InvoiceKind
  invoiceCode: string | null
  invoiceNumber: string
  issueDate: string | null
  amount: string | null
  amountBasis: AmountBasis
  checkCode: string | null
  hints: Hint[]
}

interface Identity {
  code: InvoiceCode | null
  /** A paper that the tax side does not check. */
  paper: SpokenPaper | null
  number: string
  joined: boolean
  /** Groups of digits that nothing has claimed. */
  loose: string[]
}

const compact = (text: string) => text.replace(/[ -]/g, '')

/** How a 20-digit number is printed for reading: groups of four, or of five. */
const PRINTED = [
  { size: 4, count: 5 },
  { size: 5, count: 4 },
]

/** Twenty digits in groups: one number, but a code and its number when the year at the start cannot be one. */
function twentyDigits(text: string, today: string): string[] {
  const pair = text.charAt(0) === '0' && parseInvoiceCode(text.slice(0, 12), today).ok
  return pair ? [text.slice(0, 12), text.slice(12)] : [text]
}

/** Groups of digits between spaces, with those that are one printed number joined; the one that can be a number first. */
function joinPrinted(parts: readonly string[], today: string): string[] {
  if (parts.length > 2 && parts.join('').length === 20) return twentyDigits(parts.join(''), today)
  const spans = parts.flatMap((_, at) =>
    PRINTED.filter(({ size, count }) => {
      const span = parts.slice(at, at + count)
      return span.length === count && span.every(part => part.length === size)
    }).map(({ count }) => ({ at, end: at + count, text: parts.slice(at, at + count).join('') })),
  )
  const span = spans.find(({ text }) => parseDigitalNumber(text, today).ok) ?? spans[0]
  if (!span) return [...parts]
  return [...parts.slice(0, span.at), ...twentyDigits(span.text, today), ...joinPrinted(parts.slice(span.end), today)]
}

function looseGroups(rest: string, today: string): string[] {
  return (rest.match(/\d+(?: \d+)*/g) ?? []).flatMap(run => joinPrinted(run.split(' '), today))
}

function take(groups: string[], wanted: (group: string) => boolean): string | null {
  const at = groups.findIndex(wanted)
  return at < 0 ? null : (groups.splice(at, 1)[0] ?? null)
}

/** An unlabelled code with an 8-digit number right behind it, taken out of the groups. */
function takePair(
  groups: string[],
  fits: (code: string, number: string) => boolean,
): { codeText: string; number: string } | null {
  const at = groups.findIndex((group, index) => fits(group, groups[index + 1] ?? ''))
  const [codeText, number] = at < 0 ? [] : groups.splice(at, 2)
  return codeText === undefined || number === undefined ? null : { codeText, number }
}

/** Numbers without labels, the surest reading first. */
function identifyBare(loose: string[], today: string): Identity | null {
  const isEight = (text: string) => readable(parseInvoiceNumber(text))?.length === 8
  const codeOf = (text: string) => readable(parseInvoiceCode(text, today))
  const found = (number: string, code: InvoiceCode | null = null, joined = false): Identity => {
    return { code, paper: null, number, joined, loose }
  }
  const known = takePair(loose, (code, number) => isEight(number) && (codeOf(code)?.kind ?? 'UNKNOWN') !== 'UNKNOWN')
  if (known) return found(known.number, codeOf(known.codeText))
  const plausible = take(loose, group => parseDigitalNumber(group, today).ok)
  if (plausible !== null) return found(plausible)
  /** A 20-digit number that was read as code and number. */
  const split = takePair(loose, (code, number) => code.length === 12 && parseDigitalNumber(code + number, today).ok)
  if (split) return found(split.codeText + split.number, null, true)
  const pair = takePair(loose, (code, number) => isEight(number) && codeOf(code) !== null)
  if (pair) return found(pair.number, codeOf(pair.codeText))
  const any = take(loose, group => readable(parseInvoiceNumber(group))?.length === 20)
  return any === null ? null : found(any)
}

const ofPaper = (paper: SpokenPaper, loose: string[]): Identity => {
  return { code: null, paper, number: paper.invoiceNumber, joined: false, loose }
}

function identify(values: Partial<Record<Labelled, string>>, rest: string, today: string): Identity | null {
  const loose = looseGroups(rest, today)
  const codeText = compact(values.invoiceCode ?? '')
  const labelled = compact(values.invoiceNumber ?? '')
  if (looksLikeFiscalBill(codeText, labelled)) {
    return ofPaper({ kind: 'FISCAL_BILL', invoiceCode: codeText, invoiceNumber: labelled }, loose)
  }
  const code = readable(parseInvoiceCode(codeText, today))
  const number = readable(parseInvoiceNumber(labelled))
  if (number?.length === 8 && code === null) {
    const bareCode = take(loose, group => 'value' in parseInvoiceCode(group, today))
    return { code: readable(parseInvoiceCode(bareCode ?? '', today)), paper: null, number, joined: false, loose }
  }
  if (number !== null) return { code, paper: null, number, joined: false, loose }
  if (code === null) return identifyBare(loose, today)
  const isEight = (group: string) => readable(parseInvoiceNumber(group))?.length === 8
  const beside = take(loose, group => isEight(group) && !parseIssueDate(group).ok) ?? take(loose, isEight)
  return beside === null ? null : { code, paper: null, number: beside, joined: false, loose }
}

function paperIdentity(text: string, labelled: LabelledValues, today: string): Identity | null {
  const paper = readSpokenPaper(text, labelled)
  return paper && ofPaper(paper, looseGroups(labelled.rest, today))
}

/** Kind words tell the kinds of 20-digit numbers apart; a code tells its own. */
function kindOfWords(text: string, identity: Identity): InvoiceKind {
  if (identity.paper) return identity.paper.kind
  if (identity.code) return kindOfNamedPaper(text, identity.code) ?? identity.code.kind
  if (identity.number.length !== 20) return 'UNKNOWN'
  if (/铁路电子客票/.test(text)) return 'DIGITAL_RAILWAY'
  if (/航空运输电子客票|电子客票行程单/.test(text)) return 'DIGITAL_AIR'
  const [special, normal] = [/专用发票|数电专票/.test(text), /普通发票|数电普票/.test(text)]
  if (special === normal) return 'UNKNOWN'
  return special ? 'DIGITAL_SPECIAL' : 'DIGITAL_NORMAL'
}

function dateOf({ values, days }: LabelledValues, loose: string[]): string | null {
  for (const written of [values.issueDate ?? '', ...days]) {
    const day = readable(parseIssueDate(written))
    if (day !== null) return day
  }
  const group = take(
    loose,
    text => (text.length === 8 || text.length === 14) && /^20/.test(text) && parseIssueDate(text).ok,
  )
  return group === null ? null : readable(parseIssueDate(group))
}

/** A figure behind a label that is no plain amount. No other figure stands in for it. */
function hasUnreadableAmount(values: LabelledValues['values']): boolean {
  return [values.amountWithTax, values.amountWithoutTax, values.amount].indexOf('') >= 0
}

/** The amount that a check of the kind asks for; failing that the one that is there, with what it counts. */
function amountIn(
  { values, rest }: LabelledValues,
  basis: AmountBasis,
): { amount: string | null; amountBasis: AmountBasis } {
  const withTax = values.amountWithTax || null
  const withoutTax = values.amountWithoutTax || null
  const plain = values.amount || (hasUnreadableAmount(values) ? null : unlabelledAmount(rest))
  /** Beside 价税合计 a plain 合计 or 金额 is the amount before tax: that is how the face is printed. */
  const besideTotal = values.amountWithTax !== undefined
  const beforeTax = withoutTax ?? ((besideTotal && values.amount) || null)
  if (basis === 'excl_tax' && beforeTax !== null) return { amount: beforeTax, amountBasis: 'excl_tax' }
  if (withTax !== null) return { amount: withTax, amountBasis: 'incl_tax' }
  if (plain !== null && !besideTotal) return { amount: plain, amountBasis: basis }
  return { amount: withoutTax, amountBasis: withoutTax === null ? basis : 'excl_tax' }
}

function checkCodeOf(text: string | undefined, loose: string[], code: InvoiceCode | null): CheckCode | null {
  const labelled = readable(parseCheckCode(compact(text ?? '')))
  if (labelled !== null || code === null) return labelled
  const full = take(loose, digits => digits.length === 20)
  const takesIt = (kindOf(code.kind).needs as readonly string[]).indexOf('checkCode') >= 0
  const group = full ?? (takesIt ? take(loose, digits => digits.length === 6) : null)
  return group === null ? null : readable(parseCheckCode(group))
}

/**
 * Reads a sentence with labelled values in any order, bare numbers, or the name of a delivered file
 * (`dzfp_<number>_<name>_<14 digits>`). `text` must be half-width. Null when there is no invoice number in it.
 */
export function readSentence(text: string, today: string): SpokenInvoice | null {
  const named = /dzfp_(\d{20})(?:_(?:.*_)?(\d{14})(?!\d))?/i.exec(text)
  const labelled: LabelledValues = named
    ? { values: { invoiceNumber: named[1] ?? '', issueDate: named[2] ?? '' }, days: [], rest: '' }
    : readLabels(text.replace(/ +/g, ' '))
  const { values, rest } = labelled
  const identity = identify(values, rest, today) ?? paperIdentity(text, labelled, today)
  if (identity === null) return null
  const { code, number, joined, loose } = identity
  const kind = kindOfWords(text, identity)
  const checkCode = checkCodeOf(values.checkCode, loose, code)
  const issueDate = dateOf(labelled, loose)
  const basis = kind === 'UNKNOWN' ? 'unknown' : amountOf(kind, number).basis
  const { amount, amountBasis } = amountIn(labelled, basis)
  const hints: Hint[] = joined ? [{ code: 'NUMBER_SPLIT_JOINED', field: 'invoiceNumber' }] : []
  hints.push(...(code ? codeHints(code, issueDate, today) : numberHints(number, issueDate)))
  if (issueDate === null) hints.push({ code: 'DATE_MISSING', field: 'issueDate' })
  const asksAmount = number.length === 20 || (kindOf(kind).needs as readonly string[]).indexOf('amount') >= 0
  if (amount === null && (asksAmount || hasUnreadableAmount(values))) {
    hints.push({ code: 'AMOUNT_MISSING', field: 'amount' })
  }
  return {
    kind,
    invoiceCode: code?.text ?? identity.paper?.invoiceCode ?? null,
    invoiceNumber: number,
    issueDate,
    amount,
    amountBasis,
    checkCode: checkCode?.text ?? null,
    hints,
  }
}
