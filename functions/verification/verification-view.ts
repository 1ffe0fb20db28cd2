import type { Invoice, Verification } from '@shared/contract/verification'
import type { Copy } from '@shared/copy/copy'
import type { AskedInvoice } from '@shared/invoice/invoice'
import { placeView } from './place-view'
import type { StoredAnswer, VerificationRecord } from './ports'

/** When a client that shows a pending check asks again. */
const POLL_AGAIN_MS = 3000

const iso = (ms: number) => new Date(ms).toISOString()

/** Before an answer, and after every answer but `consistent`, only what was asked is shown: a mismatch tells no tax data. */
function onlyAsked(asked: AskedInvoice): Invoice {
  const { kind, invoiceCode, invoiceNumber, issueDate, amount, checkCode } = asked
  return {
    kind,
    invoiceCode,
    invoiceNumber,
    issueDate,
    amount,
    checkCode,
    amountWithoutTax: null,
    taxAmount: null,
    amountWithTax: null,
    seller: null,
    buyer: null,
    remark: null,
    taxBureau: null,
    items: [],
  }
}

const sourceOf = (answer: StoredAnswer | null) =>
  answer === null || answer.provider === null
    ? null
    : { name: answer.provider, requestId: answer.requestId, checkedAt: iso(answer.checkedAt) }

/** Of a pending record when its next step is expected, of another when asking again makes sense. */
function nextTime({ state, waiting, deadline, answer, recovery }: VerificationRecord, now: number): string | null {
  if (state === 'done') return answer?.nextTryAt ? iso(answer.nextTryAt) : null
  const expectedAt = waiting === 'outage' ? (recovery?.expectedAt ?? 0) : 0
  if (expectedAt > now) return iso(expectedAt)
  const isPlanned = waiting !== null && waiting !== 'answer' && (deadline ?? 0) > now
  return iso(isPlanned ? (deadline ?? now) : now + POLL_AGAIN_MS)
}

const noticeOf = ({ answer, recovery }: VerificationRecord) =>
  answer === null ? (recovery?.notice ?? null) : answer.notice

/** A record as the API shows it, with sentences in the reader's language. */
export function verificationView(
  record: VerificationRecord,
  copy: Copy,
  now: number,
  simulated: boolean,
): Verification {
  const { answer, asked } = record
  const outcome = answer?.outcome ?? null
  return {
    id: record.id,
    state: record.state,
    outcome,
    lifecycle: outcome === 'consistent' ? (answer?.lifecycle ?? 'unknown') : null,
    ...(outcome === 'could_not_check' && { cause: answer?.cause ?? 'unknown_answer' }),
    reasons: (answer?.reasons ?? []).map(({ code, likelihood }) => {
      const { message, action } = copy.reason[code]
      return { code, likelihood, message, ...(action !== undefined && { action }) }
    }),
    hints: record.hints.map(({ code, field }) => ({ code, ...(field && { field }), message: copy.hint[code] })),
    invoice: outcome === 'consistent' && answer?.invoice ? answer.invoice : onlyAsked(asked),
    asked,
    provider: sourceOf(answer),
    proofNumber: record.proofNumber,
    triesLeftToday: record.triesLeftToday,
    yourTriesLeftToday: record.yourTriesLeftToday,
    waiting: record.state === 'pending' ? (record.waiting ?? 'answer') : null,
    opinions: (answer?.opinions ?? []).map(opinion => ({ ...opinion, checkedAt: iso(opinion.checkedAt) })),
    disagreement: answer?.disagreement ?? false,
    follows: record.follows,
    followUpAt: record.followUpAt === null ? null : iso(record.followUpAt),
    notice: noticeOf(record),
    place: placeView(answer, asked, copy),
    fromCache: record.fromCache,
    simulated: answer?.simulated ?? simulated,
    source: record.source,
    nextTryAt: nextTime(record, now),
    createdAt: iso(record.createdAt),
  }
}
