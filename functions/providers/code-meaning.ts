import type { Invoice } from '@shared/contract/verification'
import type { AskedField } from '@shared/invoice/hint'
import type { Cause, Lifecycle, Outcome, ReasonCode } from '@shared/invoice/outcome'
import type { ProviderAnswer, RetryClass, Spent } from '../verification/ports'

/**
 * What a provider's code comes to. Each provider has one table from its documented codes to these rows; a code without a
 * row is `UNKNOWN_ANSWER`, and an alarm counts it [domain reference § 5.2].
 */
export interface CodeMeaning {
  outcome: Exclude<Outcome, 'consistent'>
  cause: Cause | null
  reason: ReasonCode | null
  charged: Spent
  counted: Spent
  retry: RetryClass
}

const noAnswer = (
  cause: Cause,
  reason: ReasonCode,
  retry: RetryClass,
  charged: Spent = 'no',
  counted: Spent = charged,
): CodeMeaning => ({ outcome: 'could_not_check', cause, reason, charged, counted, retry })

const answered = (outcome: 'mismatch' | 'not_found'): CodeMeaning => ({
  outcome,
  cause: null,
  reason: null,
  charged: 'yes',
  counted: 'yes',
  retry: 'none',
})

export const MISMATCH = answered('mismatch')
export const NOT_FOUND = answered('not_found')
/** The tax data goes back five years. */
export const TOO_OLD: CodeMeaning = {
  outcome: 'not_checkable',
  cause: null,
  reason: 'OVER_FIVE_YEARS',
  charged: 'no',
  counted: 'no',
  retry: 'none',
}
/** A field was refused before anybody was asked. */
export const REFUSED = noAnswer('input_refused', 'PROVIDER_REFUSED_FIELD', 'none')
/** The invoice's five checks of the day are used up, wherever they were made. */
export const DAILY_LIMIT = noAnswer('daily_limit', 'DAILY_LIMIT_REACHED', 'tomorrow')
export const TOO_EARLY = noAnswer('too_early', 'SAME_DAY_NOT_LOADED', 'tomorrow')
export const BUSY = noAnswer('busy', 'PROVIDER_BUSY', 'paced')
/** The tax side is in maintenance or its network fails. */
export const MAINTENANCE = noAnswer('maintenance', 'TAX_NETWORK_MAINTENANCE', 'elsewhere')
/** Quota, rights, money, keys: ours to mend. */
export const ACCOUNT = noAnswer('provider_account', 'PROVIDER_ACCOUNT', 'elsewhere')
/** The connection never stood, or the front door said 503: the tax side was not asked. */
export const NOT_SENT = noAnswer('network', 'PROVIDER_UNREACHABLE', 'elsewhere')
/** Sent, then no answer: it may have been charged and counted. One delayed re-check, never a blind repetition. */
export const ANSWER_LOST = noAnswer('network', 'ANSWER_LOST', 'delayed', 'unknown')
/** It broke somewhere behind the signature check: whether the tax side was asked nobody says. */
export const BROKEN: CodeMeaning = { ...ANSWER_LOST }
export const UNKNOWN_ANSWER = noAnswer('unknown_answer', 'UNKNOWN_ANSWER', 'none', 'unknown')

/** The row of a code; null for one that no row names: never a guess. */
export function meaningIn(table: Readonly<Record<string, CodeMeaning>>, code: string): CodeMeaning | null {
  return (Object.hasOwn(table, code) ? table[code] : undefined) ?? null
}

const MAX_RAW_CODE = 100

/** An answer that holds no tax data. `rawCode` is for the log only. */
export function answerOf(
  meaning: CodeMeaning,
  rawCode: string,
  compared: readonly AskedField[],
  requestId = '',
): ProviderAnswer {
  const { reason, ...rest } = meaning
  return {
    ...rest,
    lifecycle: null,
    reasons: reason === null ? [] : [{ code: reason, likelihood: 'likely' }],
    invoice: null,
    compared,
    requestId,
    rawCode: rawCode.slice(0, MAX_RAW_CODE),
    codeKnown: true,
  }
}

/** What an answer holds that found the invoice; `oddCode` names a state that no table has. */
interface Found {
  invoice: Invoice
  lifecycle: Lifecycle
  oddCode: string | null
}

/** The invoice was found: charged and counted. */
export function foundAnswer(
  { invoice, lifecycle, oddCode }: Found,
  rawCode: string,
  compared: readonly AskedField[],
  requestId: string,
): ProviderAnswer {
  return {
    outcome: 'consistent',
    lifecycle,
    cause: null,
    reasons: [],
    invoice,
    compared,
    requestId,
    charged: 'yes',
    counted: 'yes',
    retry: 'none',
    rawCode: oddCode ?? rawCode,
    codeKnown: oddCode === null,
  }
}

/** An answer in a shape, or with a code, that no table has. */
export function unknownAnswer(rawCode: string, compared: readonly AskedField[], requestId = ''): ProviderAnswer {
  return { ...answerOf(UNKNOWN_ANSWER, rawCode, compared, requestId), codeKnown: false }
}
