import type { AskedInvoice } from '@shared/invoice/invoice'
import type { Impact, Notice } from '@shared/notice/notice'
import { standingOf } from '@shared/notice/relevance'
import { phasesInForce } from '@shared/notice/windows'
import { briefOf } from './explain-by-notice'
import { isOpenQuestion } from './follow-up'
import type { Recovery, StoredAnswer, VerificationRecord } from './ports'
import { wayOf } from './way-of'

/** Impacts under which no answer can come. */
const BLOCKING: readonly Impact[] = ['down', 'read_only']
const MINUTE_MS = 60_000
/** An end may come earlier than was announced: who waits looks again so often at least. */
const LOOK_MS = 30 * MINUTE_MS
const LOOK_JITTER_MS = 5 * MINUTE_MS
/** Those that waited for the same end do not all come at once. */
const END_JITTER_MS = 10 * MINUTE_MS
/** Then it is asked, whatever the notices say. */
export const LONGEST_MS = 7 * 86_400_000

/** The notice under which an invoice cannot be checked now, and when that is expected to be over; null when none is. */
export function recoveryOf(asked: AskedInvoice, notices: readonly Notice[], now: number): Recovery | null {
  const { components, region } = wayOf(asked)
  const blocking = notices.filter(one => phasesInForce(one, now).some(({ impact }) => BLOCKING.includes(impact)))
  const [first] = components
    .map(component => standingOf(component, region, blocking, now))
    .filter(({ impact }) => impact !== null && BLOCKING.includes(impact))
  if (!first?.notice) return null
  return { notice: briefOf(first.notice), expectedAt: first.until, begunAt: null }
}

/** When somebody looks whether it is over, ms: shortly after the expected end, half an hour from now at the latest. */
export function nextLook(recovery: Recovery, createdAt: number, now: number, jitter: number): number {
  const { expectedAt } = recovery
  const soon = now + LOOK_MS - Math.round(LOOK_JITTER_MS * jitter)
  const isNear = expectedAt !== null && expectedAt < soon
  const at = isNear ? expectedAt + Math.round(END_JITTER_MS * jitter) : soon
  return Math.min(at, Math.max(createdAt + LONGEST_MS, now))
}

/** It asked, and the outage was still there, at no cost: it waits on, as its person wished. Null when it has an answer, or waited long enough. */
export function waitingOn(
  record: VerificationRecord,
  answer: StoredAnswer,
  now: number,
  jitter: number,
): { record: VerificationRecord; until: number } | null {
  const { recovery, follows, createdAt } = record
  if (!recovery || follows !== null || now - createdAt >= LONGEST_MS) return null
  if (!isOpenQuestion(answer) || answer.cause === 'too_early') return null
  const waits = { ...recovery, expectedAt: null, begunAt: null }
  return { record: { ...record, recovery: waits }, until: nextLook(waits, createdAt, now, jitter) }
}
