import type { Component, Notice, Phase } from '@shared/notice/notice'

/** One act of an operator, of the clock or of a source, for the audit trail. `by` is a short keyed name, `clock` or `source`. */
export interface Act {
  at: number
  by: string
  act: 'created' | 'edited' | 'published' | 'moved' | 'extended'
  version: number
  detail: string
}

/** A notice as the table keeps it: one item, so that every change is one conditional write. Times in ms. */
export interface StoredNotice extends Notice {
  /** Counts writes; every change is conditional on it. */
  rev: number
  /** When a draft becomes public; null of a draft that nobody has timed, and of what is public. */
  publishAt: number | null
  /** `operator`, or the name of the source that proposed it. */
  origin: string
  /** Of a proposal: which item of the source it is, so that a source read again proposes nothing twice. */
  originRef: string | null
  /** Newest first. */
  acts: readonly Act[]
  /** Earlier wordings, newest first. */
  versions: readonly { version: number; at: number; title: string; summary: string; phases: readonly Phase[] }[]
  /** Tellings that are claimed, by `<tellVersion>.<occasion>` (`ended.asked`: those who asked for the end at night). */
  claims: Readonly<Record<string, { waveId: string | null; at: number }>>
  /** When the publisher has to look at it next; null when never again. */
  wakeAt: number | null
  /** Keyed hash of the body that made it: the same Idempotency-Key with another one is refused. */
  bodyHash?: string
}

export interface NoticeStore {
  /** False when the id is taken. */
  insert(notice: StoredNotice): Promise<boolean>
  /** Strongly consistent. */
  read(id: string): Promise<StoredNotice | null>
  readMany(ids: readonly string[]): Promise<StoredNotice[]>
  /** The notice with `rev` one higher; false when it has changed since `notice.rev` was read. */
  replace(notice: StoredNotice): Promise<boolean>
  /** Public ones: what is not over first, then the newest; a page of `limit` and where it goes on. */
  published(limit: number, after: string | null): Promise<{ notices: StoredNotice[]; next: string | null }>
  /** Public and not over, few; one query. */
  active(): Promise<StoredNotice[]>
  /** All with drafts, newest first. */
  all(limit: number, after: string | null): Promise<{ notices: StoredNotice[]; next: string | null }>
  /** Ids of those to look at by then; from an index that may lag. */
  due(until: number): Promise<string[]>
}

/** A message in the app that belongs to one person alone. */
export interface OwnMessage {
  id: string
  at: number
  verificationId: string
  outcome: string
  title: string
}

export interface InboxStore {
  /** False when it is there. */
  put(userId: string, message: OwnMessage): Promise<boolean>
  list(userId: string, limit: number, before: number | null): Promise<OwnMessage[]>
}

/** Answers and failures of one minute, product time, by component; 90 days. */
export interface TrafficCount {
  /** Start of the minute, ms. */
  minute: number
  component: Component
  /** Two digits; empty when the question does not tell. */
  region: string
  /** Empty when nobody could be asked. */
  provider: string
  answered: number
  failed: number
}

export interface TrafficStore {
  /** Adds; once at most. */
  add(counts: readonly TrafficCount[]): Promise<void>
  /** Sums by component from the minute of `from` on. */
  since(from: number): Promise<Readonly<Partial<Record<Component, { answered: number; failed: number }>>>>
  /** Sums by day in Asia/Shanghai and component, both days included, oldest first. */
  days(
    from: string,
    to: string,
  ): Promise<{ day: string; components: Readonly<Partial<Record<Component, { answered: number; failed: number }>>> }[]>
}
