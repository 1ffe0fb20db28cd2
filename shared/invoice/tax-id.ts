import { isDigits, withoutSpaces } from './half-width'
import { parseIssueDate } from './issue-date'
import type { Parsed } from './parsed'

/**
 * 纳税人识别号. 18 characters of GB 32100 (统一社会信用代码): authority 1 · class 1 · region 6 digits · organisation code 9 with
 * its own check character (GB 11714) · check character. Older forms: 15 (region 6 + organisation code 9), and a resident
 * identity number alone (18) or with two characters more (20; 17 from the 15-digit number) [domain reference §§ 4.1, 4.2].
 */
export interface TaxId {
  text: string
  form: 'uscc' | 'organisation' | 'resident' | 'resident_20' | 'resident_17'
  /** Whether the organisation code inside holds its own check character; null where there is none. */
  organisationChecks: boolean | null
}

const CHARSET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]
const RESIDENT_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

function weighted(values: readonly number[], weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * (values[at] ?? 0), 0)
}

/**
 * Check character of the first 17 characters. The second modulo matters: a sum that is a multiple of 31 has the check
 * character 0.
 */
export function usccCheckCharacter(first17: string): string {
  const sum = weighted(
    Array.from(first17, character => CHARSET.indexOf(character)),
    WEIGHTS,
  )
  return CHARSET.charAt((31 - (sum % 31)) % 31)
}

/** Check character of the first 8 characters of an organisation code: 10 is X, 11 is 0. */
export function organisationCheckCharacter(first8: string): string {
  const check =
    11 -
    (weighted(
      Array.from(first8, character => Number.parseInt(character, 36)),
      ORGANISATION_WEIGHTS,
    ) %
      11)
  return check === 10 ? 'X' : check === 11 ? '0' : String(check)
}

function organisationChecks(nine: string): boolean {
  return organisationCheckCharacter(nine.slice(0, 8)) === nine.charAt(8)
}

/** GB 11643: the date of birth is a day and the check character holds. */
function isResidentNumber(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text) || !parseIssueDate(text.slice(6, 14)).ok) return false
  return '10X98765432'.charAt(weighted(Array.from(text, Number), RESIDENT_WEIGHTS) % 11) === text.charAt(17)
}

function parseEighteen(text: string): Parsed<TaxId> {
  const value: TaxId = { text, form: 'uscc', organisationChecks: organisationChecks(text.slice(8, 17)) }
  if (Array.from(text).some(character => CHARSET.indexOf(character) < 0)) return { ok: false, reason: 'format' }
  const checks = usccCheckCharacter(text.slice(0, 17)) === text.charAt(17)
  if (!checks && isResidentNumber(text)) {
    return { ok: true, value: { text, form: 'resident', organisationChecks: null } }
  }
  if (!isDigits(text.slice(2, 8))) return { ok: false, reason: 'component', value }
  return checks ? { ok: true, value } : { ok: false, reason: 'checksum', value }
}

function parseFifteen(text: string): Parsed<TaxId> {
  const value: TaxId = { text, form: 'organisation', organisationChecks: organisationChecks(text.slice(6)) }
  if (!isDigits(text.slice(0, 6))) return { ok: false, reason: 'component', value }
  return value.organisationChecks ? { ok: true, value } : { ok: false, reason: 'checksum', value }
}

function parseTwenty(text: string): Parsed<TaxId> {
  const value: TaxId = { text, form: 'resident_20', organisationChecks: null }
  return isResidentNumber(text.slice(0, 18)) ? { ok: true, value } : { ok: false, reason: 'component', value }
}

/** 17 characters are taken for an old identity number only when its date of birth is one; else one was lost. */
function parseSeventeen(text: string): Parsed<TaxId> {
  const born = isDigits(text.slice(0, 15)) && parseIssueDate(`19${text.slice(6, 12)}`).ok
  if (!born) return { ok: false, reason: 'length' }
  return { ok: true, value: { text, form: 'resident_17', organisationChecks: null } }
}

/**
 * Reads a tax id of any form; letters come out upper-case, spaces and hyphens go. The check characters are advisory
 * (registered ids that fail them exist): `checksum` and `component` are doubts.
 */
export function parseTaxId(text: string): Parsed<TaxId> {
  const plain = withoutSpaces(text).replace(/-/g, '').toUpperCase()
  if (plain !== '' && !/^[0-9A-Z]+$/.test(plain)) return { ok: false, reason: 'format' }
  if (plain.length === 18) return parseEighteen(plain)
  if (plain.length === 15) return parseFifteen(plain)
  if (plain.length === 20) return parseTwenty(plain)
  return plain.length === 17 ? parseSeventeen(plain) : { ok: false, reason: 'length' }
}
