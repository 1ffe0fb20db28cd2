import { comparedPart } from './check-code'
import { parseFiscalCode } from './fiscal-bill'
import type { AskedField } from './hint'
import type { AskedInvoice } from './invoice'
import { parseInvoiceCode } from './invoice-code'
import { daysBetween } from './issue-date'
import type { ReasonCode } from './outcome'
import { printedTicketNumber } from './paper-number'
import { readable } from './parsed'
import { PROVINCE_TAX_SITES } from './province-tax'
import { digitalRegion, type Region } from './region'
import type { ReviewedRow } from './reviewed-row'

/** Places that check what the tax side does not, or that know more. Names and notes: `shared/copy`, keyed by code. */
export const PLACE_CODES = [
  'FISCAL_NATIONAL',
  'FISCAL_ISSUER',
  'PROVINCE_TAX',
  'TAX_HOTLINE',
  'TAX_OFFICE_OVER_FIVE_YEARS',
  'TOLL_SERVICE',
  'CUSTOMS_SINGLE_WINDOW',
  'RAILWAY_12306',
] as const
export type PlaceCode = (typeof PLACE_CODES)[number]

export type PlaceField = Exclude<AskedField, 'kind'>

export interface RightPlace {
  code: PlaceCode
  /** Null: the place has no address of its own. */
  url: string | null
  /** Of the issuer, where the code or number tells it. */
  region: Region | null
  /** In the order of the place's form, as they are typed there; null is what the form asks and nobody has given. */
  fields: { field: PlaceField; value: string | null }[]
}

interface PlaceRow extends ReviewedRow {
  url: string | null
  /** In the order of the form, or in which a person is asked. */
  form: readonly PlaceField[]
  /** Those that are asked always; the others are shown when they are known. */
  asks: readonly PlaceField[]
}

const row = (url: string | null, form: PlaceRow['form'], asks: PlaceRow['asks'], source: string): PlaceRow => {
  return { url, form, asks, source, reviewedAt: '2026-11-22' }
}

const FISCAL = ['invoiceCode', 'invoiceNumber', 'checkCode', 'issueDate', 'amount'] as const
const TAX = ['invoiceCode', 'invoiceNumber', 'issueDate', 'amount', 'checkCode', 'sellerTaxId'] as const
const TICKET = ['invoiceNumber', 'issueDate', 'amount'] as const

export const PLACES: Readonly<Record<PlaceCode, PlaceRow>> = {
  FISCAL_NATIONAL: row(
    'https://pjcy.mof.gov.cn',
    FISCAL,
    FISCAL,
    'domain reference § 1.5; a vendor that mirrors the platform: order of fields, dates with dashes, bills of the last year',
  ),
  FISCAL_ISSUER: row(
    null,
    FISCAL,
    ['invoiceCode', 'invoiceNumber'],
    'the same vendor: older bills are checked by the platform of the place of issue only',
  ),
  PROVINCE_TAX: row(
    null,
    TAX,
    ['invoiceCode', 'invoiceNumber'],
    'domain reference § 5.1; addresses in province-tax.ts',
  ),
  TAX_HOTLINE: row(null, TAX, ['invoiceNumber'], 'domain reference § 5.4'),
  TAX_OFFICE_OVER_FIVE_YEARS: row(null, TAX, ['invoiceNumber', 'issueDate'], 'domain reference §§ 4.5, 5.4'),
  TOLL_SERVICE: row(
    'https://www.txffp.com',
    TICKET,
    ['invoiceNumber'],
    'announcement of four ministries of 2020 on toll e-bills: the service platform looks up summaries and what they sum',
  ),
  CUSTOMS_SINGLE_WINDOW: row(
    'https://www.singlewindow.cn',
    TICKET,
    TICKET,
    'no page read: the single window prints customs payments, the payer compares them in the tax digital account',
  ),
  RAILWAY_12306: row(
    'https://www.12306.cn',
    TICKET,
    ['invoiceNumber', 'issueDate'],
    'domain reference § 1.1: paper tickets are outside every invoice check',
  ),
}

function fieldsOf({ form, asks }: PlaceRow, asked: AskedInvoice): RightPlace['fields'] {
  const { invoiceCode, amount, checkCode, sellerTaxId } = asked
  const values: Record<PlaceField, string | null> = {
    invoiceCode,
    invoiceNumber: printedTicketNumber(asked.invoiceNumber) || null,
    issueDate: asked.issueDate || null,
    amount,
    checkCode: checkCode === null ? null : comparedPart(checkCode),
    sellerTaxId,
  }
  const shown = form.filter(field => asks.indexOf(field) >= 0 || values[field] !== null)
  return shown.map(field => ({ field, value: values[field] }))
}

function regionOf({ kind, invoiceCode, invoiceNumber }: AskedInvoice): Region | null {
  if (kind === 'FISCAL_BILL') {
    const { regionCode, regionName } = readable(parseFiscalCode(invoiceCode ?? '')) ?? {}
    return regionCode && regionName ? { code: regionCode, name: regionName } : null
  }
  const { regionCode, regionName } = readable(parseInvoiceCode(invoiceCode ?? '')) ?? {}
  if (regionCode && regionName) return { code: regionCode, name: regionName }
  return invoiceNumber.length === 20 ? digitalRegion(invoiceNumber.slice(2, 4)) : null
}

/** The platform keeps the bills of one year. */
const FISCAL_DAYS = 366

function codeOf(reason: ReasonCode, { issueDate }: AskedInvoice, region: Region | null, today: string) {
  switch (reason) {
    case 'FISCAL_PLATFORM': {
      const old = issueDate !== '' && daysBetween(issueDate, today) > FISCAL_DAYS
      return old ? 'FISCAL_ISSUER' : 'FISCAL_NATIONAL'
    }
    case 'PROVINCE_PLATFORM':
    case 'PAPER_WITHOUT_CHECK':
      return region === null ? 'TAX_HOTLINE' : 'PROVINCE_TAX'
    case 'OVER_FIVE_YEARS':
      return 'TAX_OFFICE_OVER_FIVE_YEARS'
    case 'TOLL_SUMMARY':
      return 'TOLL_SERVICE'
    case 'CUSTOMS_PAYMENT':
      return 'CUSTOMS_SINGLE_WINDOW'
    case 'TRAIN_TICKET':
      return 'RAILWAY_12306'
    default:
      return null
  }
}

/**
 * Where a paper of this `not_checkable` reason is checked, with its fields ready to copy. `today` is a day in
 * Asia/Shanghai; pass the day of the answer, so that a result once shown stays the same. Null for reasons of other outcomes.
 */
export function placeFor(asked: AskedInvoice, reason: ReasonCode, today: string): RightPlace | null {
  const region = regionOf(asked)
  const code: PlaceCode | null = codeOf(reason, asked, region, today)
  if (code === null) return null
  const site = PROVINCE_TAX_SITES.find(({ regionCode }) => code === 'PROVINCE_TAX' && regionCode === region?.code)
  const place = PLACES[code]
  return { code, url: site?.url ?? place.url, region, fields: fieldsOf(place, asked) }
}
