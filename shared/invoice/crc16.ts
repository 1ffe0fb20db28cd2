/**
 * CRC-16 with polynomial 0x8005 in the forms seen at the end of invoice QR texts. Check values of `123456789`: UMTS FEE8,
 * ARC BB3D, MODBUS 4B37 [domain reference § 3.2].
 */
export type Crc16Form = 'UMTS' | 'ARC' | 'MODBUS'

const highBitFirst = (crc: number) => (crc & 0x8000 ? (crc << 1) ^ 0x8005 : crc << 1) & 0xffff
const lowBitFirst = (crc: number) => (crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1)

/** The checksum of a text of single-byte characters; only the low byte of any other character counts. */
export function crc16(text: string, form: Crc16Form): number {
  const reflected = form !== 'UMTS'
  const step = reflected ? lowBitFirst : highBitFirst
  let crc = form === 'MODBUS' ? 0xffff : 0
  for (let index = 0; index < text.length; index++) {
    const byte = text.charCodeAt(index) & 0xff
    crc ^= reflected ? byte : byte << 8
    for (let bit = 0; bit < 8; bit++) crc = step(crc)
  }
  return crc
}
