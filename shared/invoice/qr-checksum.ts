import { type Crc16Form, crc16 } from './crc16'
import type { InvoiceCode } from './invoice-code'

export type QrChecksum = 'intact' | 'unknown' | 'inconsistent' | 'none'
export type CrcVariant = `${Crc16Form}_INCL_COMMA` | 'UMTS_EXCL_COMMA'

/** Railway and air: the one railway payload that is known rests on MODBUS [domain reference § 3.2]. */
const RARE_FORM_TYPES = ['51', '61']

export interface CrcMatch {
  variant: CrcVariant
  /** False where the match says no more than chance would. */
  sure: boolean
}

/**
 * The variant by which a QR's last field is its CRC-16, null when by none. Compared as a number: `D2` stands for 00D2. ARC
 * and MODBUS rest on one payload each, both in lower case: in capitals they are sure only for the types that use them, for
 * every variant that is believed lets one more of 65,536 misreadings pass. `texts` are the readings of what the checksum
 * covers, each without its last comma.
 */
export function crcMatchOf(texts: readonly string[], crc: string, type: string): CrcMatch | null {
  if (!/^[0-9a-f]{1,4}$/i.test(crc)) return null
  const wanted = Number.parseInt(crc, 16)
  const matches = (text: string, form: Crc16Form) => crc16(text, form) === wanted
  if (texts.some(text => matches(`${text},`, 'UMTS'))) return { variant: 'UMTS_INCL_COMMA', sure: true }
  if (texts.some(text => matches(text, 'UMTS'))) return { variant: 'UMTS_EXCL_COMMA', sure: true }
  const sure = !/[A-F]/.test(crc) || RARE_FORM_TYPES.indexOf(type) >= 0
  if (texts.some(text => matches(`${text},`, 'ARC'))) return { variant: 'ARC_INCL_COMMA', sure }
  return texts.some(text => matches(`${text},`, 'MODBUS')) ? { variant: 'MODBUS_INCL_COMMA', sure } : null
}

/** Kinds (platform names) whose QR checksum was proven on real invoices [domain reference §§ 3.1, 3.2]. */
const PROVEN_WITH_CODE = ['01', '04', '10', '14']
const PROVEN_DIGITAL = ['31', '32']

/**
 * Whether invoices of this family are known to end in a CRC that we can compute, so that a difference means something.
 * Known too: type 51 with a 12-digit code, electronic invoices of old Aisino software.
 * Not known: Shanghai's electronic normal invoices (code 031…11), a family of which ends in something else; railway tickets
 * (type 51 without a code), whose variant rests on one payload, so that a good one may follow another (unless the number is
 * no railway number, whose fifth digit is 9: then the type was misread); kinds whose QR was never seen [features reference
 * § G.1].
 */
export function hasKnownChecksum(type: string, code: InvoiceCode | null, invoiceNumber: string): boolean {
  if (code === null) {
    return PROVEN_DIGITAL.indexOf(type) >= 0 || (type === '51' && invoiceNumber.charAt(4) !== '9')
  }
  if (/^031\d*11$/.test(code.text)) return false
  if (code.platformKind !== '99') return PROVEN_WITH_CODE.indexOf(code.platformKind) >= 0
  return PROVEN_WITH_CODE.indexOf(type) >= 0 || (type === '51' && code.text.length === 12)
}
