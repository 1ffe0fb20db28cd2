import type { Spender } from '../gate/budget'
import { isFenceOf } from '../gate/fence'
import { asideSlot } from '../gate/next-step'
import type { Gate, Job } from '../gate/ports'
import { trafficOf } from '../gate/traffic-of'
import { awaitsRecovery, begunAt, lookForRecovery } from './after-recovery'
import type { CheckPorts } from './check-ports'
import { type Checked, type Draft, doneRecord, NO_CALL, pendingRecord, type Tries, triesOf } from './check-record'
import { enqueue } from './end-check'
import { explainByNotice } from './explain-by-notice'
import { couldNotCheck } from './own-answers'
import type { VerificationRecord } from './ports'
import { followUpId, keysOf, personOn } from './question'
import { attemptName, IN_HAND_MS, resumeCheck } from './run-check'
import { type TellPorts, tellPerson, tellTime } from './tell-person'

/** Messages come a little early; a record that was put off meanwhile has a message of its own for its new time. */
const EARLY_MS = 1000
/** Nobody waits longer; who stands in a line or behind somebody is told sooner that it does not move. */
const LONGEST_WAIT_MS = 36 * 3_600_000
const LONGEST_IN_LINE_MS = 15 * 60_000
/** A repetition may wait for an end that was announced for days ahead. */
const LONGEST_OUTAGE_MS = 8 * 86_400_000

/** Waits of which an automatic asking is the end; for the others the person's own try is still to be spent. */
const ASKED_BY_ROBOT: readonly VerificationRecord['waiting'][] = ['recheck', 'outage']

export interface TakeUpPorts extends CheckPorts, TellPorts {}

/**
 * Takes up one job: goes on with a pending check that is due, or repeats one that met an outage, and has the person told of
 * what ended by itself. Safe when it is delivered twice, late or for nothing. Null when there was nothing to do.
 * @throws when the notices cannot be read that a check waits for
 */
export async function takeUp(ports: TakeUpPorts, job: Job): Promise<Checked | null> {
  const checked = await goOnWith(ports, job)
  const { record } = checked ?? {}
  if (!checked || record?.state !== 'done' || !record.tellAt) return checked
  const warning = await tellPerson(ports, record)
  return warning === null ? checked : { ...checked, notes: { ...(checked.notes ?? NO_CALL), warning } }
}

async function goOnWith(ports: TakeUpPorts, { userId, id }: Job): Promise<Checked | null> {
  const { deleted, record } = await ports.records.readOwned(userId, id)
  if (record === null) return null
  if (deleted) {
    // Written while its account was being deleted: nobody will ever see it, and it must not stay due for ever.
    await ports.records.remove(userId, id, ports.clock.now())
    return null
  }
  const now = ports.clock.now()
  if (record.state === 'done') {
    // Who ended it died before its person was told.
    const isUntold = (record.tellAt ?? Number.POSITIVE_INFINITY) <= now + EARLY_MS
    return isUntold ? { record } : repeat(ports, record)
  }
  const seen = record.deadline ?? 0
  if (seen > now + EARLY_MS) return null
  const later = awaitsRecovery(record) ? await lookForRecovery(ports, record) : null
  if (later !== null) return putDown(ports, later, seen)
  const mine = { ...begunAt(record, now), ...keysOf(ports.hash, record.asked), deadline: now + IN_HAND_MS }
  // One taker: the write is conditional on the deadline as it was read.
  if (!(await ports.records.putOff(mine, seen))) return null
  return goOn(ports, mine)
}

async function putDown(ports: TakeUpPorts, later: VerificationRecord, seen: number): Promise<Checked | null> {
  const isMine = await ports.records.putOff(later, seen)
  return isMine ? enqueue(ports, later, later.deadline ?? seen) : null
}

const isInLine = ({ follows, waiting }: VerificationRecord) =>
  follows === null && (waiting === 'slot' || waiting === 'turn')

/** How long it may wait for what it waits for now, ms. */
function patienceOf(record: VerificationRecord): number {
  if (isInLine(record)) return LONGEST_IN_LINE_MS
  return record.follows === null ? LONGEST_WAIT_MS : LONGEST_OUTAGE_MS
}

/** Ends what waited too long: the line did not move, or nobody knows what became of the call. */
async function giveUp(ports: TakeUpPorts, record: VerificationRecord, tries: Tries): Promise<Checked> {
  const now = ports.clock.now()
  const isBusy = isInLine(record)
  const unanswered = isBusy
    ? couldNotCheck('busy', 'PROVIDER_BUSY', ports.simulated, now)
    : couldNotCheck('network', 'ANSWER_LOST', ports.simulated, now)
  for (const noted of isBusy ? trafficOf(record.asked, unanswered, [], now) : []) ports.traffic.note(noted)
  const answer = await explainByNotice(ports, record.asked, unanswered)
  const { costFen } = record
  const ended = { answer, notCompared: [], fromCache: false, tries, costFen, tellAt: tellTime(record, now) }
  const done = doneRecord(record, ports.newProofNumber(), ended)
  const isFirst = await ports.records.finish(done)
  return { record: isFirst ? done : { ...done, tellAt: null } }
}

async function goOn(ports: TakeUpPorts, record: VerificationRecord): Promise<Checked> {
  const { userId, invoiceKey, waiting, recovery } = record
  const began = recovery?.begunAt ?? record.createdAt
  const { gate, spend } = await ports.gates.open(userId, invoiceKey)
  const person = personOn(ports.hash, userId, invoiceKey)
  const now = ports.clock.now()
  if (now - began > patienceOf(record)) return giveUp(ports, record, triesOf(gate, person, now))
  const isRobot = record.follows !== null || ASKED_BY_ROBOT.includes(waiting) || lostItsCall(gate, record, began)
  const spender: Spender = isRobot ? { role: 'robot' } : { role: 'person', person }
  const reuse = record.anew !== true
  // What a repetition heard of the outage itself, when it asked before, is no news that came while it waited.
  const since = record.follows === null ? began : now
  const waited = waiting === 'slot' || (waiting === 'recheck' && record.putOff > 0)
  const start = { draft: record, gate, spend, spender, person, reuse, waited, since }
  return resumeCheck(ports, start, record)
}

/** Its owner died after the person's try was spent: what follows is the one automatic re-check, however late it comes. */
function lostItsCall({ lease, answers }: Gate, { id, questionKey }: VerificationRecord, began: number): boolean {
  const aside = answers[asideSlot(questionKey)]
  // What it heard before it was put down again was no loss.
  const fences = [lease?.fence, (aside?.checkedAt ?? 0) >= began ? aside?.fence : undefined]
  return fences.some(fence => fence !== undefined && isFenceOf(fence, id))
}

/** A new record that follows the old one: what was shown stays as it is. */
async function repeat(ports: TakeUpPorts, old: VerificationRecord): Promise<Checked | null> {
  const { userId, followUpAt, source, asked, kindGiven, hints } = old
  const now = ports.clock.now()
  if (followUpAt === null || followUpAt > now + EARLY_MS) return null
  const draft: Draft = {
    id: followUpId(ports.hash, userId, old.id),
    userId,
    createdAt: now,
    source,
    asked,
    kindGiven,
    hints,
    bodyHash: '',
    attempt: attemptName(ports),
    ...keysOf(ports.hash, asked),
    follows: old.id,
    putOff: 0,
  }
  const { gate } = await ports.gates.open(userId, draft.invoiceKey)
  const tries = triesOf(gate, personOn(ports.hash, userId, draft.invoiceKey), now)
  const record = pendingRecord(draft, tries, 'outage', now + IN_HAND_MS)
  const isNew = await ports.records.insert(record)
  // After the insert, so that a death between the two repeats nothing and loses nothing.
  await ports.records.dropFollowUp(userId, old.id, followUpAt)
  return isNew ? goOn(ports, record) : null
}
