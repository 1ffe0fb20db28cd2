import { deleteMe, finishDeletion } from '../../functions/account/delete-me'
import { ServiceError } from '../../functions/errors'
import type { Job } from '../../functions/gate/ports'
import { keyedHash } from '../../functions/platform/keyed-hash'
import { PROVIDERS } from '../../functions/providers/registry'
import { dueBy } from '../../functions/store/pending-store'
import { createVerification } from '../../functions/verification/create-verification'
import { keysOf, verificationId } from '../../functions/verification/question'
import { readVerification } from '../../functions/verification/read-verification'
import { recheckVerification } from '../../functions/verification/recheck-verification'
import { takeUp } from '../../functions/verification/take-up'
import { CallReferee } from './gate/call-referee'
import { Claims } from './gate/claims'
import { Fleet } from './gate/fleet'
import { gateAudit } from './gate/gate-audit'
import { Journal } from './gate/journal'
import { Ledger } from './gate/ledger'
import { MessageQueue } from './gate/message-queue'
import { meterAudit } from './gate/meter-audit'
import { Outage } from './gate/outage'
import { Person, type Product } from './gate/person'
import { Postbox } from './gate/postbox'
import { type Profile, profileOf } from './gate/profile'
import { ProviderFronts } from './gate/provider-fronts'
import { RecordAudit } from './gate/record-audit'
import { ShownResults } from './gate/shown-results'
import { auditTable, type ItemChange } from './gate/table-audit'
import { truthsOf } from './gate/tax-side'
import type { Violation } from './gate/violation'
import { type Random, seededRandom } from './random'
import { simulatedTable } from './simulated-table'
import { VirtualTime } from './virtual-time'

const hash = keyedHash(new Uint8Array(32).fill(7))
/** A request is given up by the phone after so long. */
const PATIENCE_MS = 30_000

/** The product whole, in one process and in virtual time, with everything around it made up and everything watched. */
export class GateWorld {
  readonly profile: Profile
  readonly random: Random
  readonly time: VirtualTime
  readonly journal: Journal
  readonly ledger = new Ledger()
  readonly people: Person[]
  readonly truths
  readonly table
  readonly fronts: ProviderFronts
  readonly fleet: Fleet
  readonly queue: MessageQueue
  readonly outage: Outage
  readonly postbox: Postbox
  readonly records: RecordAudit
  readonly shown: ShownResults
  readonly left = new Set<string>()
  /** Deletions that the sweeper has to finish, with the time. */
  readonly burials = new Map<string, number>()
  readonly removed = new Set<string>()
  readonly traits
  violation: Violation | null = null
  private readonly claims: Claims
  private readonly owners = new Map<string, { userId: string; isRecheck: boolean }>()

  constructor(
    readonly seed: number,
    trace: ((line: string) => void) | null,
  ) {
    const random = seededRandom(seed)
    this.random = random
    const profile = profileOf(random.fork('profile'))
    this.profile = profile
    const { startAt, activeMs, limits, skewMs, callsPerSecond } = profile
    const time = new VirtualTime(random.fork('time'), startAt)
    this.time = time
    this.journal = new Journal(() => time.now(), trace)
    const { journal, ledger, report } = this
    this.claims = new Claims(report)
    this.truths = truthsOf(random.fork('truth'), profile.invoices, startAt, activeMs)
    this.table = simulatedTable({ time, random: random.fork('table'), faults: profile.table, keptMs: 5000 })
    this.traits = PROVIDERS.map(({ traits }) => ({ ...traits, callsPerSecond }))
    const ownerOf = (id: string) => this.owners.get(id)
    this.fronts = new ProviderFronts(
      { time, random: random.fork('fronts'), ledger, truths: this.truths, profile, report },
      this.traits,
    )
    this.queue = new MessageQueue({ time, random: random.fork('queue'), profile }, jobs => this.work(jobs))
    const referee = new CallReferee({
      time,
      table: this.table,
      hash,
      profile,
      limits,
      ledger,
      fronts: this.fronts,
      journal,
      report,
      ownerOf,
    })
    // From a source of their own, so that they move nothing else.
    const own = seededRandom(~seed)
    this.outage = new Outage({ time, random: own.fork('outage'), profile })
    const isDone = (id: string) => this.records.isDone(id)
    this.postbox = new Postbox({ time, random: own.fork('postbox'), report, isDone })
    const container = {
      time,
      table: this.table,
      queue: this.queue,
      referee,
      outage: this.outage,
      postbox: this.postbox,
      hash,
      limits,
      traits: this.traits,
    }
    this.fleet = new Fleet({ time, random: random.fork('fleet'), profile, journal, container })
    this.records = new RecordAudit({
      ledger,
      journal,
      skewMs,
      report,
      ownerOf,
      isOutage: at => this.outage.isInForce(at),
      now: () => time.now(),
      mayRemove: (userId, id) => this.left.has(userId) || this.removed.has(`${userId} ${id}`),
      addFollowUp: (id, userId) => void this.owners.set(id, { userId, isRecheck: false }),
    })
    this.shown = new ShownResults(report)
    this.watchTable()
    const person = this.personOptions()
    this.people = Array.from({ length: profile.people }, (_, at) => new Person(`usr_${at + 1}`, person))
  }

  readonly report = (invariant: string, detail: string): void => {
    if (this.violation !== null) return
    this.violation = { invariant, detail }
    this.journal.note(`VIOLATION ${invariant}: ${detail}`)
  }

  private watchTable(): void {
    const { time, ledger, profile, report, records } = this
    const { limits, callsPerSecond, skewMs } = profile
    const ofGate = gateAudit({ time, ledger, skewMs: 2 * skewMs, report })
    const providers = this.traits.map(({ name }) => name)
    const ofMeter = meterAudit({ time, ledger, limits, providers, callsPerSecond, skewMs, report })
    auditTable(
      this.table,
      ({ pk, sk }) => {
        if (sk === 'GATE') return ofGate
        if (sk === 'METER') return ofMeter
        if (sk === 'DELETED') return this.noteBurial
        return sk.startsWith('VRF#') && pk.startsWith('USER#') ? records.judge : null
      },
      report,
    )
  }

  private readonly noteBurial = ({ pk, after }: ItemChange): void => {
    if (typeof after?.deadline === 'number') this.burials.set(pk, after.deadline)
    else this.burials.delete(pk)
  }

  private personOptions() {
    const { time, shown, journal, report } = this
    return {
      time,
      random: this.random.fork('people'),
      product: this.product(),
      shown,
      journal,
      report,
      expect: (userId: string, key: string, isRecheck: boolean) => {
        const id = verificationId(hash, userId, key)
        if (!this.owners.has(id)) this.owners.set(id, { userId, isRecheck })
        return id
      },
      removing: (userId: string, id: string) => void this.removed.add(`${userId} ${id}`),
      leaving: (userId: string) => void this.left.add(userId),
    }
  }

  /** The answer, or null when none comes in time. */
  private async within<T>(answer: Promise<T>): Promise<T | null> {
    return Promise.race([answer, this.time.after(PATIENCE_MS, 'a phone waits').then(() => null)])
  }

  private product(): Product {
    const call = <T>(role: string, what: string, work: Parameters<Fleet['run']>[2]) =>
      this.within(this.fleet.run(role, what, work) as Promise<T>)
    return {
      create: (userId, key, body) =>
        call(
          'verify',
          'create',
          async ({ ports }) => (await createVerification(ports, userId, key, body as never)).record,
        ),
      recheck: (userId, key, id) =>
        call('verify', 'recheck', async ({ ports }) => (await recheckVerification(ports, userId, id, key)).record),
      read: (userId, id) => call('api', 'read', ({ ports }) => readVerification(ports, userId, id)),
      remove: (userId, id) =>
        call('api', 'remove', async ({ ports }) => {
          if (await ports.isDeleted(userId)) throw new ServiceError('UNAUTHENTICATED')
          if (!(await ports.records.remove(userId, id, ports.clock.now()))) throw new ServiceError('NOT_FOUND')
        }),
      leave: userId => call('api', 'leave', ({ accounts, ports }) => deleteMe(accounts, userId, ports.clock.now())),
    }
  }

  /** The worker on one event; answers the jobs that failed. */
  private work(jobs: readonly Job[]): Promise<readonly Job[]> {
    return this.fleet.run('worker', `${jobs.length} jobs`, async ({ ports }) => {
      const failed = await Promise.all(
        jobs.map(async job => {
          try {
            const records = this.claims.watching(ports.records, ports.clock)
            const checked = await takeUp({ ...ports, records }, job)
            this.journal.note(
              `worker ${job.id.slice(4, 9)}: ${checked === null ? 'nothing' : `${checked.record.state} ${checked.record.waiting ?? ''}`}`,
            )
            return []
          } catch (error) {
            this.journal.note(`worker ${job.id.slice(4, 9)}: ${String(error)}`)
            return [job]
          }
        }),
      )
      return failed.flat()
    })
  }

  /** One run of the sweeper, like functions/wiring/sweep.ts. */
  async sweep(): Promise<void> {
    const work: Parameters<Fleet['run']>[2] = async ({ ports, store, accounts }) => {
      const now = ports.clock.now()
      const { jobs, buried } = await dueBy(store, now, now + 60_000)
      await ports.queue.send(jobs).catch(() => undefined)
      for (const userId of buried) await finishDeletion(accounts, userId).catch(() => undefined)
    }
    await this.fleet.run('sweep', 'sweep', work).catch((error: unknown) => this.journal.note(`sweep: ${String(error)}`))
  }

  /** Somebody else's check of an invoice counts against the five, too. */
  stranger(at: number): void {
    const truth = this.truths[at]
    if (truth === undefined) return
    const { invoiceKey } = keysOf(hash, { ...truth, invoiceCode: null, checkCode: null, sellerTaxId: null })
    this.ledger.stranger(invoiceKey, this.time.now())
  }
}
