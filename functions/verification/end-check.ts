import { ServiceError } from '../errors'
import type { CallNotes } from '../gate/ask-providers'
import { jitterOf } from '../gate/jitter'
import type { NextStep } from '../gate/next-step'
import type { CheckPorts } from './check-ports'
import { type Checked, doneRecord, NO_CALL, type RecordOutcome } from './check-record'
import { explainByNotice } from './explain-by-notice'
import { followUpTime, nextPutOff } from './follow-up'
import type { VerificationRecord, Wait } from './ports'
import { waitingOn } from './recovery'
import type { Run } from './run'
import { tellTime } from './tell-person'

/** Who stands behind another question about the invoice looks again so soon. */
const NEXT_TURN_MS = 3000

/** Where a check that nobody has in hand stands until then. */
export type Standing = { waiting: Wait; until: number }

export function standingFor(next: NextStep, now: number): Standing {
  switch (next.step) {
    case 'follow':
      return { waiting: 'answer', until: next.until }
    case 'queue':
      return { waiting: 'turn', until: Math.min(next.until, now + NEXT_TURN_MS) }
    case 'hold':
      return { waiting: 'recheck', until: next.until }
    default:
      return { waiting: 'slot', until: now + NEXT_TURN_MS }
  }
}

/** Ends the check, or, of a repetition that met the same outage, puts it off once more. */
export async function endCheck(
  ports: CheckPorts,
  run: Run,
  pending: VerificationRecord,
  outcome: RecordOutcome,
  notes?: CallNotes,
): Promise<Checked> {
  const answer = await explainByNotice(ports, pending.asked, outcome.answer)
  const now = ports.clock.now()
  const jitter = jitterOf(ports)
  if (pending.follows !== null) {
    const again = nextPutOff(answer, pending.putOff, now, jitter)
    const later = { ...pending, putOff: pending.putOff + 1 }
    if (again !== null) return putOff(ports, run, later, { waiting: 'outage', until: again }, notes)
  }
  const on = waitingOn(pending, answer, now, jitter)
  if (on !== null) return putOff(ports, run, on.record, { waiting: 'outage', until: on.until }, notes)
  const followUpAt = pending.follows === null ? followUpTime(answer, now, jitter) : null
  const costFen = outcome.costFen ?? pending.costFen
  const ended = { ...outcome, answer, costFen, followUpAt, tellAt: tellTime(pending, now) }
  const record = doneRecord(pending, ports.newProofNumber(), ended)
  const [isFirst] = await Promise.all([ports.records.finish(record), run.uncount(notes?.costFen ?? 0)])
  if (isFirst) return { record, notes }
  return { record: await stored(ports, pending), notes }
}

/** Settled meanwhile, or deleted with its account: what is stored is what everybody sees. */
async function stored(ports: CheckPorts, { userId, id }: VerificationRecord): Promise<VerificationRecord> {
  const record = await ports.records.read(userId, id)
  if (record === null) throw new ServiceError('NOT_FOUND')
  return record
}

export async function putOff(
  ports: CheckPorts,
  run: Run,
  pending: VerificationRecord,
  { waiting, until }: Standing,
  notes?: CallNotes,
): Promise<Checked> {
  // What is asked again by itself stays so, whatever else it has to wait for: the person's own try is spent.
  const isRecheck = pending.follows === null && (pending.waiting === 'recheck' || run.isRobot)
  const count = isRecheck && waiting === 'slot' ? pending.putOff + 1 : pending.putOff
  const reason = isRecheck ? 'recheck' : waiting
  const later: VerificationRecord = { ...pending, ...run.tries, waiting: reason, deadline: until, putOff: count }
  const [isPutOff] = await Promise.all([
    ports.records.putOff(later, pending.deadline ?? 0),
    run.uncount(notes?.costFen ?? 0),
  ])
  if (!isPutOff) return { record: await stored(ports, pending), notes }
  return enqueue(ports, later, until, notes)
}

/** Without the message the sweeper finds the record a minute later. */
export async function enqueue(
  ports: CheckPorts,
  record: VerificationRecord,
  at: number,
  notes?: CallNotes,
): Promise<Checked> {
  const { userId, id } = record
  try {
    await ports.queue.send([{ job: { userId, id }, at }])
    return { record, notes }
  } catch {
    const warning = 'not queued; left to the sweeper'
    return { record, notes: { ...(notes ?? NO_CALL), warning } }
  }
}
