import {
  ACCOUNT,
  BROKEN,
  BUSY,
  type CodeMeaning,
  DAILY_LIMIT,
  MAINTENANCE,
  MISMATCH,
  meaningIn,
  NOT_FOUND,
  REFUSED,
  TOO_EARLY,
  TOO_OLD,
  UNKNOWN_ANSWER,
} from './code-meaning'

/** `VerifyResult` of an answer, but for 0001, which carries the tax data. */
const RESULTS: Readonly<Record<string, CodeMeaning>> = {
  '0002': DAILY_LIMIT,
  '0005': REFUSED,
  // Which results are billed Baidu does not say; the two others bill these [upstreams reference §§ 5, 10].
  '0006': MISMATCH,
  '0009': NOT_FOUND,
  1004: ACCOUNT,
  // The same code is billed by Alibaba, whose results have the same numbers [upstreams reference § 3].
  1005: { ...REFUSED, charged: 'unknown', counted: 'unknown' },
  // "Abnormal, check the data" and "failed, ask us": neither says anything about the invoice, nor what it cost.
  1006: UNKNOWN_ANSWER,
  1008: REFUSED,
  1009: REFUSED,
  1014: TOO_EARLY,
  1015: TOO_OLD,
  1020: ACCOUNT,
  1021: MAINTENANCE,
  9999: UNKNOWN_ANSWER,
}

/** `error_code` of the whole platform. The refusals stand before the call of the tax side. */
const ERRORS: Readonly<Record<string, CodeMeaning>> = {
  // Unknown fault, passing unavailability: whether the tax side was asked nobody says.
  1: BROKEN,
  2: BROKEN,
  3: ACCOUNT,
  4: BUSY,
  6: ACCOUNT,
  14: ACCOUNT,
  17: ACCOUNT,
  18: BUSY,
  19: ACCOUNT,
  100: ACCOUNT,
  110: ACCOUNT,
  111: ACCOUNT,
  216100: REFUSED,
  216101: REFUSED,
  216102: ACCOUNT,
  216103: REFUSED,
  216110: ACCOUNT,
  // Of pictures; this call has none.
  216200: REFUSED,
  216201: REFUSED,
  216202: REFUSED,
  216630: BROKEN,
  282000: BROKEN,
}

/** `VerifyResult` of the tax data's being here and agreeing. */
export const AGREES = '0001'

/** Log codes of a token that a new one may replace [upstreams reference § 2.1]: nothing was asked, nothing charged. */
export const TOKEN_REFUSED: readonly string[] = ['error_code 110', 'error_code 111']

export const resultMeaning = (code: string): CodeMeaning | null => meaningIn(RESULTS, code)
export const errorMeaning = (code: string): CodeMeaning | null => meaningIn(ERRORS, code)
