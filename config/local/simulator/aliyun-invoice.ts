import type { SimInvoice, SimItem } from './sim-invoice'
import { undashed } from './wire-date'

/**
 * `invoiceType` by kind: 04 and 11 stand the other way round than with Tencent. 20 means a motor vehicle in a list that quotes
 * the vendor and an electronic special invoice in the QR code; it is the latter here. Those from 86, 59 and 02 are believed:
 * they go on in the national list, from which Alibaba has 51, 61 and 83 to 85 [upstreams reference § 3, domain § 1.1].
 */
export const ALIYUN_TYPES: Readonly<Record<string, string>> = {
  VAT_SPECIAL_PAPER: '01',
  FREIGHT_SPECIAL: '02',
  MOTOR_VEHICLE: '03',
  VAT_NORMAL_ROLL: '04',
  VAT_NORMAL_ELECTRONIC: '10',
  VAT_NORMAL_PAPER: '11',
  TOLL_ELECTRONIC: '14',
  USED_VEHICLE: '15',
  VAT_SPECIAL_ELECTRONIC: '20',
  DIGITAL_SPECIAL: '31',
  DIGITAL_NORMAL: '32',
  DIGITAL_RAILWAY: '51',
  DIGITAL_TOLL: '59',
  DIGITAL_AIR: '61',
  DIGITAL_MOTOR_VEHICLE: '83',
  DIGITAL_USED_VEHICLE: '84',
  DIGITAL_PAPER_SPECIAL: '85',
  DIGITAL_PAPER_NORMAL: '86',
  DIGITAL_PAPER_MOTOR: '87',
  DIGITAL_PAPER_USED: '88',
  BLOCKCHAIN: '',
}

const INVALID_MARKS: Readonly<Record<string, string>> = {
  normal: 'N',
  voided: 'Y',
  red: 'H',
  red_full: '8',
  red_partial: '7',
  red_letter: 'N',
}

const line = (item: SimItem, index: number) => ({
  rowNo: String(index + 1),
  detailNo: String(index + 1),
  goodsName: item.name,
  standard: item.spec,
  unit: item.unit,
  num: item.quantity,
  netValue: item.unitPrice,
  detailAmount: item.amountWithoutTax,
  taxRate: item.taxRate,
  allTax: item.taxAmount,
  taxClassifyCode: '',
  expenseItem: '',
  plate_no: '',
  trafficDateStart: '',
  trafficDateEnd: '',
  type: '',
  taxUnitPrice: '',
  taxDetailAmount: '',
})

/** Of the fields that only vehicles have, those that the simulated tax data knows. */
const vehicle = ({ kind, amountWithTax, taxBureau }: SimInvoice) =>
  /VEHICLE|MOTOR|USED/.test(kind) ? { taxUnitName: taxBureau, carPrice: amountWithTax } : {}

/** `data` of the answer to a found invoice in Alibaba Cloud's field names. `checks`: of this invoice today. */
export function aliyunInvoice(invoice: SimInvoice, checks: number): object {
  const { buyer, seller } = invoice
  return {
    invoiceType: ALIYUN_TYPES[invoice.kind] ?? '',
    invoiceCode: invoice.invoiceCode,
    invoiceNumber: invoice.invoiceNumber,
    invoiceDate: undashed(invoice.issueDate),
    checkCode: invoice.checkCode,
    cyjgxx: '相符',
    inspectionAmount: String(checks),
    invalidMark: INVALID_MARKS[invoice.lifecycle] ?? '',
    invoiceMoney: invoice.amountWithoutTax,
    allTax: invoice.taxAmount,
    allValoremTax: invoice.amountWithTax,
    purchaserName: buyer.name,
    purchaserTaxpayerNumber: buyer.taxId,
    purchaserAddressOrPhone: '',
    purchaserBankAndNumber: '',
    salerName: seller.name,
    salerTaxpayerNumber: seller.taxId,
    salerAddressOrPhone: '',
    salerBankAndNumber: '',
    machineCode: '',
    note: invoice.remark,
    trafficFeeFlag: '',
    zeroTaxRateFlag: '',
    blueInvoiceCode: '',
    blueInvoiceNo: '',
    ...vehicle(invoice),
    detailList: invoice.items.map(line),
  }
}
