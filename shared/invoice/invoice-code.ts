import { isDigits, withoutSpaces } from './half-width'
import type { InvoiceKind } from './invoice-kind'
import { kindFromPlatformType } from './kind-codes'
import type { Parsed } from './parsed'
import { legacyRegion } from './region'

/**
 * 发票代码 of an invoice with an 8-digit number [domain reference §§ 2.1–2.3].
 *
 * Ten digits: region 4 · year of the code series 2 · printing batch 1 · kind 1 · sheets (联次) 1 · amount version 1.
 * Twelve digits: 0 for VAT, 1 国税, 2 地税 · region 4 · year 2 · batch 3 · kind suffix 2 (of the VAT series).
 * Shenzhen's blockchain invoices: 1 4403 · year 2 · industry 1 · 9 · batch 1 · parts 1 · 0.
 */
export interface InvoiceCode {
  text: string
  kind: InvoiceKind
  /** The kind as the platform's decision table names it; 99 is unknown, BC Shenzhen's blockchain. */
  platformKind: string
  regionCode: string | null
  regionName: string | null
  /** Of the code series: it can be years before the issue date. */
  year: number
  batch: string | null
  /** Digit 8 of ten. */
  kindDigit: string | null
  /** Last two digits of a twelve-digit VAT code. */
  suffix: string | null
  parts: number | null
  amountVersion: number | null
}

/** Row 1 of the decision table: codes of the first electronic invoices, older than the rule for their suffix. */
const EARLY_ELECTRONIC = ['144031539110', '131001570151', '133011501118', '111001571071']

const BLOCKCHAIN = /^14403(\d{2})\d9(\d)(\d)0$/
const FIRST_BLOCKCHAIN_YEAR = 18

const BY_SUFFIX: Readonly<Record<string, string>> = {
  11: '10',
  '04': '04',
  '05': '04',
  '06': '11',
  '07': '11',
  12: '14',
  17: '15',
  13: '08',
}
const BY_DIGIT_8: Readonly<Record<string, string>> = { 1: '01', 5: '01', 3: '04', 6: '04', 2: '02', 7: '02' }

function isBlockchain(code: string): boolean {
  return BLOCKCHAIN.test(code) && Number(code.slice(5, 7)) >= FIRST_BLOCKCHAIN_YEAR
}

/** The ordered decision table § 2.3; blockchain stands before the generic rules and after the list of single codes. */
function platformKindOf(code: string): string {
  if (code.length === 10) return BY_DIGIT_8[code.charAt(7)] ?? '99'
  if (EARLY_ELECTRONIC.indexOf(code) >= 0) return '10'
  if (isBlockchain(code)) return 'BC'
  if (code.charAt(0) === '0') return BY_SUFFIX[code.slice(10)] ?? '99'
  return code.charAt(7) === '2' ? '03' : '99'
}

function splitTen(text: string): InvoiceCode {
  const platformKind = platformKindOf(text)
  const region = legacyRegion(text.slice(0, 4))
  return {
    text,
    kind: kindFromPlatformType(platformKind),
    platformKind,
    regionCode: region?.code ?? null,
    regionName: region?.name ?? null,
    year: 2000 + Number(text.slice(4, 6)),
    batch: text.charAt(6),
    kindDigit: text.charAt(7),
    suffix: null,
    parts: Number(text.charAt(8)),
    amountVersion: Number(text.charAt(9)),
  }
}

function splitTwelve(text: string): InvoiceCode {
  const platformKind = platformKindOf(text)
  const region = legacyRegion(text.slice(1, 5))
  const code: InvoiceCode = {
    text,
    kind: kindFromPlatformType(platformKind),
    platformKind,
    regionCode: region?.code ?? null,
    regionName: region?.name ?? null,
    year: 2000 + Number(text.slice(5, 7)),
    batch: null,
    kindDigit: null,
    suffix: null,
    parts: null,
    amountVersion: null,
  }
  if (platformKind === 'BC') {
    return { ...code, kind: 'BLOCKCHAIN', batch: text.charAt(9), parts: Number(text.charAt(10)) }
  }
  return text.charAt(0) === '0' ? { ...code, batch: text.slice(7, 10), suffix: text.slice(10) } : code
}

/**
 * Reads a 10- or 12-digit code. Doubt `component` when its region issues no invoices or, with `today` (`YYYY-MM-DD`) given,
 * when its series lies in a future year. An unknown kind is no doubt: demonstration series and papers of other systems exist.
 */
export function parseInvoiceCode(text: string, today?: string): Parsed<InvoiceCode> {
  const plain = withoutSpaces(text)
  if (plain !== '' && !isDigits(plain)) return { ok: false, reason: 'format' }
  if (plain.length !== 10 && plain.length !== 12) return { ok: false, reason: 'length' }
  const value = plain.length === 10 ? splitTen(plain) : splitTwelve(plain)
  const future = today !== undefined && value.year > Number(today.slice(0, 4))
  return value.regionCode === null || future ? { ok: false, reason: 'component', value } : { ok: true, value }
}
