import type { AskedField } from '@shared/invoice/hint'
import type { AskedInvoice } from '@shared/invoice/invoice'
import { isDigitalNumber, kindOf } from '@shared/invoice/invoice-kind'

/** Query of VerifyVATInvoice by the SDK's names; the date is YYYYMMDD [upstreams reference § 3]. */
export interface AliyunRequest {
  invoiceNo: string
  invoiceDate: string
  invoiceCode?: string
  invoiceSum?: string
  verifyCode?: string
  /** 1: blockchain; without it an invoice of the tax system. */
  invoiceKind?: 1
}

type Element = 'amount' | 'checkCode'

/** Which given elements to send: those that the kind is checked by, else whatever was given. There is none for the seller. */
function elementsOf(asked: AskedInvoice): Element[] {
  const given = (['amount', 'checkCode'] as const).filter(field => asked[field] !== null)
  const needed: readonly string[] =
    isDigitalNumber(asked.invoiceNumber) && asked.amount !== null ? ['amount'] : kindOf(asked.kind).needs
  const sent = given.filter(field => needed.includes(field))
  return sent.length > 0 ? sent : given
}

/** The last six characters of a check code, or the five of a blockchain invoice. */
const tail = (checkCode: string) => checkCode.slice(-6)

/** The request for a question, and the fields that the provider then compares itself. */
export function aliyunRequest(asked: AskedInvoice): { request: AliyunRequest; compared: AskedField[] } {
  const elements = elementsOf(asked)
  const { amount, checkCode } = asked
  // Twenty digits go without the code that a digital paper invoice has printed beside them.
  const code = isDigitalNumber(asked.invoiceNumber) ? '' : (asked.invoiceCode ?? '')
  const request: AliyunRequest = {
    invoiceNo: asked.invoiceNumber,
    invoiceDate: asked.issueDate.replaceAll('-', ''),
    ...(code !== '' && { invoiceCode: code }),
    ...(elements.includes('amount') && amount !== null && { invoiceSum: amount }),
    ...(elements.includes('checkCode') && checkCode !== null && { verifyCode: tail(checkCode) }),
    ...(asked.kind === 'BLOCKCHAIN' && { invoiceKind: 1 as const }),
  }
  // Of a full check code only the end is sent: the rest is ours to compare.
  const compared = elements.filter(field => field !== 'checkCode' || (checkCode ?? '').length <= 6)
  const named: AskedField[] =
    code === '' ? ['invoiceNumber', 'issueDate'] : ['invoiceNumber', 'invoiceCode', 'issueDate']
  return { request, compared: [...named, ...compared] }
}
