import type { VerificationRecord } from '../../../functions/verification/ports'
import { canonical } from '../canonical'
import type { Report } from './violation'

/** What somebody was shown of a finished check: everything but what is live. */
function shownOf(record: VerificationRecord): string {
  const { triesLeftToday: _, yourTriesLeftToday: __, followUpAt: ___, costFen: ____, tellAt: _____, ...rest } = record
  const { anew = false, recovery = null, ...shown } = rest
  return canonical({ ...shown, anew, recovery })
}

/** Remembers every result that a person saw, and the id that each key got. */
export class ShownResults {
  readonly done = new Map<string, { userId: string; shown: string }>()
  /** Id by user and key of a request that was accepted. */
  readonly accepted = new Map<string, string>()

  constructor(private readonly report: Report) {}

  note(userId: string, record: VerificationRecord): void {
    const { id } = record
    if (record.userId !== userId) this.report('I4', `${userId} was shown ${id} of ${record.userId}`)
    const earlier = this.done.get(id)
    if (record.state === 'pending') {
      if (earlier !== undefined) this.report('I3 changed', `${id} was done and is pending`)
      if (record.deadline === null) this.report('I1', `${id} is shown as pending without a time`)
      return
    }
    const shown = shownOf(record)
    if (earlier !== undefined && earlier.shown !== shown)
      this.report('I3 changed', `${id}: ${earlier.shown} became ${shown}`)
    this.done.set(id, { userId, shown })
  }

  accept(userId: string, key: string, id: string): void {
    const name = `${userId} ${key}`
    const earlier = this.accepted.get(name)
    if (earlier !== undefined && earlier !== id) this.report('I5', `${name} got ${earlier}, then ${id}`)
    this.accepted.set(name, id)
  }
}
