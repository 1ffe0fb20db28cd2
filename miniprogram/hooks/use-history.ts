import type { ListQuery } from '@shared/contract/endpoints'
import type { Failure } from '@shared/contract/problem'
import type { Verification } from '@shared/contract/verification'
import { useEffect, useRef, useState } from 'react'
import type * as z from 'zod/mini'
import { listVerifications } from '../api/verification'
import { useBottom, useRefresh, useShow } from '../platform/page'
import { historyChanges, keepRecords, keptRecords } from './kept-history'
import { expectedAt } from './pending-pace'
import { serverNow } from './use-service'
import { currentLocale } from './use-settings'

type Filter = NonNullable<z.infer<typeof ListQuery>['outcome']>
export const FILTERS: readonly Filter[] = [
  'consistent',
  'mismatch',
  'not_found',
  'could_not_check',
  'not_checkable',
  'pending',
]

const PAGE_SIZE = '20'
/** A search waits until the typing pauses. */
const TYPING_MS = 350

/** Rows to add below those already shown; `reset` starts over. Only new rows cross to the view. */
export interface Batch {
  seq: number
  reset: boolean
  records: readonly Verification[]
}

interface Filters {
  outcome: Filter | null
  q: string
}

interface HistoryState {
  batch: Batch
  count: number
  cursor: string | null
  loading: boolean
  /** Shown from the phone's own store because the server did not answer. */
  fromPhone: boolean
  failure: Failure | null
}

const START: HistoryState = {
  batch: { seq: 0, reset: true, records: [] },
  count: 0,
  cursor: null,
  loading: true,
  fromPhone: false,
  failure: null,
}

function isPlain({ outcome, q }: Filters): boolean {
  return outcome === null && q === ''
}

function queryOf({ outcome, q }: Filters, cursor: string | null): z.infer<typeof ListQuery> {
  return { limit: PAGE_SIZE, ...(outcome ? { outcome } : {}), ...(q ? { q } : {}), ...(cursor ? { cursor } : {}) }
}

export function useHistory() {
  const [filters, setFilters] = useState<Filters>({ outcome: null, q: '' })
  const [state, setState] = useState<HistoryState>(START)
  const now = useRef({ filters, state, round: 0, busy: false, dueAt: Number.POSITIVE_INFINITY })
  now.current.filters = filters
  now.current.state = state

  function show(records: readonly Verification[], reset: boolean, change: Partial<HistoryState>) {
    now.current.dueAt = Math.min(reset ? Number.POSITIVE_INFINITY : now.current.dueAt, ...records.map(dueOf))
    setState(old => ({
      ...old,
      ...change,
      loading: false,
      batch: { seq: old.batch.seq + 1, reset, records },
      count: reset ? records.length : old.count + records.length,
    }))
  }

  async function read(reset: boolean) {
    const held = now.current
    if (!reset && (held.busy || held.state.cursor === null)) return
    held.busy = true
    const mine = ++held.round
    const plain = isPlain(held.filters)
    if (reset) setState(old => ({ ...old, loading: true, failure: null }))
    const result = await listVerifications(queryOf(held.filters, reset ? null : held.state.cursor), currentLocale())
    if (mine !== held.round) return
    held.busy = false
    if (!result.ok) {
      fail(result.failure, reset, held.filters)
      return
    }
    if (plain && reset) keepRecords(result.data.items)
    show(result.data.items, reset, { cursor: result.data.nextCursor, fromPhone: false, failure: null })
  }

  /** What is on the screen stays; a list that never came is taken from the phone. */
  function fail(failure: Failure, reset: boolean, filtered: Filters) {
    if (!reset) {
      setState(old => ({ ...old, failure }))
      return
    }
    const kept = failure.kind === 'network' ? keptRecords().filter(record => fits(record, filtered)) : []
    show(kept, true, { cursor: null, fromPhone: kept.length > 0, failure })
  }

  const typing = useRef<ReturnType<typeof setTimeout>>()
  const first = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another filter starts another search.
  useEffect(() => {
    if (first.current) {
      first.current = false
      return
    }
    clearTimeout(typing.current)
    typing.current = setTimeout(() => void read(true), filters.q ? TYPING_MS : 0)
    return () => clearTimeout(typing.current)
  }, [filters])

  // Coming back from a record keeps the place in the list, unless the list has changed or a pending check is due.
  const seen = useRef(-1)
  useShow(() => {
    const { state: shown, dueAt } = now.current
    if (seen.current === historyChanges() && shown.failure === null && dueAt > serverNow()) return
    seen.current = historyChanges()
    void read(true)
  })
  useBottom(() => void read(false))
  useRefresh(() => read(true))

  return {
    ...state,
    filters,
    plain: isPlain(filters),
    choose: (outcome: Filter | null) => setFilters({ ...filters, outcome }),
    search: (q: string) => setFilters({ ...filters, q: q.trim().slice(0, 64) }),
    clear: () => setFilters({ outcome: null, q: '' }),
    retry: () => void read(true),
    more: () => void read(false),
  }
}

/** When a row in the list is going to be out of date, ms. */
function dueOf(record: Verification): number {
  return record.state === 'pending' ? (expectedAt(record) ?? 0) : Number.POSITIVE_INFINITY
}

/** The same filters as the server's, over what the phone kept. */
function fits(record: Verification, { outcome, q }: Filters): boolean {
  const is = record.state === 'pending' ? 'pending' : record.outcome
  if (outcome && is !== outcome) return false
  if (!q) return true
  const { invoice } = record
  const text = `${invoice.invoiceCode ?? ''} ${invoice.invoiceNumber} ${invoice.seller?.name ?? ''} ${invoice.buyer?.name ?? ''}`
  return text.toLowerCase().includes(q.toLowerCase())
}
