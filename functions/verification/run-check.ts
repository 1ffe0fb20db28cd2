import type { NextStep } from '../gate/next-step'
import { answerFor } from './answer-for'
import type { CheckPorts } from './check-ports'
import { type Checked, pendingRecord } from './check-record'
import { endCheck, enqueue, putOff, standingFor } from './end-check'
import type { InvoiceProvider, VerificationRecord } from './ports'
import { insertDone, replay } from './replay'
import { Run, type Start } from './run'

/** Above the longest life of a function that a person waits for (28 s); a worker's record is safe by its lease and its deadline. */
export const IN_HAND_MS = 30_000

/** Names one request; another attempt under the same key has another name. */
export const attemptName = (ports: { random(bytes: number): Uint8Array }) =>
  Buffer.from(ports.random(9)).toString('base64url')

/** Reuse → budget → lease → provider → record, from a gate that was just read. */
export async function runCheck(ports: CheckPorts, start: Start): Promise<Checked> {
  const { draft } = start
  const run = new Run(ports, start)
  const { next } = run
  const known = run.outcomeOf(next)
  if (known !== null) return insertDone(ports, draft, known)

  const standing = next.step === 'hold' ? standingFor(next, run.now) : null
  const deadline = standing?.until ?? draft.createdAt + IN_HAND_MS
  const pending = pendingRecord(draft, run.tries, standing?.waiting ?? null, deadline)
  const counting = next.step === 'ask' ? run.count() : null
  const [isNew, limit] = await Promise.all([ports.records.insert(pending), counting])
  if (!isNew) {
    const earlier = await replay(ports, draft).finally(() => run.uncount(0))
    if (earlier !== null) return earlier
  }
  if (limit !== null) return endCheck(ports, run, pending, limit)
  if (standing !== null) return enqueue(ports, pending, standing.until)
  return settleRun(ports, run, pending)
}

/** Goes on with a pending record that somebody put off, or whose owner died. */
export function resumeCheck(ports: CheckPorts, start: Start, pending: VerificationRecord): Promise<Checked> {
  return settleRun(ports, new Run(ports, start), pending)
}

/** Asks, or waits for who asks, until the pending record has its outcome or its place among what waits. */
async function settleRun(ports: CheckPorts, run: Run, pending: VerificationRecord): Promise<Checked> {
  for (;;) {
    const { next } = run
    const outcome = run.outcomeOf(next)
    if (outcome !== null) return endCheck(ports, run, pending, outcome)
    const done = next.step === 'ask' && !run.isLate() ? await askNow(ports, run, pending, next) : null
    if (done !== null) return done
    const goesOn = next.step !== 'hold' && !run.isLate() && (await run.lookAgain(next))
    if (!goesOn) return putOff(ports, run, pending, standingFor(run.next, run.now))
  }
}

/** One asking and what follows from it; null when somebody else was faster. */
async function askNow(
  ports: CheckPorts,
  run: Run,
  pending: VerificationRecord,
  next: NextStep & { step: 'ask' },
): Promise<Checked | null> {
  const limit = await run.count()
  if (limit !== null) return endCheck(ports, run, pending, limit)
  const asked = await run.ask(next)
  if (asked === null) return null
  const { notes } = asked
  const costFen = pending.costFen + notes.costFen
  const own = { ...pending, costFen }
  await run.uncount(notes.costFen)
  switch (asked.kind) {
    case 'later':
      return putOff(ports, run, own, { waiting: 'slot', until: await placeInLine(ports, asked) }, notes)
    case 'nobody':
      return endCheck(ports, run, own, { ...run.own(asked.answer), costFen }, notes)
    case 'answer': {
      const { recheckAt } = asked.finding
      if (recheckAt !== null) return putOff(ports, run, own, { waiting: 'recheck', until: recheckAt }, notes)
      const outcome = { ...answerFor(pending, asked.finding), fromCache: false, tries: run.tries, costFen }
      return endCheck(ports, run, own, outcome, notes)
    }
  }
}

/** Behind the work that waits already. */
async function placeInLine(ports: CheckPorts, later: { at: number; provider: InvoiceProvider }): Promise<number> {
  return Math.max(later.at, await ports.admission.line(later.provider))
}
