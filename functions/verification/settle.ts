import { triesLeft } from '../gate/budget'
import { isFenceOf } from '../gate/fence'
import { asideSlot, speaksFor } from '../gate/next-step'
import type { Gate, GateStore } from '../gate/ports'
import { answerFor, hintsWith } from './answer-for'
import { type ExplainPorts, explainByNotice } from './explain-by-notice'
import { followUpTime } from './follow-up'
import type { RecordStore, VerificationRecord } from './ports'

export interface SettlePorts extends ExplainPorts {
  records: RecordStore
  gates: GateStore
  newProofNumber(): string
}

/** 0–1 by the record: those that waited for one answer are not all repeated at once. */
const spreadOf = ({ id }: VerificationRecord) => (id.charCodeAt(id.length - 1) % 32) / 32

/**
 * Ends a pending record with the invoice's answer to its question when one came after its creation; asks nobody. What is
 * still open stays with its owner: the request that has it in hand, or the worker. What an own call cost whose function
 * died stands in the day's sums alone. Returns what is stored.
 */
export async function settle(ports: SettlePorts, record: VerificationRecord, gate: Gate): Promise<VerificationRecord> {
  if (record.state === 'done' || record.follows !== null || record.waiting === 'outage') return record
  const { questionKey, asked, anew, recovery } = record
  const since = recovery?.begunAt ?? record.createdAt
  const found = [questionKey, asideSlot(questionKey)]
    .map(slot => gate.answers[slot])
    .find(
      answer =>
        answer !== undefined &&
        (isFenceOf(answer.fence, record.id) || answer.checkedAt >= (anew === true ? since + 1 : since)) &&
        answer.recheckAt === null &&
        speaksFor(answer, asked.kind),
    )
  if (found === undefined) return record
  const { answer: plain, notCompared } = answerFor(record, found)
  const answer = await explainByNotice(ports, asked, plain)
  const done: VerificationRecord = {
    ...record,
    state: 'done',
    hints: hintsWith(record.hints, notCompared),
    answer,
    fromCache: !isFenceOf(found.fence, record.id),
    proofNumber: ports.newProofNumber(),
    triesLeftToday: triesLeft(gate, ports.clock.now()),
    deadline: null,
    waiting: null,
    followUpAt: followUpTime(answer, ports.clock.now(), spreadOf(record)),
  }
  if (await ports.records.finish(done)) return done
  return (await ports.records.read(record.userId, record.id)) ?? done
}
