import type { AskedInvoice } from '@shared/invoice/invoice'
import { isPlanned } from '@shared/notice/lifecycle'
import type { Notice } from '@shared/notice/notice'
import { isOverdue } from '@shared/notice/windows'
import { jitterOf } from '../gate/jitter'
import type { CheckPorts } from './check-ports'
import { type Checked, pendingRecord } from './check-record'
import { enqueue } from './end-check'
import type { Recovery, VerificationRecord } from './ports'
import { LONGEST_MS, nextLook, recoveryOf } from './recovery'
import { insertDone, replay } from './replay'
import { Run, type Start } from './run'

/** Put off by its person and not begun. */
export const awaitsRecovery = ({ recovery, waiting }: VerificationRecord): boolean =>
  waiting === 'outage' && recovery?.begunAt === null

/** The record as it is taken up: what waited for an end is from now on a check like any other, that its person asks for. */
export const begunAt = (record: VerificationRecord, now: number): VerificationRecord =>
  record.recovery && awaitsRecovery(record)
    ? { ...record, waiting: null, recovery: { ...record.recovery, begunAt: now } }
    : record

/**
 * The record with a new time to look again; null when the outage is over, should be over by its plan, or it has waited long
 * enough. Past its planned end nobody else may ask, so who waits finds out: an outage that goes on costs nothing.
 * @throws when the notices cannot be read: then nobody knows, and the job comes again
 */
export async function lookForRecovery(
  ports: CheckPorts,
  record: VerificationRecord,
): Promise<VerificationRecord | null> {
  const now = ports.clock.now()
  if (now - record.createdAt >= LONGEST_MS) return null
  const notices = await ports.notices.near(now)
  const shouldBeOver = (one: Notice) => isPlanned(one.type) && isOverdue(one, now)
  const recovery = recoveryOf(
    record.asked,
    notices.filter(one => !shouldBeOver(one)),
    now,
  )
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
