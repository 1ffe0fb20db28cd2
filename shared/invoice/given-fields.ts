import { parseCheckCode } from './check-code'
import { toHalfWidth, withoutSpaces } from './half-width'
import type { AskedField, FieldProblem, FieldReason } from './hint'
import type { InvoiceKind } from './invoice-kind'
import { isInvoiceKind } from './invoice-kind'
import { dateWindow, parseIssueDate } from './issue-date'
import { formatMoney, parseMoney } from './money'
import type { Parsed } from './parsed'
import { parseTaxId, type TaxId } from './tax-id'

/** Longer than any field of an invoice, with room for spaces and labels. */
const MAX_FIELD_LENGTH = 64

/** Fields as given, each by itself: normalised values, null when absent or refused. */
export interface GivenFields {
  kind: InvoiceKind | null
  invoiceCode: string | null
  invoiceNumber: string | null
  issueDate: string | null
  amount: string | null
  checkCode: string | null
  sellerTaxId: string | null
  /** The parsed form of `sellerTaxId`, for its doubts. */
  taxId: Parsed<TaxId> | null
  problems: FieldProblem[]
}

type Read = { value: string | null; reason?: FieldReason }

const MONEY_REASONS = { format: 'amount_format', decimals: 'amount_decimals', too_large: 'amount_too_large' } as const

/** Lengths depend on the kind and are judged together later; here only what no code or number can hold. */
function readDigits(text: string): Read {
  const plain = withoutSpaces(text)
  return /^\d+$/.test(plain) ? { value: plain } : { value: null, reason: 'format' }
}

function readNumber(text: string, kind: InvoiceKind | null): Read {
  if (kind === 'NON_VERIFIABLE') return { value: withoutSpaces(text) }
  const read = readDigits(text)
  return read.value !== null && /^0+$/.test(read.value) ? { value: null, reason: 'format' } : read
}

function readDate(text: string, today: string): Read {
  const parsed = parseIssueDate(text)
  if (!parsed.ok) return { value: null, reason: 'date_not_real' }
  if (dateWindow(parsed.value, today) === 'future') return { value: null, reason: 'date_in_future' }
  return { value: parsed.value }
}

function readAmount(text: string): Read {
  const parsed = parseMoney(text)
  return parsed.ok ? { value: formatMoney(parsed.value) } : { value: null, reason: MONEY_REASONS[parsed.reason] }
}

const HEX_KINDS: readonly (InvoiceKind | null)[] = [null, 'UNKNOWN', 'BLOCKCHAIN']
const LETTER_KINDS: readonly (InvoiceKind | null)[] = [null, 'UNKNOWN', 'FISCAL_BILL']

function readCheckCode(text: string, kind: InvoiceKind | null): Read {
  const parsed = parseCheckCode(text)
  if (!parsed.ok) return { value: null, reason: parsed.reason === 'format' ? 'format' : 'check_code_length' }
  const { form, text: value } = parsed.value
  if (form === 'blockchain' && HEX_KINDS.indexOf(kind) < 0) return { value: null, reason: 'check_code_length' }
  if (form === 'fiscal' && LETTER_KINDS.indexOf(kind) < 0) return { value: null, reason: 'format' }
  return { value }
}

function textOf(given: unknown, maxLength: number): Read {
  if (given === undefined || given === null) return { value: null }
  if (typeof given !== 'string') return { value: null, reason: 'not_text' }
  if (given.length > maxLength) return { value: null, reason: 'too_long' }
  const plain = toHalfWidth(given)
  return { value: plain === '' ? null : plain }
}

/**
 * Reads every given field by itself. `kind` is the kind that was given or read before, which decides what a check code
 * looks like. Nothing here knows about the other fields.
 */
export function readGivenFields(
  input: Partial<Record<AskedField, unknown>>,
  readKind: InvoiceKind | null,
  today: string,
): GivenFields {
  const problems: FieldProblem[] = []
  const accept = (field: AskedField, read: (text: string) => Read): string | null => {
    const text = textOf(input[field], MAX_FIELD_LENGTH)
    const result = text.value === null ? text : read(text.value)
    if (result.reason) problems.push({ field, reason: result.reason })
    return result.value
  }
  const kindText = accept('kind', text =>
    isInvoiceKind(text) ? { value: text } : { value: null, reason: 'kind_unknown' },
  )
  const kind = kindText !== null && isInvoiceKind(kindText) ? kindText : null
  const shapeKind = kind === null || kind === 'UNKNOWN' ? readKind : kind
  const fields = {
    invoiceNumber: accept('invoiceNumber', text => readNumber(text, shapeKind)),
    invoiceCode: accept('invoiceCode', readDigits),
    issueDate: accept('issueDate', text => readDate(text, today)),
    amount: accept('amount', readAmount),
    checkCode: accept('checkCode', text => readCheckCode(text, shapeKind)),
  }
  let taxId: Parsed<TaxId> | null = null
  const sellerTaxId = accept('sellerTaxId', text => {
    taxId = parseTaxId(text)
    if ('value' in taxId) return { value: taxId.value.text }
    return { value: null, reason: taxId.reason === 'length' ? 'tax_id_length' : 'tax_id_format' }
  })
  return { kind, ...fields, sellerTaxId, taxId, problems }
}
