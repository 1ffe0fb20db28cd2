import { canonical } from '../canonical'
import { isMap, type ValueMap } from '../table/document-value'
import type { Journal } from './journal'
import { type Ledger, questionIn } from './ledger'
import { attributeOf, type ItemChange } from './table-audit'
import type { Report } from './violation'

const FINDINGS: readonly unknown[] = ['consistent', 'mismatch', 'not_found']
/** A call that was in flight when its record came in may have answered a little earlier. */
const IN_FLIGHT_MS = 20_000

interface RecordAuditOptions {
  ledger: Ledger
  journal: Journal
  skewMs: number
  report: Report
  ownerOf(id: string): { userId: string; isRecheck: boolean } | undefined
  /** A notice says that nobody can check. */
  isOutage(at: number): boolean
  now(): number
  mayRemove(userId: string, id: string): boolean
  /** A repetition that the product made by itself. */
  addFollowUp(id: string, userId: string): void
}

/** What a person sees of an outcome; the planned repetition is no part of it, nor whether they were told. */
function shownOf(item: ValueMap): string {
  const { followUpAt: _, tellAt: __, ...head } = attributeOf(item, 'head')
  return canonical({ head, detail: item.detail ?? null })
}

/** The items of checks: what is pending has an owner, what is done stays as it is, and what is said was said by a provider. */
export class RecordAudit {
  /** Keys of records that somebody still has to end or to repeat, with the time. */
  readonly due = new Map<string, number>()
  private readonly followers = new Map<string, string>()
  /** Of those that are done, which ended by themselves. */
  private readonly done = new Map<string, boolean>()

  constructor(private readonly world: RecordAuditOptions) {}

  readonly judge = ({ pk, sk, before, after, values }: ItemChange): void => {
    const { report } = this.world
    const [userId, id] = [pk.slice('USER#'.length), sk.slice('VRF#'.length)]
    const what = `record ${id.slice(4, 9)}`
    const isGone = after === undefined || after.gone === true
    if (isGone) {
      this.due.delete(id)
      if (before !== undefined && !this.world.mayRemove(userId, id)) report('I3 lost', `${what} was removed by nobody`)
      return
    }
    this.world.journal.note(`${what} ${String(after.state)} ${String(attributeOf(after, 'head').waiting ?? '')}`)
    if (before === undefined || before.gone === true) this.judgeNew(userId, id, after, what)
    if (before?.state === 'done' && before.gone !== true && shownOf(before) !== shownOf(after)) {
      report('I3 changed', `${what}: ${shownOf(before)} became ${shownOf(after)}`)
    }
    const isChanged = before !== undefined && canonical(before) !== canonical(after)
    if (isChanged && values[':seen'] !== undefined && values[':seen'] !== before.deadline) {
      report('I1 owner', `${what} was taken from who had it until ${String(before.deadline)}`)
    }
    this.judgeDue(id, after, what)
    this.judgeRecovery(before, after, what)
    if (after.state !== 'done' || before?.state === 'done') return
    this.noteEnd(id, after)
    this.judgeAnswer(id, after, what)
  }

  private judgeNew(userId: string, id: string, after: ValueMap, what: string): void {
    const { report, ownerOf, addFollowUp } = this.world
    const { follows } = attributeOf(after, 'head')
    if (typeof follows === 'string') {
      const first = this.followers.get(follows)
      if (first !== undefined) report('I11', `${what} repeats ${follows}, as ${first} does`)
      this.followers.set(follows, id)
      addFollowUp(id, userId)
    } else if (ownerOf(id)?.userId !== userId) report('I5', `${what} belongs to no request of ${userId}`)
  }

  private judgeDue(id: string, after: ValueMap, what: string): void {
    const head = attributeOf(after, 'head')
    const at = after.state === 'pending' ? head.deadline : (head.tellAt ?? head.followUpAt)
    if (typeof at !== 'number') {
      this.due.delete(id)
      if (after.state === 'pending') this.world.report('I1', `${what} is pending without a deadline`)
      return
    }
    this.due.set(id, at)
    const isFound = typeof after.pendingShard === 'string' && after.deadline === at
    if (!isFound) this.world.report('I1', `${what} is due at a time at which the sweeper does not find it`)
  }

  private noteEnd(id: string, after: ValueMap): void {
    const head = attributeOf(after, 'head')
    const { begunAt } = attributeOf(head, 'recovery')
    this.done.set(id, typeof head.follows === 'string' || typeof begunAt === 'number')
  }

  /** What waits for the end of an outage begins when that is over, not before. */
  private judgeRecovery(before: ValueMap | undefined, after: ValueMap, what: string): void {
    const { isOutage, now, report } = this.world
    const recoveryOf = (item: ValueMap) => attributeOf(attributeOf(item, 'head'), 'recovery')
    const { begunAt } = recoveryOf(after)
    if (typeof begunAt !== 'number' || (before && recoveryOf(before).begunAt === begunAt)) return
    // A process that slept between its look and its write begins late, never early.
    if (isOutage(begunAt - this.world.skewMs) && isOutage(begunAt + this.world.skewMs) && isOutage(now()))
      report('recovery', `${what} begins while the outage lasts`)
  }

  private judgeAnswer(id: string, after: ValueMap, what: string): void {
    const { report, ledger } = this.world
    const head = attributeOf(after, 'head')
    const answer = attributeOf(head, 'answer')
    if (typeof head.proofNumber !== 'string') report('I1', `${what} is done without a proof number`)
    const call = ledger.get(String(answer.requestId))
    if (call === undefined) {
      if (answer.outcome !== 'could_not_check')
        report('backed', `${what} says ${String(answer.outcome)}, and nobody did`)
      return
    }
    const { outcome } = answer
    const told = call.told
    // A field that the provider does not compare makes a find a mismatch: by ours, never the reverse.
    const isBacked = told?.outcome === outcome || (outcome === 'mismatch' && told?.outcome === 'consistent')
    if (!isBacked)
      report('backed', `${what} says ${String(outcome)}, ${call.provider} said ${told?.outcome ?? 'nothing'}`)
    if (outcome === 'consistent' && told?.lifecycle !== answer.lifecycle) report('backed', `${what}: another state`)
    if (questionIn(attributeOf(head, 'asked')) !== call.question)
      report('question', `${what} shows ${call.requestId}, the answer to another question`)
    if ((head.fromCache === false) !== (call.recordId === id))
      report('own', `${what} and ${call.requestId}: fromCache is ${String(head.fromCache)}`)
    const isAnyKind = told?.outcome === 'consistent' || outcome === 'could_not_check'
    if (!isAnyKind && attributeOf(head, 'asked').kind !== call.kind) {
      report('question', `${what} shows ${call.requestId}, which was asked with another kind`)
    }
    this.judgeAge(id, head, what)
  }

  /** A new answer was wanted. */
  private judgeAge(id: string, head: ValueMap, what: string): void {
    const { report, ownerOf, skewMs } = this.world
    const answer = attributeOf(head, 'answer')
    const checkedAt = Number(answer.checkedAt)
    const createdAt = Number(head.createdAt)
    const isOld = checkedAt < createdAt - IN_FLIGHT_MS - 2 * skewMs
    const { isRecheck = false } = ownerOf(id) ?? {}
    if (isRecheck && isOld && FINDINGS.includes(answer.outcome))
      report('I3 new', `${what} wanted a new answer and shows an old one`)
    if (isOld && !FINDINGS.includes(answer.outcome) && createdAt - checkedAt > 120_000)
      report('reuse', `${what} shows a silence of before`)
    const opinions = Array.isArray(answer.opinions) ? answer.opinions.filter(isMap) : []
    if (opinions.length !== 0 && opinions.length !== 2) report('backed', `${what} has ${opinions.length} opinions`)
    const outcomes = new Set(
      opinions.map(({ outcome }) => String(outcome)).filter(outcome => FINDINGS.includes(outcome)),
    )
    if (outcomes.size > 1 && answer.disagreement !== true && answer.outcome === 'consistent')
      report('backed', `${what} hides a disagreement`)
  }

  isDone(id: string): boolean {
    return this.done.has(id)
  }

  get endedByThemselves(): string[] {
    return [...this.done].flatMap(([id, isOwn]) => (isOwn ? [id] : []))
  }

  isFollowUp(id: string): boolean {
    return [...this.followers.values()].includes(id)
  }
}
