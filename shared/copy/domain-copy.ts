import type { ProblemCode } from '../contract/problem'
import type { FieldReason, HintCode } from '../invoice/hint'
import type { InvoiceKind } from '../invoice/invoice-kind'
import type { Cause, Lifecycle, Likelihood, Outcome, ReasonCode } from '../invoice/outcome'
import type { NotInvoiceReason } from '../invoice/read-text'
import type { PlaceCode, PlaceField } from '../invoice/right-place'

/** Texts that the API and the pages both speak, keyed by the codes of the domain, so that a new code without a text fails to compile. */
export interface DomainCopy {
  outcome: Record<Outcome, { headline: string; meaning: string; never: string; badge: string }>
  lifecycle: Record<Lifecycle, { headline: string; meaning: string; badge: string }>
  cause: Record<Cause, string>
  likelihood: Record<Likelihood, string>
  reason: Record<ReasonCode, { title: string; message: string; action?: string }>
  hint: Record<HintCode, string>
  field: Record<FieldReason, string>
  problem: Record<ProblemCode, { title: string; detail: string }>
  notInvoice: Record<NotInvoiceReason, string>
  kind: Record<InvoiceKind, string>
  /** `{region}` in a name is the region of the issuer; `labels` are the names that the place's own form uses. */
  place: Record<PlaceCode, { name: string; note: string; labels?: Partial<Record<PlaceField, string>> }>
}
