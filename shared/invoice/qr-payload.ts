import { withoutSpaces } from './half-width'
import type { Hint } from './hint'
import { type InvoiceCode, parseInvoiceCode } from './invoice-code'
import { type AmountBasis, amountOf, type InvoiceKind, kindOf } from './invoice-kind'
import { parseInvoiceNumber } from './invoice-number'
import { parseIssueDate } from './issue-date'
import { kindFromQrType } from './kind-codes'
import { normaliseMoney } from './money'
import { codeHints, numberHints } from './number-hints'
import { readable } from './parsed'
import { type CrcVariant, crcMatchOf, hasKnownChecksum, type QrChecksum } from './qr-checksum'

export const QR_REFUSALS = [
  'NOT_VERSION_01',
  'TOO_FEW_FIELDS',
  'BAD_TYPE',
  'BAD_CODE',
  'BAD_NUMBER',
  'CODE_WITH_20_DIGIT_NUMBER',
  'BAD_AMOUNT',
  'BAD_DATE',
] as const
export type QrRefusal = (typeof QR_REFUSALS)[number]

/**
 * The text in the QR of an invoice: `01 , type , code , number , amount , yyyymmdd , check code , CRC` and sometimes a
 * comma more [domain reference § 3].
 */
export interface QrPayload {
  type: string
  /** Type and code name different kinds; a hint only where that is odd. */
  typeDiffersFromCode: boolean
  kind: InvoiceKind
  invoiceCode: string | null
  invoiceNumber: string
  /** Two decimals; negative on red-letter invoices. */
  amount: string
  amountBasis: AmountBasis
  issueDate: string
  /** As printed: 20 digits when nothing was lost. */
  checkCode: string | null
  checksum: QrChecksum
  /** Also of a match that is not sure, whose checksum is `unknown`. */
  crcVariant: CrcVariant | null
  hints: Hint[]
}

export type ParsedQr = { ok: true; value: QrPayload } | { ok: false; reason: QrRefusal }

const isShortHex = (text: string) => /^[0-9a-f]{1,4}$/i.test(text)

interface Tail {
  checkCode: string | null
  crc: string | null
  crcAt: number
}

/** The fields after the date: a check code that is absent may have taken its comma with it. */
function tailOf(fields: readonly string[]): Tail {
  const filled: { text: string; at: number }[] = []
  fields.forEach((text, at) => {
    if (at >= 6 && text !== '') filled.push({ text, at })
  })
  const [first, second] = filled
  if (!first) return { checkCode: null, crc: null, crcAt: -1 }
  if (second) return { checkCode: first.text, crc: second.text, crcAt: second.at }
  if (first.at > 6 || isShortHex(first.text)) return { checkCode: null, crc: first.text, crcAt: first.at }
  return { checkCode: first.text, crc: null, crcAt: -1 }
}

/** The code wins over the type: a toll invoice's QR says 10 although its code says 14 [domain reference § 2.3]. */
function kindOfQr(type: string, code: InvoiceCode | null): InvoiceKind {
  if (code && code.kind !== 'UNKNOWN') return code.kind
  return kindFromQrType(type, code !== null)
}

/** Whether type and code name different kinds; old Aisino software's 51 is its name of an electronic invoice. */
function typeDiffersFromCode(type: string, code: InvoiceCode | null): boolean {
  if (!code || code.kind === 'UNKNOWN' || code.platformKind === type) return false
  return !(type === '51' && code.platformKind === '10')
}

/**
 * Pairs of type and kind of the code that good invoices have: every toll invoice's QR says 10, and type 20 is the QR's own
 * name of an electronic special invoice [domain reference § 1.1]. A doubt about them would be a false alarm.
 */
const KNOWN_PAIRS: Readonly<Record<string, string>> = { 10: '14', 20: '08' }

function kindHints(type: string, code: InvoiceCode | null, kind: InvoiceKind): Hint[] {
  if (kind === 'UNKNOWN') return [{ code: 'QR_KIND_UNKNOWN', field: 'kind' }]
  if (!code || !typeDiffersFromCode(type, code) || KNOWN_PAIRS[type] === code.platformKind) return []
  return [{ code: 'QR_KIND_DIFFERS_FROM_CODE', field: 'kind' }]
}

function checkCodeHints(kind: InvoiceKind, hasCode: boolean, checkCode: string | null): Hint[] {
  if (checkCode !== null) {
    return /^\d{20}$/.test(checkCode) ? [] : [{ code: 'CHECK_CODE_ODD_LENGTH', field: 'checkCode' }]
  }
  const needed = hasCode && (kindOf(kind).needs as readonly string[]).indexOf('checkCode') >= 0
  return needed ? [{ code: 'QR_CHECK_FIELD_MISSING', field: 'checkCode' }] : []
}

interface Elements {
  type: string
  code: InvoiceCode | null
  invoiceNumber: string
  amount: string
  issueDate: string
}

/** `undefined` is a code of the wrong shape. */
function readCode(text: string, today: string): InvoiceCode | null | undefined {
  return text === '' ? null : (readable(parseInvoiceCode(text, today)) ?? undefined)
}

function readAmount(text: string): string | null {
  return /^-?\d+(?:\.\d+)?$/.test(text) ? normaliseMoney(text) : null
}

function readElements(fields: readonly string[], today: string): Elements | QrRefusal {
  const [version, type = '', codeText = '', numberText = '', amountText = '', dateText = ''] = fields
  if (version !== '01') return 'NOT_VERSION_01'
  if (fields.length < 6) return 'TOO_FEW_FIELDS'
  if (!/^\d{2}$/.test(type)) return 'BAD_TYPE'
  const code = readCode(codeText, today)
  if (code === undefined) return 'BAD_CODE'
  const invoiceNumber = readable(parseInvoiceNumber(numberText))
  if (invoiceNumber === null) return 'BAD_NUMBER'
  if (code === null && invoiceNumber.length !== 20) return 'BAD_NUMBER'
  if (code !== null && invoiceNumber.length === 20) return 'CODE_WITH_20_DIGIT_NUMBER'
  const amount = readAmount(amountText)
  if (amount === null) return 'BAD_AMOUNT'
  const issueDate = /^\d{8}$/.test(dateText) ? readable(parseIssueDate(dateText)) : null
  return issueDate === null ? 'BAD_DATE' : { type, code, invoiceNumber, amount, issueDate }
}

function checksumOf(
  fields: readonly string[],
  { type, code, invoiceNumber }: Elements,
  { checkCode, crc, crcAt }: Tail,
): { checksum: QrChecksum; crcVariant: CrcVariant | null } {
  if (crc === null) return { checksum: 'none', crcVariant: null }
  const asWritten = fields.slice(0, crcAt).join(',')
  const asPrinted = [...fields.slice(0, 6), checkCode ?? ''].join(',')
  const match = crcMatchOf([asWritten, asPrinted], crc, type)
  if (match) return { checksum: match.sure ? 'intact' : 'unknown', crcVariant: match.variant }
  const known = isShortHex(crc) && hasKnownChecksum(type, code, invoiceNumber)
  return { checksum: known ? 'inconsistent' : 'unknown', crcVariant: null }
}

/** Two scans in one text are never mixed: where a second one starts the first has ended. */
function firstOf(text: string): string {
  const second = text.slice(2).search(/01,\d{2},(?:\d{10}|\d{12})?,(?:\d{8}|\d{20}),/)
  return second < 0 ? text : text.slice(0, second + 2)
}

/**
 * Reads the text of an invoice's QR; of several the first. The shape alone decides between value and refusal; an odd year, region or checksum is
 * a hint. A CRC that differs is `inconsistent` only in families whose CRC is known, and is never used to repair the text.
 */
export function parseQrPayload(text: string, today: string): ParsedQr {
  const fields = firstOf(withoutSpaces(text)).split(',')
  const elements = readElements(fields, today)
  if (typeof elements === 'string') return { ok: false, reason: elements }
  const { type, code, invoiceNumber, amount, issueDate } = elements
  const tail = tailOf(fields)
  const kind = kindOfQr(type, code)
  const { checksum, crcVariant } = checksumOf(fields, elements, tail)
  const hints: Hint[] = [
    ...kindHints(type, code, kind),
    ...(code ? codeHints(code, issueDate, today) : numberHints(invoiceNumber, issueDate)),
    ...checkCodeHints(kind, code !== null, tail.checkCode),
  ]
  if (checksum === 'inconsistent') hints.unshift({ code: 'QR_CHECKSUM_INCONSISTENT' })
  return {
    ok: true,
    value: {
      type,
      typeDiffersFromCode: typeDiffersFromCode(type, code),
      kind,
      invoiceCode: code?.text ?? null,
      invoiceNumber,
      amount,
      amountBasis: kind === 'UNKNOWN' ? 'unknown' : amountOf(kind, invoiceNumber).basis,
      issueDate,
      checkCode: tail.checkCode,
      checksum,
      crcVariant,
      hints,
    },
  }
}
