import type { ListQuery } from '@shared/contract/endpoints'
import { shanghaiDay } from '@shared/invoice/issue-date'
import type * as z from 'zod/mini'
import { invalidField, ServiceError } from '../errors'
import { TRIES_PER_DAY, TRIES_PER_PERSON } from '../gate/budget'
import type { Clock, HistoryFilter, HistoryStore, VerificationRecord } from './ports'
import { startOfDay } from './start-of-day'

const DEFAULT_LIMIT = 20
const MAX_LIMIT = 100
const DAY_MS = 86_400_000

function limitOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_LIMIT
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (limit < 1 || limit > MAX_LIMIT) throw invalidField('limit', 'limit_range')
  return limit
}

function filterOf(query: z.infer<typeof ListQuery>): HistoryFilter {
  const from = startOfDay('from', query.from)
  const lastDay = startOfDay('to', query.to)
  const until = lastDay === null ? null : lastDay + DAY_MS
  if (from !== null && until !== null && from >= until) throw invalidField('to', 'days_reversed')
  const q = query.q?.trim() || null
  return { from, until, outcome: query.outcome ?? null, lifecycle: query.lifecycle ?? null, q }
}

/**
 * A page of a user's checks, newest first.
 * @throws ServiceError INVALID_FIELDS, BAD_CURSOR, UNAUTHENTICATED when the account is deleted
 */
export async function listVerifications(
  ports: { history: HistoryStore; clock: Clock },
  userId: string,
  query: z.infer<typeof ListQuery>,
): Promise<{ records: VerificationRecord[]; nextCursor: string | null }> {
  const page = await ports.history.page(userId, filterOf(query), limitOf(query.limit), query.cursor ?? null)
  if (page.deleted) throw new ServiceError('UNAUTHENTICATED')
  const today = shanghaiDay(ports.clock.now())
  // A count of an earlier day says nothing about today, and a list reads no invoice item to learn more.
  const fresh = { triesLeftToday: TRIES_PER_DAY, yourTriesLeftToday: TRIES_PER_PERSON }
  const records = page.records.map(record =>
    shanghaiDay(record.createdAt) === today ? record : { ...record, ...fresh },
  )
  return { records, nextCursor: page.nextCursor }
}
