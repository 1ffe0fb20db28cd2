import * as z from 'zod/mini'
import { wireText as text } from './wire-text'

/**
 * `Response` of VatInvoiceVerifyNew, as far as it is used [upstreams reference § 1.4]. Unused sub-objects come back present
 * and empty, fields may be null, so content is tested, not presence. Passenger names and ids, addresses and bank accounts
 * are not named here and so never leave this file.
 */
const Line = z.looseObject({
  Name: text,
  Spec: text,
  Unit: text,
  Quantity: text,
  UnitPrice: text,
  AmountWithoutTax: text,
  TaxRate: text,
  TaxAmount: text,
})
export type WireLine = z.infer<typeof Line>

const WireInvoice = z.looseObject({
  Code: text,
  Number: text,
  Date: text,
  BuyerName: text,
  BuyerTaxCode: text,
  SellerName: text,
  SellerTaxCode: text,
  Remark: text,
  Type: text,
  ElectronicType: text,
  CheckCode: text,
  IsAbandoned: text,
  AmountWithoutTax: text,
  TaxAmount: text,
  AmountWithTax: text,
  TaxBureau: text,
  RedLetterInvoiceMark: z.optional(z.nullable(z.boolean())),
  Items: z.optional(z.nullable(z.array(Line))),
})
export type WireInvoice = z.infer<typeof WireInvoice>

/** Railway ticket and air itinerary. */
const WireTicket = z.looseObject({
  Code: text,
  Number: text,
  Date: text,
  BuyerName: text,
  BuyerTaxCode: text,
  Amount: text,
  Tax: text,
  Total: text,
  CheckCode: text,
  StateCode: text,
})
export type WireTicket = z.infer<typeof WireTicket>

export const WireResponse = z.looseObject({
  RequestId: text,
  Invoice: z.optional(z.nullable(WireInvoice)),
  ElectronicTrainTicket: z.optional(z.nullable(WireTicket)),
  ElectronicAirTransport: z.optional(z.nullable(WireTicket)),
})
export type WireResponse = z.infer<typeof WireResponse>
