import type { Budget, Gate, GateAnswer } from '../../functions/gate/ports'
import { accountStore } from '../../functions/store/account-store'
import { gateStore } from '../../functions/store/gate-store'
import { historyStore } from '../../functions/store/history-store'
import { meterStore } from '../../functions/store/meter-store'
import { dueBy } from '../../functions/store/pending-store'
import { personSpendStore } from '../../functions/store/person-spend-store'
import { recordStore } from '../../functions/store/record-store'
import type { Table } from '../../functions/store/table'
import type { HistoryFilter, StoredAnswer, VerificationRecord } from '../../functions/verification/ports'
import type { Random } from './random'

/** Every store of the product over one table. */
export const storesOver = (table: Table) => ({
  accounts: accountStore(table),
  gates: gateStore(table),
  history: historyStore(table, new Uint8Array(32)),
  meter: meterStore(table),
  spends: personSpendStore(table),
  records: recordStore(table),
  due: (now: number) => dueBy(table, now, now + 10_000),
})
export type Stores = ReturnType<typeof storesOver>

const START = Date.parse('2026-11-22T02:00:00Z')
const TODAY = '2026-11-22'
const DAYS = ['2026-11-21', '2026-11-22', '2026-11-23']
const PROVIDERS = ['tencent', 'baidu']
const UNIT_MS = 33.333

/** Calls as use cases make them, on few users, invoices and providers; what a call reads, later ones go on from. */
export class RandomStoreCalls {
  private now = START
  private readonly gates = new Map<string, Gate>()
  private readonly records: VerificationRecord[] = []
  private cursor: string | null = null

  constructor(
    private readonly random: Random,
    private readonly own: string,
  ) {}

  private user = () => `u${this.random.int(2)}-${this.own}`
  private invoice = () => `i${this.random.int(2)}-${this.own}`
  private fence = () => `f${this.random.int(4)}`
  private identity = () => `id${this.random.int(3)}-${this.own}`

  private answer(): StoredAnswer {
    const { random } = this
    const outcome = random.pick(['consistent', 'mismatch', 'not_found'] as const)
    return {
      outcome,
      lifecycle: outcome === 'consistent' ? random.pick(['normal', 'voided']) : null,
      cause: null,
      reasons: [],
      invoice: null,
      requestId: `r${random.int(1000)}`,
      charged: 'yes',
      counted: 'yes',
      provider: 'tencent',
      simulated: true,
      checkedAt: this.now,
      nextTryAt: null,
      opinions: [],
      disagreement: false,
      notice: null,
    }
  }

  private gateAnswer(fence: string): GateAnswer {
    return { ...this.answer(), fence, askedKind: 'UNKNOWN', compared: ['amount'], recheckAt: null }
  }

  private record(): VerificationRecord {
    const { random } = this
    const id = `vrf_${String(random.int(5)).repeat(26)}`
    return {
      id,
      userId: this.user(),
      state: 'pending',
      createdAt: this.now,
      source: 'manual',
      asked: {
        kind: 'DIGITAL_NORMAL',
        invoiceCode: null,
        invoiceNumber: `2531200000000000000${random.int(5)}`,
        issueDate: '2026-11-20',
        amount: random.pick(['100.00', null]),
        checkCode: null,
        sellerTaxId: null,
      },
      kindGiven: random.chance(0.5),
      hints: [],
      bodyHash: random.pick(['b1', 'b2']),
      attempt: `a${random.int(100)}`,
      invoiceKey: this.invoice(),
      questionKey: 'q',
      answer: null,
      fromCache: false,
      proofNumber: null,
      triesLeftToday: 5,
      yourTriesLeftToday: 3,
      waiting: null,
      deadline: this.now + random.int(60_000),
      costFen: 0,
      follows: null,
      followUpAt: null,
      putOff: 0,
    }
  }

  private filter(): HistoryFilter {
    const { random } = this
    return {
      from: random.chance(0.3) ? START + random.int(20_000) : null,
      until: random.chance(0.3) ? START + 20_000 + random.int(20_000) : null,
      outcome: random.pick([null, null, 'pending', 'consistent', 'not_found']),
      lifecycle: random.chance(0.1) ? 'normal' : null,
      q: random.chance(0.2) ? random.pick(['2531', '0001', 'X']) : null,
    }
  }

  private budget(): Budget {
    const { random } = this
    return {
      day: random.pick(DAYS),
      used: random.int(6),
      robots: random.int(3),
      people: { p: random.int(4) },
      closedUntil: 0,
    }
  }

  private keep(record: VerificationRecord): void {
    if (!this.records.includes(record)) this.records.push(record)
  }

  private known = () =>
    this.records.length > 0 && this.random.chance(0.9) ? this.random.pick(this.records) : this.record()

  private ofRecords(): (stores: Stores) => Promise<unknown> {
    const record = this.known()
    const { userId, id } = record
    const fresh = this.record()
    const done: VerificationRecord = {
      ...record,
      state: 'done',
      deadline: null,
      answer: this.answer(),
      followUpAt: this.random.chance(0.3) ? this.now + 5000 : null,
      tellAt: this.random.chance(0.3) ? this.now + 3000 : null,
    }
    const later = { ...record, deadline: this.now + this.random.int(60_000), putOff: 1 }
    const filter = this.filter()
    const { cursor, now } = this
    return this.random.pick<(stores: Stores) => Promise<unknown>>([
      stores => stores.records.insert(fresh).finally(() => this.keep(fresh)),
      stores => stores.records.insert(fresh).finally(() => this.keep(fresh)),
      stores => stores.records.finish(done),
      stores => stores.records.putOff(later, record.deadline ?? 0),
      stores => stores.records.dropFollowUp(userId, id, done.followUpAt ?? 0),
      stores => stores.records.dropTelling(done),
      stores => stores.records.remove(userId, id, now),
      stores => stores.records.readOwned(userId, id),
      stores => stores.records.read(userId, id),
      async stores => {
        const page = await stores.history.page(userId, filter, 2, null)
        this.cursor = page.nextCursor
        return page
      },
      stores => stores.history.page(userId, filter, 2, cursor),
      stores => stores.due(now),
    ])
  }

  private ofGates(): (stores: Stores) => Promise<unknown> {
    const [user, invoiceKey, fence, budget, now] = [this.user(), this.invoice(), this.fence(), this.budget(), this.now]
    const seen = this.gates.get(invoiceKey)
    const keep = (gate: Gate | null) => {
      if (gate !== null) this.gates.set(invoiceKey, gate)
      return gate
    }
    const lease = { fence, questionKey: 'q', until: now + this.random.int(3000) }
    const answer = this.random.chance(0.8) ? { slot: `q${this.random.int(20)}`, value: this.gateAnswer(fence) } : null
    const lost = this.random.chance(0.2) ? { slot: 'lost', value: this.gateAnswer(fence) } : null
    const held = seen?.lease?.fence ?? fence
    if (seen === undefined) return stores => stores.gates.read(invoiceKey).then(keep)
    return this.random.pick<(stores: Stores) => Promise<unknown>>([
      stores => stores.gates.open(user, invoiceKey),
      stores => stores.gates.acquire({ invoiceKey, lease, seen, budget, lost, now }).then(keep),
      stores => stores.gates.acquire({ invoiceKey, lease, seen, budget, lost, now: now + 5000 }).then(keep),
      stores => stores.gates.spendAgain(invoiceKey, held, budget),
      stores => stores.gates.release({ invoiceKey, fence: held, budget, answer, held: seen }),
      stores => stores.gates.read(invoiceKey).then(keep),
    ])
  }

  private ofAccounts(): (stores: Stores) => Promise<unknown> {
    const [user, identity, now] = [this.user(), this.identity(), this.now]
    const isFinal = this.random.chance(0.5)
    return this.random.pick<(stores: Stores) => Promise<unknown>>([
      stores => stores.accounts.link(identity, user),
      stores => stores.accounts.userOf(identity),
      stores => stores.accounts.isDeleted(user),
      stores => stores.accounts.bury(user, now),
      stores => stores.accounts.empty(user),
      stores => stores.accounts.emptied(user, isFinal),
    ])
  }

  private ofMeter(): (stores: Stores) => Promise<unknown> {
    const { random, now } = this
    const day = random.chance(0.8) ? TODAY : random.pick(DAYS)
    const [provider, count, user] = [random.pick(PROVIDERS), 1 + random.int(3), this.user()]
    const idle = random.chance(0.5)
    const taking = { provider, count, stepMs: UNIT_MS, idle, now, latest: now + 3000, day, priceFen: 5, limitFen: 500 }
    const probe = random.chance(0.2) ? { seenUntil: START + 1000, until: now + 2000 } : null
    const pause = random.pick([
      undefined,
      undefined,
      null,
      null,
      { until: START + 1000, level: 1, cause: 'network' as const },
    ])
    const trouble = random.pick([
      undefined,
      null,
      { failures: 1, invoices: ['x'], since: now, cause: 'network' as const },
    ])
    const charged = random.pick([
      undefined,
      { day, fen: 5, as: 'no' as const },
      { day, fen: 5, as: 'unknown' as const },
    ])
    const behindLine = random.chance(0.5)
    const spent = { day: random.pick(DAYS), calls: 0 }
    return random.pick<(stores: Stores) => Promise<unknown>>([
      stores => stores.meter.read(),
      stores => stores.meter.take({ ...taking, behindLine, probe }),
      stores => stores.meter.take({ ...taking, behindLine, probe: null }),
      stores => stores.meter.line(provider, UNIT_MS, now),
      stores => stores.meter.report(provider, { charged, trouble, pause }),
      async stores => stores.meter.beginDay(day, await stores.meter.read()),
      stores => stores.meter.days('2026-11-01', '2026-11-30'),
      stores => stores.spends.count(user, spent, day, 3),
      stores => stores.spends.uncount(user, day),
    ])
  }

  /** The next call, to be made on each set of stores in turn. */
  next(): (stores: Stores) => Promise<unknown> {
    this.now += this.random.int(2000)
    const draw = this.random.int(20)
    if (draw < 8) return this.ofRecords()
    if (draw < 13) return this.ofGates()
    return draw < 19 ? this.ofMeter() : this.ofAccounts()
  }
}
