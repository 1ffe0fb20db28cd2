import type { Invoice, InvoiceItem } from '@shared/contract/verification'
import type { AskedInvoice } from '@shared/invoice/invoice'
import { amountOf, type InvoiceKind } from '@shared/invoice/invoice-kind'
import { parseIssueDate } from '@shared/invoice/issue-date'
import { kindFromAliyunType } from '@shared/invoice/kind-codes'
import type { Lifecycle } from '@shared/invoice/outcome'
import { readable } from '@shared/invoice/parsed'
import type { WireInvoice, WireLine } from './aliyun-wire'
import { fittingLines, isAnotherInvoice, isNegative, moneyOrNull, partyOrNull, textOrNull } from './tax-data'

const INVALID_MARK: ReadonlyMap<string, Lifecycle> = new Map([
  ['N', 'normal'],
  ['Y', 'voided'],
  ['H', 'red'],
  ['7', 'red_partial'],
  ['8', 'red_full'],
])

/**
 * State of a found invoice by `invalidMark`. `normal` needs the mark that says so and no sign of a red letter; `oddCode` names
 * a mark that the table does not have.
 */
export function lifecycleOf(
  invalidMark: string,
  isRedLetter: boolean,
): { lifecycle: Lifecycle; oddCode: string | null } {
  const said = INVALID_MARK.get(invalidMark)
  const oddCode = said === undefined && invalidMark !== '' ? `invalidMark=${invalidMark}`.slice(0, 80) : null
  if (said !== undefined && said !== 'normal') return { lifecycle: said, oddCode }
  return { lifecycle: isRedLetter ? 'red_letter' : (said ?? 'unknown'), oddCode }
}

const itemOf = (line: WireLine): InvoiceItem => ({
  name: line.goodsName,
  spec: line.standard,
  unit: line.unit,
  quantity: line.num,
  unitPrice: line.netValue,
  amountWithoutTax: line.detailAmount,
  taxRate: line.taxRate,
  taxAmount: line.allTax,
})

/** The result's own words deny what its code says. */
const DENIAL = /不(一致|相符|符|存在)/

/** The amount that this kind is asked with: a used vehicle's is its total price. */
function askedAmountOf(wire: WireInvoice, kind: InvoiceKind, asked: AskedInvoice): string | null {
  const { basis, label } = amountOf(kind, asked.invoiceNumber)
  const price = moneyOrNull(wire.carPrice)
  if (label === 'vehicle_total' && price !== null) return price
  if (basis === 'unknown') return asked.amount
  return moneyOrNull(basis === 'incl_tax' ? wire.allValoremTax : wire.invoiceMoney)
}

/** The tax data and the state in an answer; null when it holds no invoice, or plainly another one than was asked about. */
export function readFound(
  wire: WireInvoice | null,
  asked: AskedInvoice,
): { invoice: Invoice; lifecycle: Lifecycle; oddCode: string | null } | null {
  if (wire === null || wire.invoiceNumber === '' || DENIAL.test(wire.cyjgxx)) return null
  if (isAnotherInvoice({ number: wire.invoiceNumber, code: wire.invoiceCode, date: wire.invoiceDate }, asked)) {
    return null
  }
  const found = kindFromAliyunType(wire.invoiceType)
  const invoice: Invoice = {
    // Unknown stays unknown here: what a person asked with is no tax data.
    kind: found,
    invoiceCode: textOrNull(wire.invoiceCode),
    invoiceNumber: wire.invoiceNumber,
    issueDate: readable(parseIssueDate(wire.invoiceDate)) ?? asked.issueDate,
    amount: askedAmountOf(wire, found === 'UNKNOWN' ? asked.kind : found, asked),
    checkCode: textOrNull(wire.checkCode),
    amountWithoutTax: moneyOrNull(wire.invoiceMoney),
    taxAmount: moneyOrNull(wire.allTax),
    amountWithTax: moneyOrNull(wire.allValoremTax),
    seller: partyOrNull(wire.salerName, wire.salerTaxpayerNumber),
    buyer: partyOrNull(wire.purchaserName, wire.purchaserTaxpayerNumber),
    remark: textOrNull(wire.note),
    taxBureau: textOrNull(wire.taxUnitName),
    ...fittingLines((wire.detailList ?? []).map(itemOf)),
  }
  const isRedLetter =
    wire.blueInvoiceNo !== '' ||
    isNegative(invoice.amountWithoutTax) ||
    isNegative(invoice.taxAmount) ||
    isNegative(invoice.amountWithTax)
  return { invoice, ...lifecycleOf(wire.invalidMark, isRedLetter) }
}
