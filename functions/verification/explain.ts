import type { AskedField } from '@shared/invoice/hint'
import type { AskedInvoice } from '@shared/invoice/invoice'
import { daysBetween, nextShanghaiMidnight, shanghaiDay } from '@shared/invoice/issue-date'
import type { Likelihood, Reason, ReasonCode } from '@shared/invoice/outcome'
import { nextTryAfter } from './own-answers'
import type { ProviderAnswer } from './ports'

const ranked = (rows: readonly (readonly [ReasonCode, Likelihood])[]): Reason[] =>
  rows.map(([code, likelihood]) => ({ code, likelihood }))

/** New invoices reach the tax data within hours to a day, so age decides what is likely. */
function whyNotFound(ageInDays: number): Reason[] {
  if (ageInDays <= 1) {
    return ranked([
      ['NOT_SYNCED_YET', 'likely'],
      ['FIELD_TYPED_WRONG', 'possible'],
      ['ISSUED_OFFLINE', 'possible'],
      ['NOT_ISSUED', 'unlikely'],
    ])
  }
  if (ageInDays <= 7) {
    return ranked([
      ['FIELD_TYPED_WRONG', 'likely'],
      ['NOT_SYNCED_YET', 'possible'],
      ['ISSUED_OFFLINE', 'possible'],
      ['NOT_ISSUED', 'possible'],
    ])
  }
  return ranked([
    ['FIELD_TYPED_WRONG', 'likely'],
    ['NOT_ISSUED', 'possible'],
    ['ISSUED_OFFLINE', 'unlikely'],
  ])
}

/** The provider says only that something differs; a person mistypes the long field first. */
function whyMismatch(compared: readonly AskedField[]): Reason[] {
  const amount = compared.includes('amount')
  const checkCode = compared.includes('checkCode')
  return ranked([
    ...(amount ? ([['AMOUNT_DIFFERS', 'likely']] as const) : []),
    ...(checkCode ? ([['CHECK_CODE_DIFFERS', 'likely']] as const) : []),
    ...(amount ? ([['AMOUNT_OTHER_BASIS', 'possible']] as const) : []),
    ...(amount || checkCode ? [] : ([['SOME_FIELD_DIFFERS', 'likely']] as const)),
    ['DATE_DIFFERS', 'possible'],
  ])
}

/** Reasons and the next time for an answer; reasons that the answer already names stand. */
export function explain(
  asked: AskedInvoice,
  answer: ProviderAnswer,
  now: number,
): { reasons: Reason[]; nextTryAt: number | null } {
  const ageInDays = daysBetween(asked.issueDate, shanghaiDay(now))
  switch (answer.outcome) {
    case 'not_found': {
      const reasons = answer.reasons.length > 0 ? answer.reasons : whyNotFound(ageInDays)
      return { reasons, nextTryAt: ageInDays <= 7 ? nextShanghaiMidnight(now) : null }
    }
    case 'mismatch':
      return { reasons: answer.reasons.length > 0 ? answer.reasons : whyMismatch(answer.compared), nextTryAt: null }
    case 'could_not_check':
      return { reasons: answer.reasons, nextTryAt: answer.cause === null ? null : nextTryAfter(answer.cause, now) }
    case 'consistent':
    case 'not_checkable':
      return { reasons: answer.reasons, nextTryAt: null }
  }
}
