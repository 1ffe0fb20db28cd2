import * as z from 'zod/mini'
import { wireText as text } from './wire-text'

/**
 * The answer of VerifyVATInvoice, as far as it is used [upstreams reference § 3]. `Data` is text that holds JSON again. Bank
 * accounts, addresses, identity numbers of a vehicle's buyer and seller and number plates are not named here and so never
 * leave this file.
 */
const Line = z.looseObject({
  goodsName: text,
  standard: text,
  unit: text,
  num: text,
  netValue: text,
  detailAmount: text,
  taxRate: text,
  allTax: text,
})
export type WireLine = z.infer<typeof Line>

const WireInvoice = z.looseObject({
  invoiceType: text,
  invoiceCode: text,
  invoiceNumber: text,
  invoiceDate: text,
  checkCode: text,
  cyjgxx: text,
  invalidMark: text,
  invoiceMoney: text,
  allTax: text,
  allValoremTax: text,
  /** Total of a used vehicle. */
  carPrice: text,
  purchaserName: text,
  purchaserTaxpayerNumber: text,
  salerName: text,
  salerTaxpayerNumber: text,
  note: text,
  taxUnitName: text,
  /** The invoice that a red letter takes back. */
  blueInvoiceNo: text,
  detailList: z.optional(z.nullable(z.array(Line))),
})
export type WireInvoice = z.infer<typeof WireInvoice>

const Outer = z.looseObject({ requestId: text, data: z.string() })
const Inner = z.looseObject({ code: text, data: z.optional(z.nullable(z.unknown())) })

/** What an answer's envelope and the envelope inside it say. `invoice` is null when it is no object of the known shape. */
export interface WireAnswer {
  requestId: string
  code: string
  invoice: WireInvoice | null
}

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source)
  } catch {
    return undefined
  }
}

const MAX_REQUEST_ID = 100

export const requestIdOf = (id: unknown): string => (typeof id === 'string' ? id.slice(0, MAX_REQUEST_ID) : '')

/** Reads both envelopes; null when one of them is no JSON of its shape, or names no code. Never throws. */
export function readEnvelopes(body: unknown): WireAnswer | null {
  const outer = Outer.safeParse(body)
  if (!outer.success) return null
  const inner = Inner.safeParse(parseJson(outer.data.data))
  if (!inner.success || inner.data.code === '') return null
  const invoice = WireInvoice.safeParse(inner.data.data)
  return {
    requestId: requestIdOf(outer.data.requestId),
    code: inner.data.code,
    invoice: invoice.success ? invoice.data : null,
  }
}
