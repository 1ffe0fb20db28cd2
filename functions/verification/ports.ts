import type { Invoice, NoticeBrief, Source, WAITS } from '@shared/contract/verification'
import type { AskedField, Hint } from '@shared/invoice/hint'
import type { AskedInvoice } from '@shared/invoice/invoice'
import type { InvoiceKind } from '@shared/invoice/invoice-kind'
import type { Cause, Lifecycle, Outcome, Reason } from '@shared/invoice/outcome'
import type { Notice } from '@shared/notice/notice'
import type * as z from 'zod/mini'

/** Milliseconds of the product's clock. */
export interface Clock {
  now(): number
}

/** Names a thing without telling it: a keyed hash over purpose and parts, 51 characters of base32. */
export type KeyedHash = (purpose: string, ...parts: readonly string[]) => string

/** What the provider's answer is worth for money and for the day's five tries. `unknown` is counted as spent. */
export type Spent = 'yes' | 'no' | 'unknown'

/**
 * What may follow an answer. `none`: nothing by itself. `paced`: the same provider again, later, through the pacer.
 * `elsewhere`: proved uncharged, another provider may be asked. `delayed`: ambiguous, one re-check after a while.
 * `tomorrow`: after midnight in Asia/Shanghai; with a provider of same-day data `too_early` may go elsewhere at once.
 */
export type RetryClass = 'none' | 'paced' | 'elsewhere' | 'delayed' | 'tomorrow'

/** One provider's answer to one question. Answers are values; an unreachable provider is one too. */
export interface ProviderAnswer {
  outcome: Outcome
  lifecycle: Lifecycle | null
  cause: Cause | null
  reasons: Reason[]
  /** The tax data, with `consistent` only. */
  invoice: Invoice | null
  /** Fields that the provider itself compared; every other given field is compared by us. */
  compared: readonly AskedField[]
  requestId: string
  /** Billed by the provider. */
  charged: Spent
  /** Counts against the invoice's five checks of the day. */
  counted: Spent
  retry: RetryClass
  /** The provider's own code, for the log only. */
  rawCode: string
  /** False when the mapping has no row for the code: an alarm counts these. */
  codeKnown: boolean
}

/** What a provider is, apart from being asked. */
export interface ProviderTraits {
  name: string
  /** Kinds that it checks; `UNKNOWN` among them when it finds the kind by itself. */
  kinds: ReadonlySet<InvoiceKind>
  /** Lower is asked first. */
  order: number
  /** Longest wait for an answer, ms. */
  timeoutMs: number
  /** The provider's limit over all callers. */
  callsPerSecond: number
  /** Price of a charged answer, fen. */
  priceFen: number
  /** Has invoices on the day of their issue. */
  sameDay: boolean
}

export interface InvoiceProvider extends ProviderTraits {
  simulated: boolean
  /** One call, given up after `timeoutMs` at most. Whatever happens on the wire is an answer; nothing is repeated. */
  verify(asked: AskedInvoice, timeoutMs: number): Promise<ProviderAnswer>
}

/** What one provider said, of a check that asked two; time in ms. */
export interface Opinion {
  provider: string
  requestId: string
  checkedAt: number
  outcome: Outcome
  lifecycle: Lifecycle | null
}

/** An answer as the table keeps it. `provider` is null when nobody was asked. */
export interface StoredAnswer extends Omit<ProviderAnswer, 'rawCode' | 'codeKnown' | 'compared' | 'retry'> {
  provider: string | null
  simulated: boolean
  checkedAt: number
  /** When asking again makes sense, ms of the product's clock; null when it does not. */
  nextTryAt: number | null
  /** Both findings in the order of asking, when two were asked. */
  opinions: Opinion[]
  disagreement: boolean
  /** The notice that explains it. */
  notice: NoticeBrief | null
}

/** Of a check that its person put off until an outage is over; times in ms. */
export interface Recovery {
  /** What is waited for. */
  notice: NoticeBrief
  /** When it is expected to be over; null when nobody knows. */
  expectedAt: number | null
  /** When it was over and the check began; null while it waits. */
  begunAt: number | null
}

/** Why a pending check waits; see the contract. */
export type Wait = (typeof WAITS)[number]

export interface VerificationRecord {
  id: string
  userId: string
  state: 'pending' | 'done'
  createdAt: number
  source: z.infer<typeof Source>
  asked: AskedInvoice
  /** The kind was given by the person, not read from a number: then it is compared. */
  kindGiven: boolean
  hints: Hint[]
  /** HMAC of the operation and its body: the same Idempotency-Key with another one is refused. */
  bodyHash: string
  /** Random name of the request that made the record, so that a retried write knows its own first attempt. */
  attempt: string
  /** A recheck: an answer that was known when it was made is not what it wants, however long it waits. */
  anew?: boolean
  invoiceKey: string
  questionKey: string
  answer: StoredAnswer | null
  fromCache: boolean
  proofNumber: string | null
  triesLeftToday: number
  /** What its person may still spend of them. */
  yourTriesLeftToday: number
  /** While pending. */
  waiting: Wait | null
  /** While pending: when somebody takes it up who has not got it in hand, ms. */
  deadline: number | null
  /** Price of its own calls, as far as they were charged or may have been, fen. */
  costFen: number
  /** The record that this one repeats by itself. */
  follows: string | null
  /** When it will be repeated by itself, ms. */
  followUpAt: number | null
  /** How often it was put off because of an outage. */
  putOff: number
  /** Put off by its person, before anything was asked. */
  recovery?: Recovery | null
  /** Its person is not told yet that it ended by itself: until when whoever ended it does so, ms. */
  tellAt?: number | null
}

export interface RecordStore {
  /** False when the id is taken: the same Idempotency-Key came before. */
  insert(record: VerificationRecord): Promise<boolean>
  read(userId: string, id: string): Promise<VerificationRecord | null>
  /** Like `read`, and whether the user deleted the account, in one operation. */
  readOwned(userId: string, id: string): Promise<{ deleted: boolean; record: VerificationRecord | null }>
  /** Writes the outcome; false when the record is no longer pending (or gone). */
  finish(record: VerificationRecord): Promise<boolean>
  /**
   * Changes what a pending record waits for and until when; false when it is no longer pending, or somebody else took it up
   * since it had `seenDeadline`.
   */
  putOff(record: VerificationRecord, seenDeadline: number): Promise<boolean>
  /** Takes the planned repetition off a finished record; false when it was not planned for that time. */
  dropFollowUp(userId: string, id: string, at: number): Promise<boolean>
  /** Notes that the person of a finished record was told; false when that was noted, or it is another telling. */
  dropTelling(record: VerificationRecord): Promise<boolean>
  /** Leaves a tombstone at the key for 30 days, so that the id cannot be used again. False when there is no such record. */
  remove(userId: string, id: string, now: number): Promise<boolean>
}

/** Public notices that may explain an answer, or that a check waits for. */
export interface NoticesInForce {
  /**
   * Those that are not over, and those that ended in the last 49 hours; up to half a minute old.
   * @throws when they cannot be read
   */
  near(now: number): Promise<readonly Notice[]>
}

/** Filters of the history; `from` (included) and `until` (excluded) in ms. */
export interface HistoryFilter {
  from: number | null
  until: number | null
  outcome: Outcome | 'pending' | null
  lifecycle: Lifecycle | null
  q: string | null
}

export interface HistoryStore {
  /** Newest first. `deleted` when the account is gone. */
  page(
    userId: string,
    filter: HistoryFilter,
    limit: number,
    cursor: string | null,
  ): Promise<{ deleted: boolean; records: VerificationRecord[]; nextCursor: string | null }>
}
