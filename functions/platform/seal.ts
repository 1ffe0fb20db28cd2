import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'

/** `id` is written before every sealed text, so that a later key can be told from this one. */
export interface SealKey {
  id: number
  key: Uint8Array
}

const ALGORITHM = 'aes-256-gcm'
/** NIST SP 800-38D § 8.2: 96 bits at random serve for 2^32 texts under one key. */
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** The key that seals what must be read back, derived from the pepper: who holds the one can make the other. */
export const sealKey = (pepper: Uint8Array): SealKey => ({
  id: 1,
  key: createHmac('sha256', pepper).update('yanpiao seal 1').digest(),
})

/** AES-256-GCM, base64url of key id, nonce, text and tag. `purpose` names what is sealed and whose it is. */
export function seal({ id, key }: SealKey, purpose: string, text: string): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(ALGORITHM, key, nonce)
  cipher.setAAD(Buffer.from(purpose))
  const parts = [Buffer.of(id), nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]
  return Buffer.concat(parts).toString('base64url')
}

/** What was sealed for this purpose with this key; null of anything else. */
export function open({ id, key }: SealKey, purpose: string, sealed: string): string | null {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < 1 + NONCE_BYTES + TAG_BYTES || bytes[0] !== id) return null
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(1, 1 + NONCE_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(purpose))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    const text = [decipher.update(bytes.subarray(1 + NONCE_BYTES, -TAG_BYTES)), decipher.final()]
    return Buffer.concat(text).toString('utf8')
  } catch {
    // The tag does not fit: another key, another purpose, or a changed text.
    return null
  }
}
