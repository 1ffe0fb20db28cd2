import type { SimInvoice } from '../simulator/sim-invoice'

/** Checksum families seen on real invoices [domain reference § 3.2]. */
export type QrChecksum = 'umts_incl_comma' | 'umts_excl_comma' | 'modbus_incl_comma'

// Apart from shared/invoice/crc16.ts, which the samples are to prove.
function umts(bytes: Buffer): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? ((crc << 1) ^ 0x8005) & 0xffff : (crc << 1) & 0xffff
  }
  return crc
}

function modbus(bytes: Buffer): number {
  let crc = 0xffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1
  }
  return crc
}

/** The amount that a kind's QR code and its check are about. */
export function askedAmount(face: SimInvoice): string {
  const total = face.invoiceNumber.length === 20 || face.kind === 'USED_VEHICLE'
  return total ? face.amountWithTax : face.amountWithoutTax
}

/** The text of the QR code on a printed face, its checksum right. */
export function qrText(face: SimInvoice, qrType: string, checksum: QrChecksum): string {
  const date = face.issueDate.replaceAll('-', '')
  const fields = ['01', qrType, face.invoiceCode, face.invoiceNumber, askedAmount(face), date, face.checkCode]
  const text = fields.join(',')
  if (checksum === 'modbus_incl_comma')
    return `${text},${modbus(Buffer.from(`${text},`))
      .toString(16)
      .padStart(4, '0')}`
  const covered = checksum === 'umts_incl_comma' ? `${text},` : text
  return `${text},${umts(Buffer.from(covered)).toString(16).toUpperCase().padStart(4, '0')}`
}
