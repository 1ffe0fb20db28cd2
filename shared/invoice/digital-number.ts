import { isDigits, withoutSpaces } from './half-width'
import type { Parsed } from './parsed'
import { digitalRegion } from './region'

/**
 * 数电票号码, 20 digits: year 2 · region 2 · issuing channel 1 · serial 15. It has no check digit [domain reference § 2.4].
 * Channels seen: 2 e-invoice service platform, 9 railway, 7 probably direct link; the list is open.
 */
export interface DigitalNumber {
  text: string
  year: number
  regionCode: string
  regionName: string | null
  channel: string
  sequence: string
}

/** The first 20-digit numbers were issued in December 2021. */
const FIRST_YEAR = 2021

/** Reads a 20-digit number. Doubt `component`: a region that issues none, or a year before the first or after `today`'s. */
export function parseDigitalNumber(text: string, today?: string): Parsed<DigitalNumber> {
  const plain = withoutSpaces(text)
  if (plain !== '' && !isDigits(plain)) return { ok: false, reason: 'format' }
  if (plain.length !== 20) return { ok: false, reason: 'length' }
  const regionCode = plain.slice(2, 4)
  const value: DigitalNumber = {
    text: plain,
    year: 2000 + Number(plain.slice(0, 2)),
    regionCode,
    regionName: digitalRegion(regionCode)?.name ?? null,
    channel: plain.charAt(4),
    sequence: plain.slice(5),
  }
  const odd =
    value.regionName === null ||
    value.year < FIRST_YEAR ||
    (today !== undefined && value.year > Number(today.slice(0, 4)))
  return odd ? { ok: false, reason: 'component', value } : { ok: true, value }
}
