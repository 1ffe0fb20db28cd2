import type { Verification } from '@shared/contract/verification'
import { forget, load, STORED, save } from '../platform/storage'

/** How many records stay readable without a network; about 150 KB, far below the phone's 1 MB a key. */
const KEPT = 100

/** Fields that records kept by an older version lack. */
const SINCE_THEN = {
  yourTriesLeftToday: 3,
  waiting: null,
  opinions: [],
  disagreement: false,
  place: null,
  follows: null,
  followUpAt: null,
  notice: null,
} satisfies Partial<Verification>

let changes = 0

/** Grows with every record that came, changed or went: a list that has seen this number is up to date. */
export function historyChanges(): number {
  return changes
}

export function keptRecords(): Verification[] {
  const kept = load<Verification[]>(STORED.history)
  if (!Array.isArray(kept)) return []
  return kept.filter(record => typeof record?.id === 'string').map(record => ({ ...SINCE_THEN, ...record }))
}

/** The newest page of the list replaces what is kept of it. */
export function keepRecords(records: readonly Verification[]): void {
  save(STORED.history, records.slice(0, KEPT).map(withoutLines))
}

export function rememberRecord(record: Verification): void {
  changes += 1
  keepRecords([record, ...keptRecords().filter(({ id }) => id !== record.id)])
}

/** A record that was read again keeps its place. */
export function rememberUpdated(record: Verification): void {
  if (keptRecords().some(kept => kept.id === record.id && kept.state !== record.state)) changes += 1
  keepRecords(keptRecords().map(kept => (kept.id === record.id ? record : kept)))
}

export function forgetRecord(id: string): void {
  changes += 1
  keepRecords(keptRecords().filter(record => record.id !== id))
}

export function forgetRecords(): void {
  changes += 1
  forget(STORED.history)
}

function withoutLines(record: Verification): Verification {
  return { ...record, invoice: { ...record.invoice, items: [] } }
}
