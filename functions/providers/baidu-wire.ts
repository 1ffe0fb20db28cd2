import * as z from 'zod/mini'
import { wireText as text } from './wire-text'

/**
 * Answers of Baidu, as far as they are used [upstreams reference §§ 2.1, 2.2]. `log_id` is not here: a number of 19 digits
 * does not survive `JSON.parse`. Addresses and bank accounts are not named and so never leave this file.
 */
/** One column of the lines: a cell for each row that has one. */
const column = z.pipe(
  z.optional(z.nullable(z.array(z.looseObject({ row: text, word: text })))),
  z.transform(cells => cells ?? []),
)

/** Stands at the top to one integrator and under `words_result` to two others, so it is read in both places. */
const verdict = {
  VerifyResult: text,
  InvalidSign: text,
  InvoiceType: text,
  InvoiceCode: text,
  InvoiceNum: text,
  CheckCode: text,
  InvoiceDate: text,
}

const Words = z.looseObject({
  ...verdict,
  PurchaserName: text,
  PurchaserRegisterNum: text,
  SellerName: text,
  SellerRegisterNum: text,
  TotalAmount: text,
  TotalTax: text,
  AmountInFiguers: text,
  Remarks: text,
  CommodityName: column,
  CommodityType: column,
  CommodityUnit: column,
  CommodityNum: column,
  CommodityPrice: column,
  CommodityAmount: column,
  CommodityTaxRate: column,
  CommodityTax: column,
})
export type WireWords = z.infer<typeof Words>

export const WireAnswer = z.looseObject({
  ...verdict,
  error_code: text,
  /** Empty answers may hold an empty list in its place. */
  words_result: z.optional(z.nullable(z.union([Words, z.array(z.unknown()).check(z.maxLength(0))]))),
})
export type WireAnswer = z.infer<typeof WireAnswer>

export const WireToken = z.looseObject({
  access_token: z.optional(z.string()),
  /** Seconds. */
  expires_in: z.catch(z.optional(z.number()), undefined),
  error: z.optional(z.string()),
})
