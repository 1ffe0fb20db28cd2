import { nextShanghaiMidnight } from '@shared/invoice/issue-date'
import type { Cause, Reason, ReasonCode } from '@shared/invoice/outcome'
import type { StoredAnswer } from './ports'

const MINUTE_MS = 60_000

/** When asking again makes sense after no answer, ms; null when somebody has to change something first. */
export function nextTryAfter(cause: Cause, now: number): number | null {
  switch (cause) {
    case 'too_early':
    case 'daily_limit':
      return nextShanghaiMidnight(now)
    case 'busy':
    case 'network':
      return now + MINUTE_MS
    case 'maintenance':
      return now + 30 * MINUTE_MS
    case 'unknown_answer':
      return now + 10 * MINUTE_MS
    case 'provider_account':
      return now + 60 * MINUTE_MS
    case 'input_refused':
      return null
  }
}

const own = (simulated: boolean, now: number): StoredAnswer => ({
  outcome: 'could_not_check',
  lifecycle: null,
  cause: null,
  reasons: [],
  invoice: null,
  requestId: '',
  charged: 'no',
  counted: 'no',
  nextTryAt: null,
  provider: null,
  simulated,
  checkedAt: now,
  opinions: [],
  disagreement: false,
  notice: null,
})

/** Another place checks this paper; nobody was asked. */
export function notCheckable(reasons: Reason[], simulated: boolean, now: number): StoredAnswer {
  return { ...own(simulated, now), outcome: 'not_checkable', reasons }
}

/** No answer about the invoice, told by ourselves. */
export function couldNotCheck(cause: Cause, code: ReasonCode, simulated: boolean, now: number): StoredAnswer {
  return {
    ...own(simulated, now),
    cause,
    reasons: [{ code, likelihood: 'likely' }],
    nextTryAt: nextTryAfter(cause, now),
  }
}
