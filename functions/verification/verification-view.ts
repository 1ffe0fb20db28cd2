import type { Invoice, Verification } from '@shared/contract/verification'
import type { Copy } from '@shared/copy/copy'
import type { AskedInvoice } from '@shared/invoice/invoice'
import { placeView } from './place-view'
import type { VerificationRecord } from './ports'

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
    provider:
      answer === null || answer.provider === null
        ? null
        : { name: answer.provider, requestId: answer.requestId, checkedAt: iso(answer.checkedAt) },
    proofNumber: record.proofNumber,
    triesLeftToday: record.triesLeftToday,
    place: placeView(answer, asked, copy),
    fromCache: record.fromCache,
    simulated: answer?.simulated ?? simulated,
    source: record.source,
    nextTryAt: record.state === 'pending' ? iso(now + POLL_AGAIN_MS) : answer?.nextTryAt ? iso(answer.nextTryAt) : null,
    createdAt: iso(record.createdAt),
  }
}
