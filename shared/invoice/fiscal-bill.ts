import { isDigits, withoutSpaces } from './half-width'
import { parseInvoiceCode } from './invoice-code'
import type { Parsed } from './parsed'
import { digitalRegion } from './region'

/**
 * 财政电子票据: a receipt of the finance ministry, not a tax invoice; never sent to the tax side. Code 8 digits: region 2
 * (00 central) · class 2 · kind 2 · year 2. Number 10 digits. Check code 6 letters and digits [domain reference § 1.5].
 */
export interface FiscalCode {
  text: string
  regionCode: string
  regionName: string | null
  year: number
}

const CENTRAL = '00'

/** Doubt `component`: a region that is none. */
export function parseFiscalCode(text: string): Parsed<FiscalCode> {
  const plain = withoutSpaces(text)
  if (plain !== '' && !isDigits(plain)) return { ok: false, reason: 'format' }
  if (plain.length !== 8) return { ok: false, reason: 'length' }
  const regionCode = plain.slice(0, 2)
  const regionName = regionCode === CENTRAL ? '中央' : (digitalRegion(regionCode)?.name ?? null)
  const value: FiscalCode = { text: plain, regionCode, regionName, year: 2000 + Number(plain.slice(6)) }
  return regionName === null ? { ok: false, reason: 'component', value } : { ok: true, value }
}

export function parseFiscalNumber(text: string): Parsed<string> {
  const value = withoutSpaces(text)
  if (value !== '' && !isDigits(value)) return { ok: false, reason: 'format' }
  return value.length === 10 ? { ok: true, value } : { ok: false, reason: 'length' }
}

/** Letters come out lower-case, as they are printed. */
export function parseFiscalCheckCode(text: string): Parsed<string> {
  const value = withoutSpaces(text).toLowerCase()
  if (value.length !== 6) return { ok: false, reason: 'length' }
  return /^[0-9a-z]{6}$/.test(value) ? { ok: true, value } : { ok: false, reason: 'format' }
}

/**
 * 8-digit code beside a 10-digit number: the shape of a fiscal bill and of nothing else. Ten digits that are the code of a
 * tax invoice are one, put in the other's place.
 */
export function looksLikeFiscalBill(invoiceCode: string, invoiceNumber: string): boolean {
  const taxCode = parseInvoiceCode(invoiceNumber)
  if (taxCode.ok && taxCode.value.kind !== 'UNKNOWN') return false
  return 'value' in parseFiscalCode(invoiceCode) && parseFiscalNumber(invoiceNumber).ok
}
