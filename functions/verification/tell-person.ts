import type { NoticeQueue } from '../notices/fan-out/ports'
import type { Clock, RecordStore, VerificationRecord } from './ports'

export interface TellPorts {
  clock: Clock
  records: RecordStore
  /** Of the fan-out, which writes to people. */
  noticeQueue: Pick<NoticeQueue, 'send'>
}

/** Whoever ends a check tells its person within this time, or the sweeper finds it. */
const TELL_WITHIN_MS = 60_000
/** Who asked and got no answer looks at the page for so long; what ends later ends behind their back. */
const ASKER_STAYS_MS = 2 * 60_000

/**
 * When the person of a check that ends now must have been told, ms; null when they asked and are waiting for it: it repeats
 * another by itself, waited for the end of an outage, or was asked again so late that its asker has left.
 */
export function tellTime({ follows, recovery, waiting, createdAt }: VerificationRecord, now: number): number | null {
  const isOwn = follows !== null || (recovery?.begunAt ?? null) !== null
  const isLeft = waiting === 'recheck' && now - createdAt > ASKER_STAYS_MS
  return isOwn || isLeft ? now + TELL_WITHIN_MS : null
}

/**
 * Hands the telling of a finished record to the fan-out, once as far as anybody knows: a death between the two writes repeats
 * it, and the fan-out knows the record. Answers a warning when it has to be tried again.
 */
export async function tellPerson(ports: TellPorts, record: VerificationRecord): Promise<string | null> {
  const { userId, id } = record
  try {
    await ports.noticeQueue.send([{ job: { kind: 'check', userId, verificationId: id }, at: ports.clock.now() }])
    await ports.records.dropTelling(record)
    return null
  } catch {
    return 'person not told; left to the sweeper'
  }
}
