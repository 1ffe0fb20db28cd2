import type { AskedInvoice } from '@shared/invoice/invoice'
import { shanghaiDay } from '@shared/invoice/issue-date'
import { sameMoney } from '@shared/invoice/money'
import {
  ACCOUNT,
  ANSWER_LOST,
  answerOf,
  BUSY,
  type CodeMeaning,
  DAILY_LIMIT,
  MAINTENANCE,
  MISMATCH,
  NOT_FOUND,
  NOT_SENT,
  REFUSED,
  TOO_EARLY,
  unknownAnswer,
} from '../../../functions/providers/code-meaning'
import type { ProviderAnswer } from '../../../functions/verification/ports'
import type { Random } from '../random'
import type { VirtualTime } from '../virtual-time'
import type { Ledger, LedgerCall } from './ledger'
import { MINUTE_MS, type Profile } from './profile'
import { lifecycleAt, type Truth, taxData } from './tax-side'
import type { Report } from './violation'

const TROUBLES = [
  'down',
  'maintenance',
  'account',
  'busy',
  'slow',
  'hang_before',
  'hang_after',
  'malformed',
  'unknown_code',
  'refused',
  'throws',
  'drip',
] as const
type Mode = (typeof TROUBLES)[number] | 'none'
const NO_ANSWER: readonly Mode[] = ['hang_before', 'hang_after', 'drip']
const TRIES = 5
/** Of everybody at once: the tax side's own night. */
const TAX_SIDE: readonly Mode[] = ['maintenance', 'maintenance', 'down', 'busy']
/** They lead to pauses, and pauses to probes. */
const FREQUENT: readonly Mode[] = ['account', 'account', 'down']

interface Front {
  sameDay: boolean
  windows: { from: number; to: number; mode: Mode }[]
  /** Times of the calls of the last second. */
  arrivals: number[]
}

interface FrontsOptions {
  time: VirtualTime
  random: Random
  ledger: Ledger
  truths: readonly Truth[]
  profile: Profile
  report: Report
}

type Window = Front['windows'][number]

function windowOf(random: Random, { startAt, activeMs }: Profile, modes: readonly Mode[]): Window {
  const from = startAt + random.int(activeMs)
  return { from, to: from + random.between(5000, 20 * MINUTE_MS), mode: random.pick(modes) }
}

/** What the answer says, and whether it is paid for and counted. */
interface Said {
  answer: ProviderAnswer
  isPaid: boolean
}

/** The three providers behind their own gateways, before one tax side; all trouble comes from here. */
export class ProviderFronts {
  /** Nothing goes wrong by itself any more. */
  isCalm = false
  private readonly fronts = new Map<string, Front>()

  constructor(
    private readonly world: FrontsOptions,
    providers: readonly { name: string; sameDay: boolean }[],
  ) {
    const { random, profile } = world
    const ofAll = random.chance(0.3) ? [windowOf(random, profile, TAX_SIDE)] : []
    for (const { name, sameDay } of providers) {
      const own = Array.from({ length: profile.windows }, () => windowOf(random, profile, [...TROUBLES, ...FREQUENT]))
      this.fronts.set(name, { sameDay, windows: [...ofAll, ...own], arrivals: [] })
    }
  }

  private modeOf({ windows }: Front): Mode {
    const { random, profile, time } = this.world
    if (this.isCalm) return 'none'
    const now = time.now()
    const open = windows.find(({ from, to }) => from <= now && now < to)
    if (open !== undefined) return open.mode
    return random.chance(profile.oddCall) ? random.pick(TROUBLES) : 'none'
  }

  private isTooFast({ arrivals }: Front): boolean {
    const now = this.world.time.now()
    while ((arrivals[0] ?? now) < now - 1000) arrivals.shift()
    arrivals.push(now)
    return arrivals.length > this.world.profile.callsPerSecond + 2
  }

  /** The gateway's own refusals, before the tax side is asked. */
  private refusal(front: Front, mode: Mode, { invoiceKey }: LedgerCall, asked: AskedInvoice): CodeMeaning | null {
    const now = this.world.time.now()
    if (mode === 'maintenance') return MAINTENANCE
    if (mode === 'account') return ACCOUNT
    if (mode === 'refused') return REFUSED
    if (mode === 'busy' || this.isTooFast(front)) return BUSY
    if (this.world.ledger.all(invoiceKey, now) >= TRIES) return DAILY_LIMIT
    return !front.sameDay && asked.issueDate === shanghaiDay(now) ? TOO_EARLY : null
  }

  private finding(asked: AskedInvoice, { provider, requestId }: LedgerCall): ProviderAnswer {
    const now = this.world.time.now()
    const compared = ['amount'] as const
    const truth = this.world.truths.find(({ invoiceNumber }) => invoiceNumber === asked.invoiceNumber)
    const isThere = truth !== undefined && (truth.visibleFrom[provider] ?? 0) <= now
    if (!isThere) return answerOf(NOT_FOUND, 'none', compared, requestId)
    if (!sameMoney(asked.amount ?? '', truth.amount)) return answerOf(MISMATCH, 'differs', compared, requestId)
    const found = answerOf(MISMATCH, 'OK', compared, requestId)
    return { ...found, outcome: 'consistent', lifecycle: lifecycleAt(truth, now), invoice: taxData(truth) }
  }

  private process(front: Front, mode: Mode, call: LedgerCall, asked: AskedInvoice): Said {
    const refused = this.refusal(front, mode, call, asked)
    if (refused !== null) return { answer: answerOf(refused, 'refused', ['amount'], call.requestId), isPaid: false }
    return { answer: this.finding(asked, call), isPaid: true }
  }

  private pay(call: LedgerCall): void {
    const { time, ledger, profile, report } = this.world
    call.charged = true
    call.countedAt = time.now()
    if (profile.skewMs < 60_000 && ledger.ours(call.invoiceKey, time.now()) > TRIES) report('I2 sixth', call.invoiceKey)
  }

  /** One call on the wire; our side gives it up at `call.giveUpAt`. */
  async ask(call: LedgerCall, asked: AskedInvoice): Promise<ProviderAnswer> {
    const { time, random } = this.world
    const front = this.fronts.get(call.provider)
    if (front === undefined) throw new Error(`no provider ${call.provider}`)
    const mode = this.modeOf(front)
    const compared = ['amount'] as const
    const lost = answerOf(ANSWER_LOST, 'timeout', compared, call.requestId)
    const until = (at: number) => time.after(Math.max(0, at - time.now()), call.provider)
    await until(time.now() + random.between(3, 200))
    // The adapter's own deadline cut it off before it was sent, as a frozen process does.
    if (time.now() >= call.giveUpAt) return lost
    if (mode === 'down') return answerOf(NOT_SENT, 'not connected', compared, call.requestId)
    const said = mode === 'hang_before' ? null : this.process(front, mode, call, asked)
    if (said?.isPaid) this.pay(call)
    const slow = mode === 'slow' ? random.int(14_000) : random.between(10, 600)
    if (said === null || NO_ANSWER.includes(mode) || time.now() + slow >= call.giveUpAt) {
      await until(call.giveUpAt)
      return lost
    }
    await until(time.now() + slow)
    if (mode === 'throws') throw new Error('socket hang up')
    if (mode === 'malformed') return unknownAnswer('malformed', compared, call.requestId)
    return mode === 'unknown_code' ? unknownAnswer('X-999', compared, call.requestId) : said.answer
  }
}
