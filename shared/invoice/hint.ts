/** Fields of an invoice that a person can give. */
export const ASKED_FIELDS = [
  'kind',
  'invoiceCode',
  'invoiceNumber',
  'issueDate',
  'amount',
  'checkCode',
  'sellerTaxId',
] as const
export type AskedField = (typeof ASKED_FIELDS)[number]

/** A doubt that is worth a look before a try is spent; never a refusal. Texts: `shared/copy`, keyed by code. */
export const HINT_CODES = [
  'QR_CHECKSUM_INCONSISTENT',
  'QR_KIND_DIFFERS_FROM_CODE',
  'QR_KIND_UNKNOWN',
  'QR_CHECK_FIELD_MISSING',
  'CODE_KIND_UNKNOWN',
  'CODE_REGION_UNKNOWN',
  'CODE_YEAR_AFTER_ISSUE_DATE',
  'CODE_YEAR_IN_FUTURE',
  'NUMBER_REGION_UNKNOWN',
  'NUMBER_YEAR_DIFFERS_FROM_DATE',
  'NUMBER_SPLIT_JOINED',
  'CHECK_CODE_ODD_LENGTH',
  'TAX_ID_CHECKSUM',
  'TAX_ID_COMPONENT',
  'ISSUED_TODAY',
  'NEAR_FIVE_YEARS',
  'AMOUNT_MISSING',
  'DATE_MISSING',
  'DATE_IN_FUTURE',
  'LINK_IS_NOT_OPENED',
  'CHECKED_ELSEWHERE',
  'FIELD_NOT_COMPARED',
] as const
export type HintCode = (typeof HINT_CODES)[number]

export interface Hint {
  code: HintCode
  field?: AskedField
}

/** Why a field cannot be used as it stands. Texts and next steps: `shared/copy`, keyed by code. */
export const FIELD_REASONS = [
  'required',
  'length',
  'format',
  'number_length',
  'code_length',
  'code_with_20_digits',
  'amount_format',
  'amount_decimals',
  'amount_negative',
  'amount_too_large',
  'date_not_real',
  'date_in_future',
  'check_code_length',
  'tax_id_length',
  'tax_id_format',
  'kind_unknown',
  'kind_contradicts',
  'contradicts_qr',
  'not_qr_of_invoice',
  'not_text',
  'not_list',
  'wrong_type',
  'too_long',
  'unknown_value',
  'not_allowed',
  'body_missing',
  'body_not_json',
  'body_not_object',
  'body_too_deep',
  'limit_range',
  'days_reversed',
  'source_unknown',
  'idempotency_key',
  'instant_not_real',
  'ends_before_start',
  'window_too_long',
  'transition_not_allowed',
] as const
export type FieldReason = (typeof FIELD_REASONS)[number]

export interface FieldProblem {
  field: string
  reason: FieldReason
}
