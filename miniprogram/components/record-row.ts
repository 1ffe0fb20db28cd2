import type { Verification } from '@shared/contract/verification'
import { fill } from '@shared/copy/copy'
import type { PageCopy } from '@shared/copy/page-copy'
import { groupAmount } from '@shared/invoice/digit-groups'
import type { Batch } from '../hooks/use-history'
import { showShort, showToday } from './show-time'
import { faceOf, type Tone } from './tone'

/** One line of the history, ready to draw: nothing else crosses to the view. */
export interface RecordRow {
  id: string
  /** Seller, or the kind while the seller is not known. */
  name: string
  /** Last digits and time, then the expected time of a pending check, then whether it came by itself. */
  sub: string
  amount: string
  badge: string
  tone: Tone
}

export interface RowBatch {
  seq: number
  reset: boolean
  rows: RecordRow[]
}

function notesOf({ state, nextTryAt, follows }: Verification, copy: PageCopy, nowMs: number): string[] {
  const isAwaited = state === 'pending' && nextTryAt !== null && Date.parse(nextTryAt) > nowMs
  const eta = isAwaited ? [fill(copy.ui.history.eta, { time: showToday(nextTryAt, nowMs) })] : []
  return follows ? [...eta, copy.ui.result.follows] : eta
}

function rowOf(record: Verification, copy: PageCopy, nowMs: number): RecordRow {
  const { invoice, asked } = record
  const face = faceOf(record, copy)
  const amount = invoice.amountWithTax ?? invoice.amount ?? asked.amount
  return {
    id: record.id,
    name: invoice.seller?.name || (asked.kind === 'UNKNOWN' ? copy.ui.history.unknownSeller : copy.kind[asked.kind]),
    sub: [
      `…${asked.invoiceNumber.slice(-4)}`,
      showShort(record.createdAt, nowMs),
      ...notesOf(record, copy, nowMs),
    ].join(' · '),
    amount: amount === null ? '' : groupAmount(amount),
    badge: face.badge,
    tone: face.tone,
  }
}

export function rowBatch(batch: Batch, copy: PageCopy, nowMs: number): RowBatch {
  return { seq: batch.seq, reset: batch.reset, rows: batch.records.map(record => rowOf(record, copy, nowMs)) }
}
