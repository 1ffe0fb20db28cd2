import type { Cause, Outcome, ReasonCode } from '@shared/invoice/outcome'
import type { Spent } from '../verification/ports'

/** What an error code of VatInvoiceVerifyNew says [upstreams reference § 1.5, domain reference § 5.2]. */
export interface CodeMeaning {
  outcome: Exclude<Outcome, 'consistent' | 'not_checkable'>
  cause: Cause | null
  reason: ReasonCode | null
  charged: Spent
  counted: Spent
}

const row = (cause: Cause, reason: ReasonCode, charged: Spent, counted: Spent): CodeMeaning => ({
  outcome: 'could_not_check',
  cause,
  reason,
  charged,
  counted,
})

const MISMATCH: CodeMeaning = { outcome: 'mismatch', cause: null, reason: null, charged: 'yes', counted: 'yes' }
const NOT_FOUND: CodeMeaning = { outcome: 'not_found', cause: null, reason: null, charged: 'yes', counted: 'yes' }
const REFUSED = row('input_refused', 'PROVIDER_REFUSED_FIELD', 'no', 'no')
const ACCOUNT = row('provider_account', 'PROVIDER_ACCOUNT', 'no', 'no')
const BUSY = row('busy', 'PROVIDER_BUSY', 'no', 'no')
/** It broke somewhere behind the signature check: whether the tax side was asked nobody says. */
const BROKEN = row('network', 'ANSWER_LOST', 'unknown', 'unknown')

export const UNKNOWN_ANSWER = row('unknown_answer', 'UNKNOWN_ANSWER', 'unknown', 'unknown')
/** Sent, then no answer: never repeated, and counted. */
export const ANSWER_LOST = row('network', 'ANSWER_LOST', 'unknown', 'unknown')
/** The connection never stood, or the front door said 503: the tax side was not asked. */
export const NOT_SENT = row('network', 'PROVIDER_UNREACHABLE', 'no', 'no')
export const HTTP_FAILED = BROKEN

const MEANINGS: Readonly<Record<string, CodeMeaning>> = {
  'FailedOperation.InvoiceMismatch': MISMATCH,
  'ResourceNotFound.NoInvoice': NOT_FOUND,
  // An older list of the product; not in the billing table.
  'FailedOperation.QueryNoRecord': { ...NOT_FOUND, charged: 'unknown' },
  'FailedOperation.CountLimitError': row('daily_limit', 'DAILY_LIMIT_REACHED', 'no', 'no'),
  'ResourceNotFound.NotSupportCurrentInvoiceQuery': row('too_early', 'SAME_DAY_NOT_LOADED', 'no', 'no'),
  'ResourceNotFound.NoAreaCode': REFUSED,
  'InvalidParameterValue.InvalidParameterValueLimit': REFUSED,
  'InvalidParameterValue.TicketCodeParameterValueLimit': REFUSED,
  'InvalidParameterValue.TicketSnParameterValueLimit': REFUSED,
  'InvalidParameterValue.TicketDateParameterValueLimit': REFUSED,
  'InvalidParameterValue.PriceOrVerificationParameterValueLimit': REFUSED,
  'ResourceUnavailable.TaxNetworkError': row('maintenance', 'TAX_NETWORK_MAINTENANCE', 'no', 'no'),
  'FailedOperation.UnKnowError': row('unknown_answer', 'UNKNOWN_ANSWER', 'no', 'unknown'),
  'FailedOperation.UnOpenError': ACCOUNT,
  'FailedOperation.ArrearsError': ACCOUNT,
  'FailedOperation.UserQuotaError': ACCOUNT,
  'FailedOperation.DataSourceQueryFailed': BROKEN,
  'FailedOperation.DbError': BROKEN,
  'ResourceUnavailable.InArrears': ACCOUNT,
  'ResourceUnavailable.ResourcePackageRunOut': ACCOUNT,
  'ResourcesSoldOut.ChargeStatusException': ACCOUNT,
  // Codes of the whole platform.
  'AuthFailure.SignatureFailure': ACCOUNT,
  'AuthFailure.SignatureExpire': ACCOUNT,
  'AuthFailure.SecretIdNotFound': ACCOUNT,
  'AuthFailure.InvalidSecretId': ACCOUNT,
  'AuthFailure.TokenFailure': ACCOUNT,
  'AuthFailure.UnauthorizedOperation': ACCOUNT,
  'AuthFailure.MFAFailure': ACCOUNT,
  UnauthorizedOperation: ACCOUNT,
  InvalidAction: ACCOUNT,
  NoSuchVersion: ACCOUNT,
  UnsupportedRegion: ACCOUNT,
  MissingParameter: REFUSED,
  InvalidParameter: REFUSED,
  InvalidParameterValue: REFUSED,
  RequestLimitExceeded: BUSY,
  LimitExceeded: BUSY,
  InternalError: BROKEN,
  ResourceUnavailable: BROKEN,
}

/** Null for a code that no row names: never a guess, and never an answer about the invoice. */
export function meaningOf(code: string): CodeMeaning | null {
  return (Object.hasOwn(MEANINGS, code) ? MEANINGS[code] : undefined) ?? null
}
