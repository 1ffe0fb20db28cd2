import type { AskedField } from '@shared/invoice/hint'
import type { AskedInvoice } from '@shared/invoice/invoice'
import { type InvoiceKind, isDigitalNumber, kindOf } from '@shared/invoice/invoice-kind'
import { baiduRequestType } from '@shared/invoice/kind-codes'

/** Form of vat_invoice_verification [upstreams reference § 2.2]: every field is there, empty where the kind has no use for it. */
export interface BaiduForm {
  invoice_code: string
  invoice_num: string
  /** `YYYYMMDD` */
  invoice_date: string
  invoice_type: string
  check_code: string
  total_amount: string
}

type Element = 'amount' | 'checkCode'

const BY_CHECK_CODE: readonly InvoiceKind[] = [
  'VAT_NORMAL_PAPER',
  'VAT_NORMAL_ELECTRONIC',
  'VAT_NORMAL_ROLL',
  'TOLL_ELECTRONIC',
]
/** Baidu alone takes both of an electronic special invoice. */
const BY_BOTH: readonly InvoiceKind[] = ['VAT_SPECIAL_ELECTRONIC', 'BLOCKCHAIN']

function elementsOf(kind: InvoiceKind): readonly Element[] {
  if (BY_CHECK_CODE.includes(kind)) return ['checkCode']
  return BY_BOTH.includes(kind) ? ['amount', 'checkCode'] : ['amount']
}

/** Blockchain invoices of Shenzhen alone are checked; their codes begin so [domain reference § 1.1]. */
const isElsewhere = ({ kind, invoiceCode }: AskedInvoice) =>
  kind === 'BLOCKCHAIN' && !(invoiceCode ?? '').startsWith('14403')

/**
 * The form for a question, and the fields that the provider then compares itself. Null when Baidu cannot be asked this way:
 * a kind without a type, an element that the kind must have is not given, or a paper form by its 20-digit number, of which
 * no document says which amount goes with it.
 */
export function baiduRequest(asked: AskedInvoice): { form: BaiduForm; compared: AskedField[] } | null {
  const { kind, invoiceNumber, invoiceCode, issueDate, amount, checkCode } = asked
  const type = baiduRequestType(kind)
  if (type === undefined || isElsewhere(asked)) return null
  const hasCode = kindOf(kind).codeLengths.length > 0
  if (hasCode === isDigitalNumber(invoiceNumber) || (hasCode && invoiceCode === null)) return null
  const elements = elementsOf(kind)
  if (elements.some(field => asked[field] === null)) return null
  const form: BaiduForm = {
    invoice_code: hasCode ? (invoiceCode ?? '') : '',
    invoice_num: invoiceNumber,
    invoice_date: issueDate.replaceAll('-', ''),
    invoice_type: type,
    check_code: elements.includes('checkCode') ? (checkCode ?? '').slice(-6) : '',
    total_amount: elements.includes('amount') ? (amount ?? '') : '',
  }
  // Of a full check code only the end is sent: the rest is ours to compare.
  const sent = elements.filter(field => field === 'amount' || (checkCode ?? '').length <= 6)
  const named: AskedField[] = hasCode ? ['invoiceNumber', 'invoiceCode', 'issueDate'] : ['invoiceNumber', 'issueDate']
  return { form, compared: [...named, ...sent] }
}
