import { type Crc16Form, crc16 } from './crc16'
import type { InvoiceCode } from './invoice-code'

export type QrChecksum = 'intact' | 'unknown' | 'inconsistent' | 'none'
export type CrcVariant = `${Crc16Form}_INCL_COMMA` | 'UMTS_EXCL_COMMA'

/**
 * The variant by which a QR's last field is its CRC-16, null when by none. Compared as a number: `D2` stands for 00D2. ARC
 * and MODBUS rest on one payload each, both in lower case, so capitals rule them out: every variant that is tried lets one
 * more of 65,536 misreadings pass. `texts` are the readings of what the checksum covers, each without its last comma.
 */
export function crcVariantOf(texts: readonly string[], crc: string): CrcVariant | null {
  if (!/^[0-9a-f]{1,4}$/i.test(crc)) return null
  const wanted = Number.parseInt(crc, 16)
  for (const text of texts) {
    const withComma = `${text},`
    if (crc16(withComma, 'UMTS') === wanted) return 'UMTS_INCL_COMMA'
    if (crc16(text, 'UMTS') === wanted) return 'UMTS_EXCL_COMMA'
    if (/[A-F]/.test(crc)) continue
    if (crc16(withComma, 'ARC') === wanted) return 'ARC_INCL_COMMA'
    if (crc16(withComma, 'MODBUS') === wanted) return 'MODBUS_INCL_COMMA'
  }
  return null
}

/** Kinds (platform names) whose QR checksum was proven on real invoices [domain reference §§ 3.1, 3.2]. */
const PROVEN_WITH_CODE = ['01', '04', '10', '14']
const PROVEN_DIGITAL = ['31', '32']

/**
 * Whether invoices of this family are known to end in a CRC that we can compute, so that a difference means something.
 * Not known: Shanghai's electronic normal invoices (code 031…11), a family of which ends in something else; type 51, whose
 * variant rests on one payload (unless the number is no railway number, whose fifth digit is 9: then the type was misread);
 * kinds whose QR was never seen [features reference § G.1].
 */
export function hasKnownChecksum(type: string, code: InvoiceCode | null, invoiceNumber: string): boolean {
  if (code === null) {
    return PROVEN_DIGITAL.indexOf(type) >= 0 || (type === '51' && invoiceNumber.charAt(4) !== '9')
  }
  if (type === '51') return false
  if (/^031\d*11$/.test(code.text)) return false
  return PROVEN_WITH_CODE.indexOf(code.platformKind === '99' ? type : code.platformKind) >= 0
}
