import { withoutSpaces } from './half-width'
import type { Parsed } from './parsed'

export type CheckCodeForm = 'full' | 'last_six' | 'fiscal' | 'blockchain'

/**
 * 校验码: 20 digits printed as four groups of five, or the last six of them; 5 hexadecimal characters on blockchain
 * invoices; 6 letters and digits on fiscal bills [domain reference §§ 1.4, 4.3]. It cannot be tested offline.
 */
export interface CheckCode {
  text: string
  form: CheckCodeForm
}

/** Reads any form of a check code; letters in six characters make it a fiscal bill's. Letters come out lower-case. */
export function parseCheckCode(text: string): Parsed<CheckCode> {
  const plain = withoutSpaces(text).replace(/-/g, '').toLowerCase()
  if (/^\d{20}$/.test(plain)) return { ok: true, value: { text: plain, form: 'full' } }
  if (/^\d{6}$/.test(plain)) return { ok: true, value: { text: plain, form: 'last_six' } }
  if (/^[0-9a-f]{5}$/.test(plain)) return { ok: true, value: { text: plain, form: 'blockchain' } }
  if (/^[0-9a-z]{6}$/.test(plain)) return { ok: true, value: { text: plain, form: 'fiscal' } }
  const lengthKnown = plain.length === 20 || plain.length === 6 || plain.length === 5
  return { ok: false, reason: lengthKnown ? 'format' : 'length' }
}

/** What the tax side compares: the last six characters, or all five of a blockchain invoice. */
export function comparedPart(checkCode: string): string {
  return checkCode.slice(-6)
}
