import type { AskedField } from '@shared/invoice/hint'
import type { InvoiceKind } from '@shared/invoice/invoice-kind'
import type { Cause } from '@shared/invoice/outcome'
import type { StoredAnswer } from '../verification/ports'

/**
 * A provider's own finding about one question, before any record's given fields are compared with it: what a person stated
 * (the kind above all) belongs to the record, and so does the notice that explains it. Carries the fence of the call that brought it.
 */
export interface GateAnswer extends Omit<StoredAnswer, 'notice'> {
  fence: string
  /** Kind that the provider was asked with; a wrong one may be why it did not find the invoice. */
  askedKind: InvoiceKind
  compared: readonly AskedField[]
  /** Of a lost answer: when it is asked again by itself, ms; null when it is not. */
  recheckAt: number | null
}

/** Who may call a provider about an invoice now. */
export interface Lease {
  fence: string
  questionKey: string
  until: number
}

/** Tries of one invoice on one day in Asia/Shanghai. */
export interface Budget {
  /** Empty before the first check. */
  day: string
  used: number
  /** Of `used`, those that nobody asked for in person. */
  robots: number
  /** Of `used`, by keyed name of a person. */
  people: Readonly<Record<string, number>>
  /** The provider said that the day's limit is reached: until then nobody asks, ms; 0 when it did not. */
  closedUntil: number
}

/** Everything that is shared about one invoice: the day's tries, the lease, the newest answers by question. */
export interface Gate extends Budget {
  /** Fence of the latest lease, given back or not; empty before the first. */
  turn: string
  lease: Lease | null
  answers: Readonly<Record<string, GateAnswer>>
}

/** Provider calls of one person on one day. */
export interface PersonSpend {
  day: string
  calls: number
}

export interface GateStore {
  read(invoiceKey: string): Promise<Gate>
  /** The gate, what the person spent, and whether the account is deleted, in one operation. */
  open(userId: string, invoiceKey: string): Promise<{ deleted: boolean; gate: Gate; spend: PersonSpend }>
  /** Takes the lease and spends a try in one conditional write on the gate as it was seen; null when somebody was faster. */
  acquire(taking: {
    invoiceKey: string
    lease: Lease
    seen: Gate
    budget: Budget
    /** What a dead holder of the lease leaves behind: its answer was lost. */
    lost: { slot: string; value: GateAnswer } | null
    now: number
  }): Promise<Gate | null>
  /** Spends another try under the same lease; false when the lease was lost meanwhile. */
  spendAgain(invoiceKey: string, fence: string, budget: Budget): Promise<boolean>
  /** Gives the lease back, with an answer or without; false when it was lost meanwhile (a late writer changes nothing). */
  release(leaving: {
    invoiceKey: string
    fence: string
    budget: Budget
    answer: { slot: string; value: GateAnswer } | null
    /** The gate after the lease was taken. */
    held: Gate
  }): Promise<boolean>
}

/** Counts the paid calls of each person and day; exact under parallel calls. */
export interface PersonSpendStore {
  /** False when the person has reached `cap` calls on that day. */
  count(userId: string, seen: PersonSpend, day: string, cap: number): Promise<boolean>
  /** Takes one call back that cost nothing; once at most. */
  uncount(userId: string, day: string): Promise<void>
}

/** A provider in trouble: failures in a row, of which invoices (short keyed names), and why. */
export interface Trouble {
  failures: number
  invoices: readonly string[]
  since: number
  cause: Cause
}

/** A provider that is not asked. */
export interface Pause {
  until: number
  /** How often in a row a probe failed. */
  level: number
  cause: Cause
}

/** One provider on the meter. Times in ms of the product's clock; sums are of the meter's day. */
export interface ProviderMeter {
  /** When the next call may begin. */
  nextSlot: number
  /** Where the line of waiting work ends. */
  lineEnd: number
  trouble: Trouble | null
  pause: Pause | null
  calls: number
  fen: number
  /** Calls of which nobody knows whether they were charged; counted in `calls` and `fen`. */
  unknown: number
}

/** Pace, price and health of all providers: one item, so that one write admits a call. */
export interface Meter {
  day: string
  fen: number
  providers: Readonly<Record<string, ProviderMeter>>
}

/** The sums of one day, for the operators. */
export interface DaySpend {
  day: string
  fen: number
  providers: { name: string; calls: number; fen: number; unknown: number }[]
}

export interface MeterStore {
  read(): Promise<Meter>
  /**
   * Takes `count` places in a provider's rate and reserves their price, in one conditional write. Places lie `stepMs` apart
   * and begin by `latest`. `idle` says which of the two states the caller expects. Null when a condition does not hold:
   * another day, limit reached, provider paused, or the other state.
   */
  take(taking: {
    provider: string
    count: number
    stepMs: number
    idle: boolean
    now: number
    latest: number
    /** Work that waits already goes before new work. */
    behindLine: boolean
    day: string
    priceFen: number
    limitFen: number
    /** Claims the one probe of a paused provider: the pause as it was seen, and until when nobody else probes. */
    probe: { seenUntil: number; until: number } | null
  }): Promise<{ slots: number[]; meter: Meter } | null>
  /** A place at the end of the line of waiting work, ms. */
  line(provider: string, stepMs: number, now: number): Promise<number>
  /** What a call came to, in one write; absent parts stay. */
  report(
    provider: string,
    change: {
      /** Gives the price of one call back (`no`), once at most, or notes that nobody knows (`unknown`), on its day. */
      charged?: { day: string; fen: number; as: 'no' | 'unknown' }
      trouble?: Trouble | null
      pause?: Pause | null
      /** No call before this time. */
      slowUntil?: number
    },
  ): Promise<void>
  /** Begins a new day; the sums of the old one are kept for the operators. */
  beginDay(day: string, seen: Meter): Promise<void>
  /** Newest first, at most 40 days. */
  days(from: string, to: string): Promise<DaySpend[]>
}

/** Work that somebody will take up. */
export interface Job {
  userId: string
  id: string
}

/** Delivers at least once, not before the given time, in no order. */
export interface WorkQueue {
  send(jobs: readonly { job: Job; at: number }[]): Promise<void>
}

/** What a stage allows; money in fen. */
export interface Limits {
  /** Paid calls of one person a day. */
  callsPerPerson: number
  /** All paid calls of a day. */
  fenPerDay: number
  /** Of it, what may be spent without a person asking. */
  robotFenPerDay: number
  /** Invoices of at least this amount get a second opinion when they are not found. */
  secondOpinionFromFen: number
}
