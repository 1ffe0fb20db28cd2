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
