import type { AskedInvoice } from '@shared/invoice/invoice'
import type { Cause, Lifecycle, Outcome, Reason } from '@shared/invoice/outcome'
import type { Hint } from '@shared/invoice/hint'
import type { Invoice, Source } from '@shared/contract/verification'
import type * as z from 'zod/mini'

/** Milliseconds of the product's clock. */
export interface Clock {
  now(): number
}

/** What the provider's answer is worth for money and for the day's five tries. `unknown` is counted as spent. */
export type Spent = 'yes' | 'no' | 'unknown'

/** One provider's answer to one question. Answers are values; an unreachable provider is one too. */
export interface ProviderAnswer {
  outcome: Exclude<Outcome, 'not_checkable'> | 'not_checkable'
  lifecycle: Lifecycle | null
  cause: Cause | null
  reasons: Reason[]
  /** The tax data, with `consistent` only. */
  invoice: Invoice | null
  requestId: string
  /** Billed by the provider. */
  charged: Spent
  /** Counts against the invoice's five checks of the day. */
  counted: Spent
  /** When asking again makes sense, ms of the product's clock; null when it does not. */
  nextTryAt: number | null
  /** The provider's own code, for the log only. */
  rawCode: string
}

export interface InvoiceProvider {
  name: string
  simulated: boolean
  verify(asked: AskedInvoice): Promise<ProviderAnswer>
}

/** A stored answer to a question, as the table keeps it. */
export interface StoredAnswer extends Omit<ProviderAnswer, 'rawCode'> {
  provider: string
  simulated: boolean
  checkedAt: number
}

export interface VerificationRecord {
  id: string
  userId: string
  state: 'pending' | 'done'
  createdAt: number
  source: z.infer<typeof Source>
  asked: AskedInvoice
  hints: Hint[]
  /** HMAC of the request body: the same Idempotency-Key with another body is refused. */
  bodyHash: string
  invoiceKey: string
  questionKey: string
  answer: StoredAnswer | null
  fromCache: boolean
  proofNumber: string | null
  triesLeftToday: number
  /** While pending: after this time the sweeper or a reader settles the record, ms. */
  deadline: number | null
}
