import type { Spender } from '../gate/budget'
import { isFenceOf } from '../gate/fence'
import { asideSlot } from '../gate/next-step'
import type { Gate, Job } from '../gate/ports'
import type { CheckPorts } from './check-ports'
import { type Checked, type Draft, doneRecord, pendingRecord, triesOf } from './check-record'
import { couldNotCheck } from './own-answers'
import type { VerificationRecord } from './ports'
import { followUpId, keysOf, personOn } from './question'
import { attemptName, IN_HAND_MS, resumeCheck } from './run-check'

/** Messages come a little early; a record that was put off meanwhile has a message of its own for its new time. */
const EARLY_MS = 1000
/** Nobody waits longer; who stands in a line or behind somebody is told sooner that it does not move. */
const LONGEST_WAIT_MS = 36 * 3_600_000
const LONGEST_IN_LINE_MS = 15 * 60_000

/** Waits of which an automatic asking is the end; for the others the person's own try is still to be spent. */
const ASKED_BY_ROBOT: readonly VerificationRecord['waiting'][] = ['recheck', 'outage']

/**
 * Takes up one job: goes on with a pending check that is due, or repeats one that met an outage. Safe when it is delivered
 * twice, late or for nothing. Null when there was nothing to do.
 */
export async function takeUp(ports: CheckPorts, { userId, id }: Job): Promise<Checked | null> {
  const { deleted, record } = await ports.records.readOwned(userId, id)
  if (record === null) return null
  if (deleted) {
    // Written while its account was being deleted: nobody will ever see it, and it must not stay due for ever.
    await ports.records.remove(userId, id, ports.clock.now())
    return null
  }
  if (record.state === 'done') return repeat(ports, record)
  const now = ports.clock.now()
  const seen = record.deadline ?? 0
  if (seen > now + EARLY_MS) return null
  // One taker: the write is conditional on the deadline as it was read.
  const mine = { ...record, ...keysOf(ports.hash, record.asked), deadline: now + IN_HAND_MS }
  if (!(await ports.records.putOff(mine, seen))) return null
  return goOn(ports, mine)
}

async function goOn(ports: CheckPorts, record: VerificationRecord): Promise<Checked> {
  const { userId, invoiceKey, waiting, createdAt } = record
  const { gate, spend } = await ports.gates.open(userId, invoiceKey)
  const person = personOn(ports.hash, userId, invoiceKey)
  const now = ports.clock.now()
  const isInLine = record.follows === null && (waiting === 'slot' || waiting === 'turn')
  if (now - createdAt > (isInLine ? LONGEST_IN_LINE_MS : LONGEST_WAIT_MS)) {
    const answer = isInLine
      ? couldNotCheck('busy', 'PROVIDER_BUSY', ports.simulated, now)
      : couldNotCheck('network', 'ANSWER_LOST', ports.simulated, now)
    const outcome = { answer, notCompared: [], fromCache: false, tries: triesOf(gate, person, now) }
    const done = doneRecord(record, ports.newProofNumber(), { ...outcome, costFen: record.costFen })
    await ports.records.finish(done)
    return { record: done }
  }
  const isRobot = record.follows !== null || ASKED_BY_ROBOT.includes(waiting) || lostItsCall(gate, record)
  const spender: Spender = isRobot ? { role: 'robot' } : { role: 'person', person }
  const reuse = record.anew !== true
  // What a repetition heard of the outage itself, when it asked before, is no news that came while it waited.
  const since = record.follows === null ? record.createdAt : now
  const waited = waiting === 'slot' || (waiting === 'recheck' && record.putOff > 0)
  const start = { draft: record, gate, spend, spender, person, reuse, waited, since }
  return resumeCheck(ports, start, record)
}

/** Its owner died after the person's try was spent: what follows is the one automatic re-check, however late it comes. */
function lostItsCall({ lease, answers }: Gate, { id, questionKey }: VerificationRecord): boolean {
  const fences = [lease?.fence, answers[asideSlot(questionKey)]?.fence]
  return fences.some(fence => fence !== undefined && isFenceOf(fence, id))
}

/** A new record that follows the old one: what was shown stays as it is. */
async function repeat(ports: CheckPorts, old: VerificationRecord): Promise<Checked | null> {
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
