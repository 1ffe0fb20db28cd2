import type { Clock, RecordStore } from '../../../functions/verification/ports'
import type { Report } from './violation'

/** Messages come a little early. */
const EARLY_MS = 1000

/** Nobody takes up a check before it is due. */
export class Claims {
  constructor(private readonly report: Report) {}

  /** For one job: the first change of a check after it was read with its account is the claim. */
  watching(records: RecordStore, clock: Clock): RecordStore {
    const read = new Set<string>()
    return {
      ...records,
      readOwned: async (userId, id) => {
        const found = await records.readOwned(userId, id)
        read.add(id)
        return found
      },
      putOff: async (record, seen) => {
        const isClaim = read.delete(record.id)
        const isDone = await records.putOff(record, seen)
        if (isClaim && isDone) this.note(record.id, seen, clock.now())
        return isDone
      },
    }
  }

  private note(id: string, seen: number, now: number): void {
    if (seen > now + EARLY_MS) this.report('I1 owner', `${id} was taken up before its time`)
  }
}
