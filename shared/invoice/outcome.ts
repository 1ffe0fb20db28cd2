/** What one check said about one invoice. The five answers and what none of them means: product rules, § outcome model. */
export const OUTCOMES = ['consistent', 'mismatch', 'not_found', 'could_not_check', 'not_checkable'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** State of a `consistent` invoice. `unknown` is an empty or not-synced answer, never a guess. */
export const LIFECYCLES = ['normal', 'voided', 'red', 'red_full', 'red_partial', 'red_letter', 'unknown'] as const
export type Lifecycle = (typeof LIFECYCLES)[number]

/** Why there is no answer about the invoice; only with `could_not_check`. */
export const CAUSES = [
  'too_early',
  'daily_limit',
  'busy',
  'network',
  'maintenance',
  'input_refused',
  'provider_account',
  'unknown_answer',
] as const
export type Cause = (typeof CAUSES)[number]

export const LIKELIHOODS = ['likely', 'possible', 'unlikely'] as const
export type Likelihood = (typeof LIKELIHOODS)[number]

/** A ranked explanation of an outcome. Texts and next steps: `shared/copy`, keyed by code. */
export const REASON_CODES = [
  'ISSUED_IN_OUTAGE',
  'NOT_SYNCED_YET',
  'ISSUED_OFFLINE',
  'FIELD_TYPED_WRONG',
  'AMOUNT_OTHER_BASIS',
  'NOT_ISSUED',
  'AMOUNT_DIFFERS',
  'CHECK_CODE_DIFFERS',
  'DATE_DIFFERS',
  'SELLER_DIFFERS',
  'KIND_DIFFERS',
  'SOME_FIELD_DIFFERS',
  'SAME_DAY_NOT_LOADED',
  'DAILY_LIMIT_REACHED',
  'PERSON_LIMIT_REACHED',
  'PERSON_SPEND_LIMIT',
  'SYSTEM_SPEND_LIMIT',
  'PROVIDER_PAUSED',
  'SOURCES_DISAGREE',
  'PROVIDER_BUSY',
  'ANSWER_LOST',
  'PROVIDER_UNREACHABLE',
  'TAX_NETWORK_MAINTENANCE',
  'PROVIDER_REFUSED_FIELD',
  'PROVIDER_ACCOUNT',
  'UNKNOWN_ANSWER',
  'OVER_FIVE_YEARS',
  'FISCAL_PLATFORM',
  'PROVINCE_PLATFORM',
  'PAPER_WITHOUT_CHECK',
  'TOLL_SUMMARY',
  'CUSTOMS_PAYMENT',
  'TRAIN_TICKET',
] as const
export type ReasonCode = (typeof REASON_CODES)[number]

export interface Reason {
  code: ReasonCode
  likelihood: Likelihood
}

/** Green belongs to this pair alone. */
export function isGood(outcome: Outcome | null, lifecycle: Lifecycle | null): boolean {
  return outcome === 'consistent' && lifecycle === 'normal'
}
