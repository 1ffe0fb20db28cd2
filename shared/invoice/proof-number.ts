import { withoutSpaces } from './half-width'
import type { Parsed } from './parsed'

/**
 * 查验凭证号: 65 random bits as 13 characters of Crockford's base32 and his check character modulo 37. No I, L, O, and U only
 * as a check character, so it survives handwriting and the telephone [crockford.com/base32.html].
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CHECK_ALPHABET = `${ALPHABET}*~$=U`
const LENGTH = 13

/** Bytes that a caller must provide: 65 bits, rounded up. */
export const PROOF_NUMBER_BYTES = 9

function checkCharacter(body: string): string {
  let remainder = 0
  for (const character of body) remainder = (remainder * 32 + ALPHABET.indexOf(character)) % 37
  return CHECK_ALPHABET.charAt(remainder)
}

/** The proof number of the first 65 bits; a RangeError when there are fewer than `PROOF_NUMBER_BYTES` bytes. */
export function proofNumberOf(bytes: Uint8Array): string {
  if (bytes.length < PROOF_NUMBER_BYTES) throw new RangeError(`a proof number takes ${PROOF_NUMBER_BYTES} bytes`)
  let body = ''
  let held = 0
  let bits = 0
  for (let index = 0; body.length < LENGTH; index++) {
    held = ((held << 8) | (bytes[index] ?? 0)) & 0xfff
    bits += 8
    while (bits >= 5 && body.length < LENGTH) {
      bits -= 5
      body += ALPHABET.charAt((held >>> bits) & 31)
    }
  }
  return body + checkCharacter(body)
}

/** Groups for reading aloud: `XXXXX-XXXXX-XXXX`. */
export function formatProofNumber(proofNumber: string): string {
  return [proofNumber.slice(0, 5), proofNumber.slice(5, 10), proofNumber.slice(10)]
    .filter(part => part !== '')
    .join('-')
}

/** Reads a proof number as people write it: any case, spaces and hyphens, o for 0, i and l for 1. Value: 14 characters. */
export function parseProofNumber(text: string): Parsed<string> {
  const plain = withoutSpaces(text).replace(/-/g, '').toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1')
  if (plain.length !== LENGTH + 1) return { ok: false, reason: 'length' }
  const [body, check] = [plain.slice(0, LENGTH), plain.charAt(LENGTH)]
  const known = Array.from(body).every(character => ALPHABET.indexOf(character) >= 0)
  if (!known || CHECK_ALPHABET.indexOf(check) < 0) return { ok: false, reason: 'format' }
  return checkCharacter(body) === check ? { ok: true, value: plain } : { ok: false, reason: 'checksum', value: plain }
}
