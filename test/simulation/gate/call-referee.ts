import type { AskedInvoice } from '@shared/invoice/invoice'
import { shanghaiDay } from '@shared/invoice/issue-date'
import { parseMoney } from '@shared/invoice/money'
import type { Limits } from '../../../functions/gate/ports'
import { gateKey, recordKey } from '../../../functions/store/table'
import type { KeyedHash, ProviderAnswer, ProviderTraits } from '../../../functions/verification/ports'
import { keysOf } from '../../../functions/verification/question'
import type { SimulatedTable } from '../simulated-table'
import type { ValueMap } from '../table/document-value'
import type { VirtualTime } from '../virtual-time'
import type { Journal } from './journal'
import { type Ledger, type LedgerCall, questionIn } from './ledger'
import type { Profile } from './profile'
import type { ProviderFronts } from './provider-fronts'
import type { Tickets } from './tickets'
import type { Report } from './violation'

const TRIES = 5
const PER_PERSON = 3
const PER_ROBOTS = 2
const LEFT_TO_PEOPLE = 2
/** Nobody asks a lost question again sooner. */
const LOST_PAUSE_MS = 30_000
/** The shortest time for which a finding is used again. */
const FRESH_MS = 14.5 * 60_000
const ROBOT_WAITS: readonly unknown[] = ['recheck', 'outage']

interface RefereeOptions {
  time: VirtualTime
  table: SimulatedTable
  hash: KeyedHash
  profile: Profile
  limits: Limits
  ledger: Ledger
  fronts: ProviderFronts
  journal: Journal
  report: Report
  /** Who owns a record, and what its key was used for. */
  ownerOf(recordId: string): { userId: string; isRecheck: boolean } | undefined
}

const map = (value: unknown): ValueMap => (typeof value === 'object' && value !== null ? (value as ValueMap) : {})

/** What our side knows to be free: asking elsewhere, or again, costs nothing. */
const isFree = ({ told }: LedgerCall) => told?.charged === 'no' && told.counted === 'no'
const isLost = ({ told }: LedgerCall) => told === null || (told.cause === 'network' && told.charged === 'unknown')

/** Judges each call of ours at the moment at which it is made, by what is stored and what really happened before. */
export class CallReferee {
  constructor(private readonly world: RefereeOptions) {}

  readonly send = (call: LedgerCall, asked: AskedInvoice): Promise<ProviderAnswer> => this.world.fronts.ask(call, asked)

  open(provider: ProviderTraits, asked: AskedInvoice, giveUpAt: number, tickets: Tickets): LedgerCall {
    const { time, table, hash, ledger, journal, report, ownerOf } = this.world
    const { invoiceKey, questionKey } = keysOf(hash, asked)
    const fence = tickets.fenceOf(invoiceKey) ?? ''
    const recordId = fence.split('.')[0] ?? ''
    const { userId = '', isRecheck = false } = ownerOf(recordId) ?? {}
    const record = map(table.item(recordKey(userId, recordId)))
    const head = map(record.head)
    const gate = map(table.item(gateKey(invoiceKey)))
    const ticket = tickets.use(provider.name)
    const before = ledger.ofInvoice(invoiceKey)
    // A person's request spends the person's try once; what follows by itself is a robot's.
    const isRepeated = before.some(
      other =>
        other.recordId === recordId && other.fence !== fence && (isLost(other) || !other.isStored) && !isFree(other),
    )
    const isRobot = isRepeated || ROBOT_WAITS.includes(head.waiting) || (head.follows ?? null) !== null
    const amount = parseMoney(asked.amount ?? '')
    const number = ledger.calls.length + 1
    const call: LedgerCall = {
      number,
      requestId: `r${number}`,
      provider: provider.name,
      priceFen: provider.priceFen,
      invoiceKey,
      questionKey,
      question: questionIn({ ...asked }),
      kind: asked.kind,
      amountFen: amount.ok ? amount.value : 0,
      fence,
      recordId,
      userId,
      role: isRobot ? 'robot' : 'person',
      sentAt: time.now(),
      giveUpAt,
      gateDay: String(gate.day),
      meterDay: ticket?.meterDay ?? '',
      isSecond: false,
      charged: false,
      countedAt: null,
      told: null,
      toldAt: null,
      isStored: false,
    }
    journal.note(
      `call ${call.requestId} ${call.provider} ${call.role} inv ${invoiceKey.slice(0, 4)} q ${questionKey.slice(0, 4)} rec ${recordId.slice(4, 9)}`,
    )
    if (ticket === undefined)
      report('pace', `${call.requestId}: no place of ${provider.name} was taken, or its time has not come`)
    this.judgeCheck(call, before)
    this.judgeTurn(call, before, gate)
    this.judgeTries(call, before)
    this.judgeMoney(call)
    this.judgeNeed(call, gate, { isRecheck, createdAt: Number(head.createdAt ?? 0) })
    ledger.add(call)
    return call
  }

  told(call: LedgerCall, answer: ProviderAnswer): void {
    call.told = answer
    call.toldAt = this.world.time.now()
    const { outcome, cause, charged } = answer
    this.world.journal.note(`told ${call.requestId} ${outcome} ${cause ?? ''} charged ${charged}`)
  }

  /** Nothing that can be read came back. */
  lost(call: LedgerCall): void {
    call.toldAt = this.world.time.now()
    this.world.journal.note(`lost ${call.requestId}`)
  }

  /** Within one check: nobody else while somebody may have charged, but for one second opinion. */
  private judgeCheck(call: LedgerCall, before: readonly LedgerCall[]): void {
    const { report, limits } = this.world
    const earlier = before.filter(({ fence }) => fence === call.fence)
    for (const first of earlier) {
      if (isFree(first)) continue
      const isOpinion = first.told?.outcome === 'not_found' && call.amountFen >= limits.secondOpinionFromFen
      if (!isOpinion || first.provider === call.provider || earlier.some(other => other.isSecond && !isFree(other))) {
        report('fail-over', `${call.requestId} after ${first.requestId}, which may have been charged`)
      }
      call.isSecond = true
    }
  }

  private judgeTurn(call: LedgerCall, before: readonly LedgerCall[], gate: ValueMap): void {
    const { report, time, profile } = this.world
    const now = time.now()
    // A lease is as good as the clocks agree: minutes apart, one takes what another still holds.
    const isTimely = profile.skewMs < 60_000
    if (isTimely && gate.leaseFence !== call.fence) report('lease', `${call.requestId} without the lease`)
    const open = before.find(other => other.toldAt === null && other.giveUpAt > now)
    if (isTimely && open !== undefined) report('lease', `${call.requestId} while ${open.requestId} is on its way`)
    const closed = Number(gate.closedUntil ?? 0)
    const today = shanghaiDay(now)
    const isRefused = before.some(
      ({ told, toldAt, isStored }) => told?.cause === 'daily_limit' && isStored && shanghaiDay(toldAt ?? 0) === today,
    )
    if (isRefused && profile.skewMs === 0) report('I2 closed', `${call.requestId} although the day's limit was told`)
    if (closed > now + profile.skewMs) report('I2 closed', `${call.requestId} although the day is closed`)
    const lost = before
      .filter(other => other.questionKey === call.questionKey && other.fence !== call.fence)
      .filter(
        // A second opinion that was lost left the first: what is asked then is asked for other reasons.
        other => !other.isSecond && (isLost(other) || !other.isStored) && !isFree(other),
      )
    const last = Math.max(0, ...lost.map(({ sentAt }) => sentAt))
    if (now - last < LOST_PAUSE_MS - 2 * profile.skewMs)
      report('I2 ambiguous', `${call.requestId}: the question's last answer was just lost`)
  }

  private judgeTries(call: LedgerCall, before: readonly LedgerCall[]): void {
    const { report } = this.world
    const counted = before.filter(other => other.gateDay === call.gateDay && other.countedAt !== null)
    if (counted.length >= TRIES) report('I2 tries', `${call.requestId} is number ${counted.length + 1}`)
    const own = counted.filter(other => other.role === 'person' && other.userId === call.userId)
    if (call.role === 'person' && own.length >= PER_PERSON)
      report('I2 person', `${call.requestId} is the person's ${own.length + 1}`)
    if (call.role !== 'robot') return
    const robots = counted.filter(({ role }) => role === 'robot')
    if (robots.length >= PER_ROBOTS) report('I2 robots', `${call.requestId} is the robots' ${robots.length + 1}`)
    if (counted.length >= TRIES - LEFT_TO_PEOPLE) report('I2 robots', `${call.requestId} takes one of the last tries`)
  }

  private judgeMoney(call: LedgerCall): void {
    const { ledger, limits, report } = this.world
    const spent = ledger.chargedOn(call.meterDay)
    if (spent + call.priceFen > limits.fenPerDay) report('money', `${call.requestId} exceeds the day's money`)
    // A sleeper takes its count back for a call that a robot made in its place, and a deleted account loses its count while
    // its last question is on the way.
    // A sleeper takes its count back for a call that a robot made in its place; a deleted account loses its count while its
    // last question is on the way.
    const { freeze, deletions } = this.world.profile
    if (call.role === 'person' && freeze === 0 && deletions === 0) {
      const own = ledger.calls.filter(
        other =>
          other.charged &&
          other.role === 'person' &&
          other.userId === call.userId &&
          other.gateDay === call.gateDay &&
          other.meterDay === call.meterDay,
      )
      if (own.length >= limits.callsPerPerson)
        report('money', `${call.requestId} is paid call ${own.length + 1} of its person`)
    }
  }

  /** A finding that is there and new enough is used, not bought again. */
  private judgeNeed(call: LedgerCall, gate: ValueMap, record: { isRecheck: boolean; createdAt: number }): void {
    if (call.isSecond) return
    const answer = map(gate[`a_${call.questionKey}`])
    const checkedAt = Number(answer.checkedAt ?? 0)
    const isSpeaking = answer.outcome === 'consistent' || answer.askedKind === call.kind
    if (!isSpeaking || checkedAt === 0) return
    const { report, time, profile } = this.world
    const isFresh = record.isRecheck
      ? checkedAt > record.createdAt + 2 * profile.skewMs
      : time.now() - checkedAt < FRESH_MS - 2 * profile.skewMs
    if (isFresh) report('I2 once', `${call.requestId} asks what ${String(answer.requestId)} answered`)
  }
}
