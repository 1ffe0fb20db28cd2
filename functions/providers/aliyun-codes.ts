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
  NOT_SENT,
  REFUSED,
  TOO_EARLY,
  TOO_OLD,
} from './code-meaning'

/** The two codes inside `Data` that come with an invoice. */
export const isFound = (code: string) => code === '001' || code === '000000'

/** Business codes inside `Data`, HTTP 200 [upstreams reference § 3, second-hand: the vendor's own page was not seen]. */
const BUSINESS: Readonly<Record<string, CodeMeaning>> = {
  '006': MISMATCH,
  '009': NOT_FOUND,
  // "The four elements are not to the norm": a refusal that is billed all the same.
  1005: { ...REFUSED, charged: 'yes', counted: 'yes' },
  '002': DAILY_LIMIT,
  10014: TOO_EARLY,
  10017: TOO_OLD,
  1021: MAINTENANCE,
  '005': REFUSED,
  105: REFUSED,
  108: REFUSED,
  109: REFUSED,
  // Code, sum, check code, number, check code again.
  110: REFUSED,
  111: REFUSED,
  112: REFUSED,
  113: REFUSED,
  114: REFUSED,
  // The date.
  1010: REFUSED,
  1011: REFUSED,
  10015: REFUSED,
  10016: REFUSED,
  10018: REFUSED,
  111000: REFUSED,
  111001: REFUSED,
  // Volume used up, service period over, no permission, no right, calls used up, expired.
  104: ACCOUNT,
  115: ACCOUNT,
  10020: ACCOUNT,
  131002: ACCOUNT,
  131003: ACCOUNT,
  131004: ACCOUNT,
  131005: BUSY,
  152000: BUSY,
  // "Abnormal", "no data", "system", "source": said to be free, but whether the tax side was asked nobody says.
  106: BROKEN,
  '000001': BROKEN,
  101000: BROKEN,
  121000: BROKEN,
  121001: BROKEN,
  121002: BROKEN,
  171000: BROKEN,
}

/**
 * `Code` of the gateway, HTTP 4xx or 5xx [upstreams reference § 3; help.aliyun.com/document_detail/48054.html]. All but the
 * internal error are said before the action runs.
 */
const GATEWAY: Readonly<Record<string, CodeMeaning>> = {
  SignatureDoesNotMatch: ACCOUNT,
  IncompleteSignature: ACCOUNT,
  InvalidAccessKeyId: ACCOUNT,
  'InvalidAccessKeyId.NotFound': ACCOUNT,
  'InvalidAccessKeyId.Inactive': ACCOUNT,
  'InvalidTimeStamp.Format': ACCOUNT,
  'InvalidTimeStamp.Expired': ACCOUNT,
  Forbidden: ACCOUNT,
  'Forbidden.RAM': ACCOUNT,
  'Forbidden.AccessKeyDisabled': ACCOUNT,
  NoPermission: ACCOUNT,
  noPermission: ACCOUNT,
  ocrServiceNotOpen: ACCOUNT,
  'InvalidAction.NotFound': ACCOUNT,
  'InvalidApi.NotFound': ACCOUNT,
  'InvalidProduct.NotFound': ACCOUNT,
  'InvalidProtocol.NeedSsl': ACCOUNT,
  InvalidVersion: ACCOUNT,
  MissingParameter: REFUSED,
  MissingInvoiceNo: REFUSED,
  MissingInvoiceDate: REFUSED,
  InvalidParameter: REFUSED,
  Throttling: BUSY,
  'Throttling.User': BUSY,
  'Throttling.Api': BUSY,
  // Too many calls in the same moment, in the vendor's words; a new call has a new nonce.
  SignatureNonceUsed: BUSY,
  ServiceUnavailable: NOT_SENT,
  InternalError: BROKEN,
}

/** Meaning of a business code; null for `isFound` ones and for one that no table has. */
export const meaningOf = (code: string): CodeMeaning | null => meaningIn(BUSINESS, code)

/** Meaning of a gateway's error; of an unknown code with a 5xx status by the status, else null. */
export function gatewayMeaning(code: string, status: number): CodeMeaning | null {
  const known = meaningIn(GATEWAY, code)
  if (known !== null || status < 500) return known
  return status === 503 ? NOT_SENT : BROKEN
}
