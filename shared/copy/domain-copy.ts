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

/** Codes that only another program can meet. */
type ApiField =
  | 'not_list'
  | 'wrong_type'
  | 'not_allowed'
  | 'body_missing'
  | 'body_not_json'
  | 'body_not_object'
  | 'body_too_deep'
  | 'limit_range'
  | 'days_reversed'
  | 'source_unknown'
  | 'idempotency_key'
  | 'instant_not_real'
  | 'ends_before_start'
  | 'window_too_long'
  | 'transition_not_allowed'
  | 'unknown_value'
type ApiProblem =
  | 'MALFORMED_JSON'
  | 'BAD_CURSOR'
  | 'METHOD_NOT_ALLOWED'
  | 'BODY_TOO_LARGE'
  | 'WRONG_HOST'
  | 'SIGN_IN_REFUSED'
  | 'UNAUTHENTICATED'
  | 'KEY_REUSED'

/** The server's own part of the texts. */
export interface ApiCopy extends Pick<DomainCopy, 'place'> {
  /** An answer brings these along in the reader's language. */
  reason: Record<ReasonCode, { message: string; action?: string }>
  field: Pick<DomainCopy['field'], ApiField>
  problem: Pick<DomainCopy['problem'], ApiProblem>
}

/** The part that the pages speak too. */
export type PageDomainCopy = Omit<DomainCopy, keyof ApiCopy> & {
  reasonTitle: Record<ReasonCode, string>
  field: Omit<DomainCopy['field'], ApiField>
  problem: Omit<DomainCopy['problem'], ApiProblem>
}

/** All texts of a language. Called as pure, so that the phone's build drops the server's part. */
export function withApi<Pages extends PageDomainCopy>(pages: Pages, api: ApiCopy): Pages & DomainCopy {
  const field = { ...pages.field, ...api.field }
  const problem = { ...pages.problem, ...api.problem }
  const codes = Object.keys(api.reason) as ReasonCode[]
  const told = codes.map(code => [code, { title: pages.reasonTitle[code], ...api.reason[code] }])
  const reason = Object.fromEntries(told) as DomainCopy['reason']
  return { ...pages, reason, field, problem, place: api.place }
}
