import { withoutSpaces } from './half-width'
import type { InvoiceKind } from './invoice-kind'

/**
 * What outside systems call the kinds of invoices: one table per source, because the same code means different things to
 * different sources (83 is a motor vehicle to one and a railway ticket to another) [domain reference § 1.2]. A code that is
 * not in a source's table is `UNKNOWN`; callers keep the raw value.
 */
type KindTable = Readonly<Record<string, InvoiceKind>>

/** Second field of the QR text of an invoice that has a code. */
const QR_WITH_CODE: KindTable = {
  '01': 'VAT_SPECIAL_PAPER',
  '02': 'FREIGHT_SPECIAL',
  '03': 'MOTOR_VEHICLE',
  '04': 'VAT_NORMAL_PAPER',
  10: 'VAT_NORMAL_ELECTRONIC',
  11: 'VAT_NORMAL_ROLL',
  15: 'USED_VEHICLE',
  20: 'VAT_SPECIAL_ELECTRONIC',
  /** Old Aisino software. */
  51: 'VAT_NORMAL_ELECTRONIC',
}

/** Second field of the QR text of a 20-digit number. 83 and 84 are left out: sources disagree. */
const QR_DIGITAL: KindTable = {
  31: 'DIGITAL_SPECIAL',
  32: 'DIGITAL_NORMAL',
  51: 'DIGITAL_RAILWAY',
  61: 'DIGITAL_AIR',
}

/** `fplx` of the national platform; also what the decision table over codes answers. 99 is its "unknown". */
const PLATFORM: KindTable = {
  '01': 'VAT_SPECIAL_PAPER',
  '02': 'FREIGHT_SPECIAL',
  '03': 'MOTOR_VEHICLE',
  '04': 'VAT_NORMAL_PAPER',
  '08': 'VAT_SPECIAL_ELECTRONIC',
  10: 'VAT_NORMAL_ELECTRONIC',
  11: 'VAT_NORMAL_ROLL',
  14: 'TOLL_ELECTRONIC',
  15: 'USED_VEHICLE',
}

/** 票种编码 of the e-invoice service platform. */
const NATIONAL: KindTable = {
  '01': 'VAT_SPECIAL_PAPER',
  '03': 'MOTOR_VEHICLE',
  '04': 'VAT_NORMAL_PAPER',
  '08': 'VAT_SPECIAL_ELECTRONIC',
  10: 'VAT_NORMAL_ELECTRONIC',
  11: 'VAT_NORMAL_ROLL',
  14: 'TOLL_ELECTRONIC',
  15: 'USED_VEHICLE',
  51: 'DIGITAL_RAILWAY',
  59: 'DIGITAL_TOLL',
  61: 'DIGITAL_AIR',
  81: 'DIGITAL_SPECIAL',
  82: 'DIGITAL_NORMAL',
  83: 'DIGITAL_MOTOR_VEHICLE',
  84: 'DIGITAL_USED_VEHICLE',
  85: 'DIGITAL_PAPER_SPECIAL',
  86: 'DIGITAL_PAPER_NORMAL',
  87: 'DIGITAL_PAPER_MOTOR',
  88: 'DIGITAL_PAPER_USED',
}

/** `Type` in Tencent's answer. 103 (车辆通行) has no kind of ours. */
const TENCENT_TYPE: KindTable = {
  ...PLATFORM,
  32: 'BLOCKCHAIN',
  61: 'DIGITAL_AIR',
  83: 'DIGITAL_RAILWAY',
  100: 'BLOCKCHAIN',
  101: 'FISCAL_BILL',
  102: 'GENERAL_MACHINE',
  '0901': 'DIGITAL_PAPER_SPECIAL',
  '0903': 'DIGITAL_PAPER_MOTOR',
  '0904': 'DIGITAL_PAPER_NORMAL',
  '0910': 'DIGITAL_NORMAL',
  '0915': 'DIGITAL_PAPER_USED',
  '0920': 'DIGITAL_SPECIAL',
  '0930': 'DIGITAL_MOTOR_VEHICLE',
  '0940': 'DIGITAL_USED_VEHICLE',
  8208: 'DIGITAL_TOLL',
}

/** `ElectronicType` in Tencent's answer, of the types that cover digital invoices too (08, 09, 10 and no type at all). */
const TENCENT_ELECTRONIC: KindTable = {
  '01': 'DIGITAL_SPECIAL',
  '02': 'DIGITAL_NORMAL',
  '03': 'DIGITAL_RAILWAY',
  '04': 'DIGITAL_AIR',
}
const TENCENT_TYPES_WITH_DIGITAL = ['', '08', '09', '10']

/** `InvoiceKind` of Tencent's request; kinds that it has no code for are left out of the request. */
const TENCENT_REQUEST: Readonly<Partial<Record<InvoiceKind, string>>> = {
  VAT_SPECIAL_PAPER: '01',
  FREIGHT_SPECIAL: '02',
  MOTOR_VEHICLE: '03',
  VAT_NORMAL_PAPER: '04',
  VAT_SPECIAL_ELECTRONIC: '08',
  DIGITAL_SPECIAL: '08',
  VAT_NORMAL_ELECTRONIC: '10',
  DIGITAL_NORMAL: '10',
  VAT_NORMAL_ROLL: '11',
  TOLL_ELECTRONIC: '14',
  USED_VEHICLE: '15',
  FISCAL_BILL: '16',
  BLOCKCHAIN: '32',
}

/** `invoice_type` of Baidu's request: it must be told the kind. Vehicles share a type, digital paper of VAT has none. */
const BAIDU_REQUEST: Readonly<Partial<Record<InvoiceKind, string>>> = {
  VAT_SPECIAL_PAPER: 'special_vat_invoice',
  VAT_SPECIAL_ELECTRONIC: 'elec_special_vat_invoice',
  VAT_NORMAL_PAPER: 'normal_invoice',
  VAT_NORMAL_ELECTRONIC: 'elec_normal_invoice',
  VAT_NORMAL_ROLL: 'roll_normal_invoice',
  TOLL_ELECTRONIC: 'toll_elec_normal_invoice',
  BLOCKCHAIN: 'blockchain_invoice',
  DIGITAL_SPECIAL: 'elec_invoice_special',
  DIGITAL_NORMAL: 'elec_invoice_normal',
  FREIGHT_SPECIAL: 'special_freight_transport_invoice',
  MOTOR_VEHICLE: 'motor_vehicle_invoice',
  DIGITAL_MOTOR_VEHICLE: 'motor_vehicle_invoice',
  DIGITAL_PAPER_MOTOR: 'motor_vehicle_invoice',
  USED_VEHICLE: 'used_vehicle_invoice',
  DIGITAL_USED_VEHICLE: 'used_vehicle_invoice',
  DIGITAL_PAPER_USED: 'used_vehicle_invoice',
  DIGITAL_AIR: 'elec_flight_itinerary_invoice',
  DIGITAL_RAILWAY: 'elec_train_ticket_invoice',
  DIGITAL_TOLL: 'elec_toll_invoice',
}

/** `InvoiceType` of Baidu's answer is a name; here with half-width brackets [cloud.baidu.com/doc/OCR/s/cklbnrnwe]. */
const BAIDU_TYPE: KindTable = {
  增值税专用发票: 'VAT_SPECIAL_PAPER',
  增值税电子专用发票: 'VAT_SPECIAL_ELECTRONIC',
  增值税普通发票: 'VAT_NORMAL_PAPER',
  '增值税普通发票(电子)': 'VAT_NORMAL_ELECTRONIC',
  '增值税普通发票(卷式)': 'VAT_NORMAL_ROLL',
  通行费增值税电子普通发票: 'TOLL_ELECTRONIC',
  区块链电子发票: 'BLOCKCHAIN',
  '全电发票(专用发票)': 'DIGITAL_SPECIAL',
  '全电发票(普通发票)': 'DIGITAL_NORMAL',
  货物运输业增值税专用发票: 'FREIGHT_SPECIAL',
  机动车销售发票: 'MOTOR_VEHICLE',
  '电子发票(机动车销售统一发票)': 'DIGITAL_MOTOR_VEHICLE',
  '电子发票(纸质机动车销售统一发票)': 'DIGITAL_PAPER_MOTOR',
  二手车销售发票: 'USED_VEHICLE',
  '电子发票(二手车销售统一发票)': 'DIGITAL_USED_VEHICLE',
  '电子发票(纸质二手车销售统一发票)': 'DIGITAL_PAPER_USED',
  '电子发票(航空运输电子客票行程单)': 'DIGITAL_AIR',
  '电子发票(铁路电子客票)': 'DIGITAL_RAILWAY',
  '全电发票(含通行费标识)': 'DIGITAL_TOLL',
}

/**
 * `invoiceType` in Alibaba Cloud's answer. 04 and 11 stand the other way round than with Tencent. 20 is left out: an electronic
 * special invoice in the QR code, a motor vehicle in a list that quotes the vendor [upstreams reference § 3].
 */
const ALIYUN_TYPE: KindTable = {
  '01': 'VAT_SPECIAL_PAPER',
  '03': 'MOTOR_VEHICLE',
  '04': 'VAT_NORMAL_ROLL',
  10: 'VAT_NORMAL_ELECTRONIC',
  11: 'VAT_NORMAL_PAPER',
  14: 'TOLL_ELECTRONIC',
  15: 'USED_VEHICLE',
  31: 'DIGITAL_SPECIAL',
  32: 'DIGITAL_NORMAL',
  51: 'DIGITAL_RAILWAY',
  61: 'DIGITAL_AIR',
  83: 'DIGITAL_MOTOR_VEHICLE',
  84: 'DIGITAL_USED_VEHICLE',
  85: 'DIGITAL_PAPER_SPECIAL',
}

/** Codes are digits: `constructor` is no kind. */
function lookUp(table: KindTable, code: string): InvoiceKind {
  return (/^\d+$/.test(code) ? table[code] : undefined) ?? 'UNKNOWN'
}

/** Kind of a QR's type field; what it means depends on whether the QR has an invoice code. */
export function kindFromQrType(type: string, hasCode: boolean): InvoiceKind {
  return lookUp(hasCode ? QR_WITH_CODE : QR_DIGITAL, type)
}

export function kindFromPlatformType(type: string): InvoiceKind {
  return lookUp(PLATFORM, type)
}

export function kindFromNationalCode(code: string): InvoiceKind {
  return lookUp(NATIONAL, code)
}

/** Undefined: leave `InvoiceKind` out of the request. */
export function tencentRequestKind(kind: InvoiceKind): string | undefined {
  return TENCENT_REQUEST[kind]
}

/** Kind of Tencent's answer by its `Type` and, for the types that cover digital invoices too, `ElectronicType`. */
export function kindFromTencentType(type: string, electronicType: string): InvoiceKind {
  const electronic =
    TENCENT_TYPES_WITH_DIGITAL.indexOf(type) >= 0 ? lookUp(TENCENT_ELECTRONIC, electronicType) : 'UNKNOWN'
  return electronic === 'UNKNOWN' ? lookUp(TENCENT_TYPE, type) : electronic
}

/** Undefined: Baidu does not check this kind. */
export function baiduRequestType(kind: InvoiceKind): string | undefined {
  return BAIDU_REQUEST[kind]
}

/** Kind of Baidu's answer by its `InvoiceType`, with brackets of either width. */
export function kindFromBaiduType(type: string): InvoiceKind {
  const name = withoutSpaces(type)
  // Chinese throughout: `constructor` is no kind.
  return (/^[\u4e00-\u9fff()]+$/.test(name) ? BAIDU_TYPE[name] : undefined) ?? 'UNKNOWN'
}

/** Kind of Alibaba Cloud's answer by its `invoiceType`. */
export function kindFromAliyunType(type: string): InvoiceKind {
  return lookUp(ALIYUN_TYPE, type)
}
