import type { Invoice, InvoiceItem, Party } from '@shared/contract/verification'
import type { AskedInvoice } from '@shared/invoice/invoice'
import { amountOf, type InvoiceKind, isDigitalNumber } from '@shared/invoice/invoice-kind'
import { parseIssueDate } from '@shared/invoice/issue-date'
import { kindFromTencentType } from '@shared/invoice/kind-codes'
import { normaliseMoney } from '@shared/invoice/money'
import type { Lifecycle } from '@shared/invoice/outcome'
import { readable } from '@shared/invoice/parsed'
import type { WireInvoice, WireLine, WireResponse, WireTicket } from './tencent-wire'

/** Lines beyond this many bytes of JSON are left out: an item of the table holds 400 KB. */
const MAX_LINES_BYTES = 100_000
const MAX_TEXT = 400

const ABANDONED: Readonly<Record<string, Lifecycle>> = {
  N: 'normal',
  Y: 'voided',
  H: 'red',
  HP: 'red_partial',
  HF: 'red_full',
}
/** 1 is "not updated": the state is not known yet. */
const STATE_CODE: Readonly<Record<string, Lifecycle>> = { 0: 'normal', 1: 'unknown', 2: 'voided', 3: 'red' }

const look = (table: Readonly<Record<string, Lifecycle>>, code: string) =>
  Object.hasOwn(table, code) ? table[code] : undefined

/**
 * State of a found invoice. `normal` needs a code that says so and none that says anything else; `oddCode` names a code
 * that no table has.
 */
export function lifecycleOf(
  isAbandoned: string,
  stateCode: string,
  isRedLetter: boolean,
): { lifecycle: Lifecycle; oddCode: string | null } {
  const said: (Lifecycle | undefined)[] = []
  if (isAbandoned !== '') said.push(look(ABANDONED, isAbandoned))
  if (stateCode !== '') said.push(look(STATE_CODE, stateCode))
  const oddCode = said.includes(undefined) ? `IsAbandoned=${isAbandoned} StateCode=${stateCode}`.slice(0, 80) : null
  const adverse = said.find(state => state !== undefined && state !== 'normal' && state !== 'unknown')
  if (adverse !== undefined) return { lifecycle: adverse, oddCode }
  if (isRedLetter) return { lifecycle: 'red_letter', oddCode }
  const isNormal = said.length > 0 && said.every(state => state === 'normal')
  return { lifecycle: isNormal ? 'normal' : 'unknown', oddCode }
}

const orNull = (text: string) => (text === '' ? null : text.slice(0, MAX_TEXT))
const money = (text: string) => (text === '' ? null : normaliseMoney(text))
const party = (name: string, taxId: string): Party | null =>
  name === '' && taxId === '' ? null : { name: name.slice(0, MAX_TEXT), taxId: taxId.slice(0, MAX_TEXT) }

function itemOf(line: WireLine): InvoiceItem {
  return {
    name: line.Name.slice(0, MAX_TEXT),
    spec: line.Spec.slice(0, MAX_TEXT),
    unit: line.Unit.slice(0, MAX_TEXT),
    quantity: line.Quantity.slice(0, MAX_TEXT),
    unitPrice: line.UnitPrice.slice(0, MAX_TEXT),
    amountWithoutTax: line.AmountWithoutTax.slice(0, MAX_TEXT),
    taxRate: line.TaxRate.slice(0, MAX_TEXT),
    taxAmount: line.TaxAmount.slice(0, MAX_TEXT),
  }
}

/** Lines in order as far as they fit, and how many did not. */
function linesOf(lines: readonly WireLine[]): { items: InvoiceItem[]; itemsLeftOut?: number } {
  const items: InvoiceItem[] = []
  let bytes = 0
  for (const line of lines) {
    const item = itemOf(line)
    bytes += Buffer.byteLength(JSON.stringify(item))
    if (bytes > MAX_LINES_BYTES) return { items, itemsLeftOut: lines.length - items.length }
    items.push(item)
  }
  return { items }
}

/** A ticket whose common part came back empty. */
function fromTicket(ticket: WireTicket, type: string): WireInvoice {
  return {
    Code: ticket.Code,
    Number: ticket.Number,
    Date: ticket.Date,
    BuyerName: ticket.BuyerName,
    BuyerTaxCode: ticket.BuyerTaxCode,
    SellerName: '',
    SellerTaxCode: '',
    Remark: '',
    Type: type,
    ElectronicType: '',
    CheckCode: ticket.CheckCode,
    IsAbandoned: '',
    AmountWithoutTax: ticket.Amount,
    TaxAmount: ticket.Tax,
    AmountWithTax: ticket.Total,
    TaxBureau: '',
    Items: [],
  }
}

const withContent = <T extends { Number: string }>(found: T | null | undefined): T | null =>
  found && found.Number !== '' ? found : null

/** Names of equal length must be the same: the two printed numbers of a digital paper invoice differ in length. */
const differ = (asked: string, found: string) => found !== '' && found.length === asked.length && found !== asked

/** Twenty digits name an invoice by themselves; a code beside them is compared like any given field. */
function isAnother(wire: WireInvoice, asked: AskedInvoice): boolean {
  const { invoiceNumber, invoiceCode, issueDate } = asked
  const day = readable(parseIssueDate(wire.Date))
  return (
    differ(invoiceNumber, wire.Number) ||
    (!isDigitalNumber(invoiceNumber) && differ(invoiceCode ?? '', wire.Code)) ||
    (day !== null && day !== issueDate)
  )
}

/** Money below zero is a red letter's, whatever the marks say. */
const isNegative = (amount: string | null) => (amount ?? '').startsWith('-')

/** The tax data and the state in an answer; null when it holds no invoice, or plainly another one than was asked about. */
export function readFound(
  response: WireResponse,
  asked: AskedInvoice,
): { invoice: Invoice; lifecycle: Lifecycle; oddCode: string | null } | null {
  const train = withContent(response.ElectronicTrainTicket)
  const air = withContent(response.ElectronicAirTransport)
  const wire =
    withContent(response.Invoice) ?? (train && fromTicket(train, '83')) ?? (air && fromTicket(air, '61')) ?? null
  if (wire === null) return null
  if (isAnother(wire, asked)) return null
  const found = kindFromTencentType(wire.Type, wire.ElectronicType)
  const kind: InvoiceKind = found === 'UNKNOWN' ? asked.kind : found
  const amountWithoutTax = money(wire.AmountWithoutTax)
  const amountWithTax = money(wire.AmountWithTax)
  const { basis } = amountOf(kind, asked.invoiceNumber)
  const invoice: Invoice = {
    // Unknown stays unknown here: what a person asked with is no tax data.
    kind: found,
    invoiceCode: orNull(wire.Code),
    invoiceNumber: wire.Number,
    issueDate: readable(parseIssueDate(wire.Date)) ?? asked.issueDate,
    amount: basis === 'incl_tax' ? amountWithTax : basis === 'excl_tax' ? amountWithoutTax : asked.amount,
    checkCode: orNull(wire.CheckCode),
    amountWithoutTax,
    taxAmount: money(wire.TaxAmount),
    amountWithTax,
    seller: party(wire.SellerName, wire.SellerTaxCode),
    buyer: party(wire.BuyerName, wire.BuyerTaxCode),
    remark: orNull(wire.Remark),
    taxBureau: orNull(wire.TaxBureau),
    ...linesOf(wire.Items ?? []),
  }
  const isRedLetter =
    wire.RedLetterInvoiceMark === true ||
    isNegative(amountWithoutTax) ||
    isNegative(invoice.taxAmount) ||
    isNegative(amountWithTax)
  const state = lifecycleOf(wire.IsAbandoned, (train ?? air)?.StateCode ?? '', isRedLetter)
  return { invoice, ...state }
}
