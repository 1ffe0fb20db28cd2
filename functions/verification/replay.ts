import { ServiceError } from '../errors'
import type { CheckPorts } from './check-ports'
import { type Checked, type Draft, doneRecord, type RecordOutcome } from './check-record'
import { explainByNotice } from './explain-by-notice'

/** A follower waits 3 s at most, in real time. */
export const POLLS_MS = [100, 150, 250, 400, 500, 500, 500, 600]

/**
 * The record that came before under the same key: the same question gets the same answer, never a second call. Null when
 * it is this very request's own, whose write was repeated by the SDK.
 */
export async function replay(ports: CheckPorts, draft: Draft): Promise<Checked | null> {
  for (let polls = 0; ; polls++) {
    const record = await ports.records.read(draft.userId, draft.id)
    if (record === null) throw new ServiceError('NOT_FOUND')
    if (record.bodyHash !== draft.bodyHash) throw new ServiceError('KEY_REUSED')
    if (record.state === 'done') return { record }
    if (record.attempt === draft.attempt) return null
    const isWaiting = (record.deadline ?? 0) <= ports.clock.now() || record.waiting !== null
    const pause = POLLS_MS[polls]
    if (pause === undefined || isWaiting) return { record }
    await ports.wait(pause)
  }
}

/** Stores a record whose outcome needed no call: one write. */
export async function insertDone(ports: CheckPorts, draft: Draft, outcome: RecordOutcome): Promise<Checked> {
  const answer = await explainByNotice(ports, draft.asked, outcome.answer)
  const record = doneRecord(draft, ports.newProofNumber(), { ...outcome, answer })
  if (await ports.records.insert(record)) return { record }
  return (await replay(ports, draft)) ?? { record }
}
