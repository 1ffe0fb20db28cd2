import { toHalfWidth, withoutSpaces } from './half-width'
import type { Hint } from './hint'
import type { AmountBasis, InvoiceKind } from './invoice-kind'
import { dateWindow } from './issue-date'
import type { ReasonCode } from './outcome'
import { readPaperLink } from './paper-link'
import { reasonElsewhere } from './paper-number'
import type { QrChecksum } from './qr-checksum'
import { isLink, readLink } from './qr-link'
import { parseQrPayload, QR_REFUSALS, type QrPayload } from './qr-payload'
import { readSentence } from './sentence'
import { isTitleQr } from './title-qr'

/** Why a text is no invoice. The first eight are the QR grammar's. */
export const NOT_INVOICE_REASONS = [...QR_REFUSALS, 'TITLE_QR', 'OTHER_LINK', 'NOT_RECOGNISED', 'TOO_LONG'] as const
export type NotInvoiceReason = (typeof NOT_INVOICE_REASONS)[number]

/** What a text says about an invoice; absent is null. */
export interface ReadInvoice {
  kind: InvoiceKind
  /** Also of a fiscal bill: 8 digits beside a 10-digit number. */
  invoiceCode: string | null
  invoiceNumber: string | null
  /** `YYYY-MM-DD` */
  issueDate: string | null
  /** Decimal string with two places. */
  amount: string | null
  amountBasis: AmountBasis
  checkCode: string | null
  /** `none`: no checksum there, or not a QR text. */
  qrChecksum: QrChecksum
  hints: Hint[]
  form: 'qr' | 'link' | 'sentence'
  /** Why another place checks this paper; null when the tax side does. */
  elsewhere: ReasonCode | null
  /** The type field of a QR text as it stands; null for the other forms. */
  rawType: string | null
}

export type ReadText = { ok: true; value: ReadInvoice } | { ok: false; reason: NotInvoiceReason }

export const MAX_TEXT_LENGTH = 4096

const EMBEDDED_QR =
  /01,\d{2},(?:\d{10}|\d{12})?,(?:\d{8}|\d{20}),-?\d+(?:\.\d+)?,\d{8}(?:,\d{0,20})?(?:,[0-9a-f]{0,4})?/gi

function fromQr(qr: QrPayload): ReadText {
  const { kind, invoiceCode, invoiceNumber, issueDate, amount, amountBasis, checkCode, hints } = qr
  return {
    ok: true,
    value: {
      kind,
      invoiceCode,
      invoiceNumber,
      issueDate,
      amount,
      amountBasis,
      checkCode,
      qrChecksum: qr.checksum,
      hints,
      form: 'qr',
      elsewhere: null,
      rawType: qr.type,
    },
  }
}

/** Doubts about its fields are not ours to raise: another place asks for other ones. */
const CHECKED_ELSEWHERE: Hint = { code: 'CHECKED_ELSEWHERE', field: 'kind' }

function fromPaperLink(text: string): ReadText {
  const paper = readPaperLink(text)
  if (paper === null) return { ok: false, reason: 'OTHER_LINK' }
  const { kind, reason, invoiceCode, invoiceNumber } = paper
  return {
    ok: true,
    value: {
      kind,
      invoiceCode,
      invoiceNumber,
      issueDate: null,
      amount: null,
      amountBasis: 'unknown',
      checkCode: null,
      qrChecksum: 'none',
      hints: [{ code: 'LINK_IS_NOT_OPENED' }, CHECKED_ELSEWHERE],
      form: 'link',
      elsewhere: reason,
      rawType: null,
    },
  }
}

function fromTaxLink(text: string): ReadText {
  const link = readLink(text)
  if (link === null) return { ok: false, reason: 'OTHER_LINK' }
  const { kind, invoiceCode, invoiceNumber, issueDate, amount, checkCode, hints } = link
  return {
    ok: true,
    value: {
      kind,
      invoiceCode,
      invoiceNumber,
      issueDate,
      amount,
      amountBasis: 'unknown',
      checkCode,
      qrChecksum: 'none',
      hints,
      form: 'link',
      elsewhere: null,
      rawType: null,
    },
  }
}

/** An address alone. */
function fromLink(text: string): ReadText {
  const read = fromTaxLink(text)
  return read.ok ? read : fromPaperLink(text)
}

/** A QR text inside other words, the spaces that a chat puts round its commas taken out. */
function embeddedQr(text: string, today: string): ReadText | null {
  for (const found of text.replace(/ ?, ?/g, ',').match(EMBEDDED_QR) ?? []) {
    const parsed = parseQrPayload(found, today)
    if (parsed.ok) return fromQr(parsed.value)
  }
  return null
}

function embeddedLink(text: string, from: (link: string) => ReadText): ReadText | null {
  for (const found of text.match(/https?:\/\/[^\s,"'<>，。、)]+/gi) ?? []) {
    const read = from(found)
    if (read.ok) return read
  }
  return null
}

function fromWords(text: string, today: string): ReadText {
  const found = embeddedQr(text, today) ?? embeddedLink(text, fromTaxLink)
  if (found) return found
  const spoken = readSentence(text, today)
  if (spoken === null) return embeddedLink(text, fromPaperLink) ?? { ok: false, reason: 'NOT_RECOGNISED' }
  const elsewhere = reasonElsewhere(spoken.kind, spoken.invoiceNumber)
  const hints: Hint[] = elsewhere === null ? spoken.hints : [CHECKED_ELSEWHERE]
  return { ok: true, value: { ...spoken, hints, qrChecksum: 'none', form: 'sentence', elsewhere, rawType: null } }
}

/** A QR text of a version that is not ours: two numbers first, and as many commas as the grammar has. */
function isOtherVersion(text: string): boolean {
  return /^\d{1,3},\d{1,3},/.test(text) && text.split(',').length > 4
}

function readPlain(plain: string, today: string): ReadText {
  const dense = withoutSpaces(plain)
  if (/^01,/.test(dense) || isOtherVersion(dense)) {
    const parsed = parseQrPayload(dense, today)
    return parsed.ok ? fromQr(parsed.value) : parsed
  }
  if (isTitleQr(plain)) return { ok: false, reason: 'TITLE_QR' }
  return isLink(plain) && plain.indexOf(' ') < 0 ? fromLink(plain) : fromWords(plain, today)
}

/**
 * Reads a QR text, an address or a pasted sentence. Text that starts `01,` is judged by the QR grammar alone. `today` is a
 * day in Asia/Shanghai; an issue date after it is a hint. Never throws, never opens an address.
 */
export function readText(text: string, today: string): ReadText {
  if (text.length > MAX_TEXT_LENGTH) return { ok: false, reason: 'TOO_LONG' }
  const read = readPlain(toHalfWidth(text), today)
  if (!read.ok || read.value.issueDate === null || dateWindow(read.value.issueDate, today) !== 'future') return read
  const hints: Hint[] = [...read.value.hints, { code: 'DATE_IN_FUTURE', field: 'issueDate' }]
  return { ok: true, value: { ...read.value, hints } }
}
