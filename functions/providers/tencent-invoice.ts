import type { Invoice, InvoiceItem } from '@shared/contract/verification'
import type { AskedInvoice } from '@shared/invoice/invoice'
import { amountOf, type InvoiceKind } from '@shared/invoice/invoice-kind'
import { parseIssueDate } from '@shared/invoice/issue-date'
import { kindFromTencentType } from '@shared/invoice/kind-codes'
import type { Lifecycle } from '@shared/invoice/outcome'
import { readable } from '@shared/invoice/parsed'
import { fittingLines, isAnotherInvoice, isNegative, moneyOrNull, partyOrNull, textOrNull } from './tax-data'
import type { WireInvoice, WireLine, WireResponse, WireTicket } from './tencent-wire'

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

const itemOf = (line: WireLine): InvoiceItem => ({
  name: line.Name,
  spec: line.Spec,
  unit: line.Unit,
  quantity: line.Quantity,
  unitPrice: line.UnitPrice,
  amountWithoutTax: line.AmountWithoutTax,
  taxRate: line.TaxRate,
  taxAmount: line.TaxAmount,
})

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
  if (isAnotherInvoice({ number: wire.Number, code: wire.Code, date: wire.Date }, asked)) return null
  const found = kindFromTencentType(wire.Type, wire.ElectronicType)
  const kind: InvoiceKind = found === 'UNKNOWN' ? asked.kind : found
  const amountWithoutTax = moneyOrNull(wire.AmountWithoutTax)
  const amountWithTax = moneyOrNull(wire.AmountWithTax)
  const { basis } = amountOf(kind, asked.invoiceNumber)
  const invoice: Invoice = {
    // Unknown stays unknown here: what a person asked with is no tax data.
    kind: found,
    invoiceCode: textOrNull(wire.Code),
    invoiceNumber: wire.Number,
    issueDate: readable(parseIssueDate(wire.Date)) ?? asked.issueDate,
    amount: basis === 'incl_tax' ? amountWithTax : basis === 'excl_tax' ? amountWithoutTax : asked.amount,
    checkCode: textOrNull(wire.CheckCode),
    amountWithoutTax,
    taxAmount: moneyOrNull(wire.TaxAmount),
    amountWithTax,
    seller: partyOrNull(wire.SellerName, wire.SellerTaxCode),
    buyer: partyOrNull(wire.BuyerName, wire.BuyerTaxCode),
    remark: textOrNull(wire.Remark),
    taxBureau: textOrNull(wire.TaxBureau),
    ...fittingLines((wire.Items ?? []).map(itemOf)),
  }
  const isRedLetter =
    wire.RedLetterInvoiceMark === true ||
    isNegative(amountWithoutTax) ||
    isNegative(invoice.taxAmount) ||
    isNegative(amountWithTax)
  const state = lifecycleOf(wire.IsAbandoned, (train ?? air)?.StateCode ?? '', isRedLetter)
  return { invoice, ...state }
}
