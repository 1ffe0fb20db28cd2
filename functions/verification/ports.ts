import type { Invoice, Source } from '@shared/contract/verification'
import type { AskedField, Hint } from '@shared/invoice/hint'
import type { AskedInvoice } from '@shared/invoice/invoice'
import type { InvoiceKind } from '@shared/invoice/invoice-kind'
import type { Cause, Lifecycle, Outcome, Reason } from '@shared/invoice/outcome'
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

/** An answer as the table keeps it. `provider` is null when nobody was asked. */
export interface StoredAnswer extends Omit<ProviderAnswer, 'rawCode' | 'codeKnown' | 'compared' | 'retry'> {
  provider: string | null
  simulated: boolean
  checkedAt: number
  /** When asking again makes sense, ms of the product's clock; null when it does not. */
  nextTryAt: number | null
}

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
  invoiceKey: string
  questionKey: string
  answer: StoredAnswer | null
  fromCache: boolean
  proofNumber: string | null
  triesLeftToday: number
  /** While pending: after this time the sweeper or a reader settles the record, ms. */
  deadline: number | null
}

/**
 * A provider's own finding about one question, before any record's given fields are compared with it: what a person stated
 * (the kind above all) belongs to the record. Carries the fence of the call that brought it.
 */
export interface GateAnswer extends StoredAnswer {
  fence: string
  /** Kind that the provider was asked with; a wrong one may be why it did not find the invoice. */
  askedKind: InvoiceKind
  compared: readonly AskedField[]
}

/** Who may call a provider about an invoice now. */
export interface Lease {
  fence: string
  questionKey: string
  until: number
}

/** Everything that is shared about one invoice: the day's tries, the lease, the newest answers by question. */
export interface Gate {
  /** Day in Asia/Shanghai that `used` counts; empty before the first check. */
  day: string
  used: number
  /** Fence of the latest lease, given back or not; empty before the first. */
  turn: string
  lease: Lease | null
  answers: Readonly<Record<string, GateAnswer>>
}

export interface RecordStore {
  /** False when the id is taken: the same Idempotency-Key came before. */
  insert(record: VerificationRecord): Promise<boolean>
  read(userId: string, id: string): Promise<VerificationRecord | null>
  /** Like `read`, and whether the user deleted the account, in one operation. */
  readOwned(userId: string, id: string): Promise<{ deleted: boolean; record: VerificationRecord | null }>
  /** Writes the outcome; false when the record is no longer pending (or gone). */
  finish(record: VerificationRecord): Promise<boolean>
  /** Leaves a tombstone at the key for 30 days, so that the id cannot be used again. False when there is no such record. */
  remove(userId: string, id: string, now: number): Promise<boolean>
  /** Takes a pending record that cannot be settled off the sweeper's list until then. */
  postpone(userId: string, id: string, until: number): Promise<void>
}

export interface Acquisition {
  invoiceKey: string
  questionKey: string
  fence: string
  /** The gate as it was read: the lease is granted only on this state. */
  seen: Gate
  /** Day in Asia/Shanghai, and the tries counted on it with this one. */
  day: string
  used: number
  now: number
  until: number
}

export interface Completion {
  invoiceKey: string
  questionKey: string
  answer: GateAnswer
  /** The gate after the lease was taken. */
  held: Gate
  day: string
  used: number
}

export interface GateStore {
  read(invoiceKey: string): Promise<Gate>
  /** The gate, and whether the user deleted the account, in one operation. */
  open(userId: string, invoiceKey: string): Promise<{ deleted: boolean; gate: Gate }>
  /** Takes the lease and spends a try in one conditional write; null when somebody was faster. */
  acquire(acquisition: Acquisition): Promise<Gate | null>
  /** Stores the answer and gives the lease back; false when the lease was lost meanwhile (a late writer changes nothing). */
  complete(completion: Completion): Promise<boolean>
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
