import type { AskedInvoice } from '@shared/invoice/invoice'
import type { Impact, Notice } from '@shared/notice/notice'
import { standingOf } from '@shared/notice/relevance'
import { phasesInForce } from '@shared/notice/windows'
import { jitterOf } from '../gate/jitter'
import type { CheckPorts } from './check-ports'
import { type Checked, pendingRecord } from './check-record'
import { enqueue } from './end-check'
import { briefOf } from './explain-by-notice'
import type { Recovery, VerificationRecord } from './ports'
import { insertDone, replay } from './replay'
import { Run, type Start } from './run'
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
const LONGEST_MS = 7 * 86_400_000

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

/** Put off by its person and not begun. */
export const awaitsRecovery = ({ recovery, waiting }: VerificationRecord): boolean =>
  waiting === 'outage' && recovery?.begunAt === null

/** The record as it is taken up: what waited for an end is from now on a check like any other, that its person asks for. */
export const begunAt = (record: VerificationRecord, now: number): VerificationRecord =>
  record.recovery && awaitsRecovery(record)
    ? { ...record, waiting: null, recovery: { ...record.recovery, begunAt: now } }
    : record

/**
 * The record with a new time to look again; null when the outage is over, or it has waited long enough.
 * @throws when the notices cannot be read: then nobody knows, and the job comes again
 */
export async function lookForRecovery(
  ports: CheckPorts,
  record: VerificationRecord,
): Promise<VerificationRecord | null> {
  const now = ports.clock.now()
  if (now - record.createdAt >= LONGEST_MS) return null
  const recovery = recoveryOf(record.asked, await ports.notices.near(now), now)
  return recovery && { ...record, recovery, deadline: nextLook(recovery, record.createdAt, now, jitterOf(ports)) }
}

/** The notice that an afterRecovery check waits for; null when there is none or nobody can tell: then it is asked now. */
export async function recoveryToAwait(ports: CheckPorts, asked: AskedInvoice): Promise<Recovery | null> {
  const now = ports.clock.now()
  const notices = await ports.notices.near(now).catch(() => [])
  return recoveryOf(asked, notices, now)
}

/** Puts the check down until the outage is over: no try, no call. What is known already is told at once. */
export async function awaitRecovery(ports: CheckPorts, start: Start, recovery: Recovery): Promise<Checked> {
  const { draft } = start
  const run = new Run(ports, start)
  const { next } = run
  const known = next.step === 'take' && next.answer.outcome !== 'could_not_check' ? run.outcomeOf(next) : null
  if (known !== null) return insertDone(ports, draft, known)
  const until = nextLook(recovery, draft.createdAt, run.now, jitterOf(ports))
  const record = pendingRecord({ ...draft, recovery }, run.tries, 'outage', until)
  const earlier = (await ports.records.insert(record)) ? null : await replay(ports, draft)
  return earlier ?? enqueue(ports, record, until)
}
