import { createHmac } from 'node:crypto'
import type { KeyedHash } from '../verification/ports'

/** Crockford's alphabet in lower case: no letter that is mistaken for a digit. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** Lower-case Crockford base32 without padding; trailing bits that do not fill a character are dropped. */
export function base32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let value = 0
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += ALPHABET[(value >>> bits) & 31]
    }
    value &= (1 << bits) - 1
  }
  return text
}

/** HMAC-SHA-256. JSON keeps the borders between parts, so that ("ab","c") and ("a","bc") differ. */
export function keyedHash(pepper: Uint8Array): KeyedHash {
  return (purpose, ...parts) =>
    base32(
      createHmac('sha256', pepper)
        .update(JSON.stringify([purpose, ...parts]))
        .digest(),
    )
}
