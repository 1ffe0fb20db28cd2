import type { AskedField } from '@shared/invoice/hint'
import type { AskedInvoice } from '@shared/invoice/invoice'
import { isDigitalNumber, kindOf } from '@shared/invoice/invoice-kind'
import { tencentRequestKind } from '@shared/invoice/kind-codes'

/** Request of VatInvoiceVerifyNew [upstreams reference § 1.3]. */
export interface TencentRequest {
  InvoiceNo: string
  InvoiceDate: string
  InvoiceCode: string
  InvoiceKind?: string
  Amount?: string
  CheckCode?: string
  SellerTaxCode?: string
  EnableTodayInvoice: true
}

type Element = 'amount' | 'checkCode' | 'sellerTaxId'

/** Which given elements to send: those that the kind is checked by, else whatever was given. */
function elementsOf(asked: AskedInvoice): Element[] {
  const given = (['amount', 'checkCode', 'sellerTaxId'] as const).filter(field => asked[field] !== null)
  const needed: readonly Element[] =
    isDigitalNumber(asked.invoiceNumber) && asked.amount !== null ? ['amount'] : kindOf(asked.kind).needs
  const sent = given.filter(field => needed.includes(field))
  return sent.length > 0 ? sent : given.filter(field => field !== 'sellerTaxId')
}

/** The last six characters of a check code, or the five of a blockchain invoice. */
const tail = (checkCode: string) => checkCode.slice(-6)

/** The request for a question, and the fields that the provider then compares itself. */
export function tencentRequest(asked: AskedInvoice): { request: TencentRequest; compared: AskedField[] } {
  const elements = elementsOf(asked)
  const { amount, checkCode, sellerTaxId } = asked
  const kind = tencentRequestKind(asked.kind)
  // Twenty digits go without the code that a digital paper invoice has printed beside them.
  const code = isDigitalNumber(asked.invoiceNumber) ? '' : (asked.invoiceCode ?? '')
  const request: TencentRequest = {
    InvoiceNo: asked.invoiceNumber,
    InvoiceDate: asked.issueDate,
    InvoiceCode: code,
    ...(kind !== undefined && { InvoiceKind: kind }),
    ...(elements.includes('amount') && amount !== null && { Amount: amount }),
    ...(elements.includes('checkCode') && checkCode !== null && { CheckCode: tail(checkCode) }),
    ...(elements.includes('sellerTaxId') && sellerTaxId !== null && { SellerTaxCode: sellerTaxId }),
    EnableTodayInvoice: true,
  }
  // Of a full check code only the end is sent: the rest is ours to compare.
  const compared = elements.filter(field => field !== 'checkCode' || (checkCode ?? '').length <= 6)
  const named: AskedField[] =
    code === '' ? ['invoiceNumber', 'issueDate'] : ['invoiceNumber', 'invoiceCode', 'issueDate']
  return { request, compared: [...named, ...compared] }
}
