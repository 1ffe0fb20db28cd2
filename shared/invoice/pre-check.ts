import type { FieldProblem, Hint } from './hint'
import type { AskedInvoice } from './invoice'
import type { InvoiceKind } from './invoice-kind'
import type { Reason } from './outcome'

/** What a person gives: a QR text or link, single fields, or both. Empty texts count as absent. */
export interface PreCheckInput {
  qr?: string | null
  kind?: InvoiceKind | null
  invoiceCode?: string | null
  invoiceNumber?: string | null
  issueDate?: string | null
  amount?: string | null
  checkCode?: string | null
  sellerTaxId?: string | null
}

export type PreCheck =
  | { verdict: 'ask'; asked: AskedInvoice; hints: Hint[] }
  | { verdict: 'not_checkable'; asked: AskedInvoice; reasons: Reason[]; hints: Hint[] }
  | { verdict: 'refuse'; fields: FieldProblem[]; hints: Hint[] }

/** The same judgement on the phone and in the functions, before anything is spent. `today` is a day in Asia/Shanghai. */
export function preCheck(_input: PreCheckInput, _today: string): PreCheck {
  return { verdict: 'refuse', fields: [{ field: 'invoiceNumber', reason: 'required' }], hints: [] }
}
