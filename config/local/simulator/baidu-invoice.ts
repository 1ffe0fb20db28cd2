import { BAIDU_NAMES } from './baidu-kinds'
import { chineseAmount } from './chinese-amount'
import type { SimInvoice, SimItem } from './sim-invoice'
import { undashed } from './wire-date'

/** `InvalidSign`; a red letter itself is normal, and what is not known is empty [upstreams reference § 2.2]. */
const INVALID_SIGNS: Readonly<Record<string, string>> = {
  normal: 'N',
  voided: 'Y',
  red: 'H',
  red_full: 'QH',
  red_partial: 'BH',
  red_letter: 'N',
}

const column = (items: readonly SimItem[], field: keyof SimItem) =>
  items.map((line, index) => ({ row: String(index + 1), word: line[field] }))

function face(invoice: SimInvoice) {
  const { items, buyer, seller } = invoice
  return {
    // The heading of the paper, for which the same name has to do.
    InvoiceTypeOrg: BAIDU_NAMES[invoice.kind] ?? '',
    PurchaserName: buyer.name,
    PurchaserRegisterNum: buyer.taxId,
    PurchaserAddress: '',
    PurchaserBank: '',
    SellerName: seller.name,
    SellerRegisterNum: seller.taxId,
    SellerAddress: '',
    SellerBank: '',
    TotalAmount: invoice.amountWithoutTax,
    TotalTax: invoice.taxAmount,
    AmountInFiguers: invoice.amountWithTax,
    AmountInWords: chineseAmount(invoice.amountWithTax),
    Remarks: invoice.remark,
    NoteDrawer: '',
    Payee: '',
    Checker: '',
    CommodityName: column(items, 'name'),
    CommodityType: column(items, 'spec'),
    CommodityNum: column(items, 'quantity'),
    CommodityUnit: column(items, 'unit'),
    CommodityPrice: column(items, 'unitPrice'),
    CommodityAmount: column(items, 'amountWithoutTax'),
    CommodityTaxRate: column(items, 'taxRate'),
    CommodityTax: column(items, 'taxAmount'),
  }
}

/** The answer to a found invoice in Baidu's field names, without its `log_id`. `checks`: of this invoice today. */
export function baiduInvoice(invoice: SimInvoice, checks: number, code: string, message: string): object {
  const words = face(invoice)
  const digital = invoice.invoiceNumber.length === 20
  return {
    words_result_num: Object.keys(words).length,
    VerifyResult: code,
    VerifyMessage: message,
    VerifyFrequency: String(checks),
    InvalidSign: INVALID_SIGNS[invoice.lifecycle] ?? '',
    InvoiceType: BAIDU_NAMES[invoice.kind] ?? '',
    InvoiceCode: invoice.invoiceCode,
    InvoiceNum: invoice.invoiceNumber,
    // A digital invoice has no check code, and its number comes in the place of one [domain reference § 4.3].
    CheckCode: digital && invoice.checkCode === '' ? invoice.invoiceNumber : invoice.checkCode,
    InvoiceDate: undashed(invoice.issueDate),
    MachineCode: '',
    words_result: words,
  }
}
