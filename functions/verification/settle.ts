import { answerFor, hintsWith } from './answer-for'
import { lostSlot, triesLeft } from './next-step'
import { couldNotCheck } from './own-answers'
import type { Clock, Gate, GateStore, RecordStore, VerificationRecord } from './ports'

export interface SettlePorts {
  clock: Clock
  records: RecordStore
  gates: GateStore
  simulated: boolean
  newProofNumber(): string
}

/**
 * Ends a pending record that nobody works on any more, without a provider call: with the invoice's answer to its question
 * when one came after its creation, else, past its deadline, as an answer that was lost. Returns what is stored.
 */
export async function settle(ports: SettlePorts, record: VerificationRecord, read?: Gate): Promise<VerificationRecord> {
  if (record.state === 'done') return record
  const gate = read ?? (await ports.gates.read(record.invoiceKey))
  const now = ports.clock.now()
  const found = [record.questionKey, lostSlot(record.questionKey)]
    .map(slot => gate.answers[slot])
    .find(answer => answer !== undefined && answer.checkedAt >= record.createdAt)
  const isFound = found !== undefined
  if (!isFound && (record.deadline ?? 0) > now) return record
  const { answer, notCompared } = isFound
    ? answerFor(record, found)
    : { answer: couldNotCheck('network', 'ANSWER_LOST', ports.simulated, now), notCompared: [] }
  const done: VerificationRecord = {
    ...record,
    state: 'done',
    hints: hintsWith(record.hints, notCompared),
    answer,
    fromCache: isFound && !found.fence.startsWith(record.id),
    proofNumber: ports.newProofNumber(),
    triesLeftToday: triesLeft(gate, now),
    deadline: null,
  }
  if (await ports.records.finish(done)) return done
  return (await ports.records.read(record.userId, record.id)) ?? done
}
