import { toHalfWidth } from './half-width'

/**
 * 开票抬头码, the QR with which a buyer hands over a title: `$01`, base64 of UTF-8 text, `$`. The text is name, tax id,
 * address|phone, bank|account and a CRC, with `</>` between [domain reference § 3.3]. It is not an invoice.
 */
export interface TitleQr {
  name: string
  taxId: string
  address: string
  phone: string
  bank: string
  account: string
  /** Over GBK bytes, so it is not tested here: the text arrives as UTF-8. */
  crc: string
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function base64Bytes(text: string): number[] {
  const bytes: number[] = []
  let held = 0
  let bits = 0
  for (const character of text.replace(/=+$/, '')) {
    held = ((held << 6) | ALPHABET.indexOf(character)) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes.push((held >>> bits) & 0xff)
  }
  return bytes
}

/** By hand, because phones have no TextDecoder; null when the bytes are not UTF-8. */
function utf8Text(bytes: readonly number[]): string | null {
  const escaped = bytes.map(byte => `%${byte.toString(16).padStart(2, '0')}`).join('')
  try {
    return decodeURIComponent(escaped)
  } catch {
    return null
  }
}

export function isTitleQr(text: string): boolean {
  return /^\$01/.test(toHalfWidth(text))
}

/** The title in a 开票抬头码, or null when the text is none. */
export function readTitleQr(text: string): TitleQr | null {
  const [, body] = /^\$01([A-Za-z0-9+/]+=*)\$?$/.exec(toHalfWidth(text).replace(/ /g, '')) ?? []
  const plain = body === undefined ? null : utf8Text(base64Bytes(body))
  if (plain === null) return null
  const [name = '', taxId = '', place = '', money = '', crc = ''] = plain.split('</>')
  const [address = '', phone = ''] = place.split('|')
  const [bank = '', account = ''] = money.split('|')
  return name === '' ? null : { name, taxId, address, phone, bank, account, crc }
}
