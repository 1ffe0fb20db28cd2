import { GetCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb'
import type { HistoryFilter, HistoryStore, VerificationRecord } from '../verification/ports'
import { readCursor, writeCursor } from './cursor'
import { recordFrom } from './record-item'
import { recordKey, type Table, tombstoneKey } from './table'
import { BY_CREATION } from './table-definition'

/** A filtered page reads at most this many megabytes; then it ends early with a cursor. */
const MAX_FILTERED_QUERIES = 5
/** Sorts after every creation time, so that the tombstone of a deleted account opens every first page. */
export const TOMBSTONE_SORT = '~'

function filterExpression(filter: HistoryFilter) {
  const parts: string[] = []
  const names: Record<string, string> = {}
  const values: Record<string, unknown> = {}
  if (filter.outcome === 'pending') {
    parts.push('head.#state = :state')
    names['#state'] = 'state'
    values[':state'] = 'pending'
  } else if (filter.outcome !== null) {
    parts.push('head.answer.outcome = :outcome')
    values[':outcome'] = filter.outcome
  }
  if (filter.lifecycle !== null) {
    parts.push('head.answer.lifecycle = :lifecycle')
    values[':lifecycle'] = filter.lifecycle
  }
  if (filter.q !== null) {
    parts.push('contains(head.#search, :q)')
    names['#search'] = 'search'
    values[':q'] = filter.q.toLowerCase()
  }
  if (parts.length === 0) return null
  return { expression: `attribute_exists(head.deletedAt) OR (${parts.join(' AND ')})`, names, values }
}

interface Row {
  sort: string
  item: Record<string, unknown>
}

const LAST_MS = 9_999_999_999_999

/** A time as the index sorts it; days before 1970 and after 2286 stand at its ends. */
const sortAt = (ms: number) => String(Math.min(Math.max(ms, 0), LAST_MS)).padStart(13, '0')

function queryFor(table: Table, userId: string, filter: HistoryFilter, limit: number): QueryCommandInput {
  const filtered = filterExpression(filter)
  const from = sortAt(filter.from ?? 0)
  // `until` is excluded: ids follow the time after `#`, so a bare time sorts before every check of its millisecond.
  const to = filter.until === null ? TOMBSTONE_SORT : sortAt(filter.until)
  return {
    TableName: table.name,
    IndexName: BY_CREATION,
    ConsistentRead: true,
    ScanIndexForward: false,
    KeyConditionExpression: 'pk = :pk AND createdSort BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':pk': recordKey(userId, '').pk, ':from': from, ':to': to, ...filtered?.values },
    ...(filtered ? { FilterExpression: filtered.expression, ...namesOf(filtered.names) } : { Limit: limit + 1 }),
  }
}

const namesOf = (names: Record<string, string>) =>
  Object.keys(names).length > 0 ? { ExpressionAttributeNames: names } : {}

/** The history of a user: one Query for a page without filters, a bounded number with them. */
export function historyStore(table: Table, cursorKey: Uint8Array): HistoryStore {
  const keyAt = (userId: string, sort: string) => ({
    ...recordKey(userId, sort.slice(sort.indexOf('#') + 1)),
    createdSort: sort,
  })

  /** Rows until there is one more than a page shows; `rest` is where the index goes on. */
  async function readRows(input: QueryCommandInput, limit: number, from: Record<string, unknown> | undefined) {
    const rows: Row[] = []
    let rest = from
    for (let query = 0; query < (input.FilterExpression === undefined ? 1 : MAX_FILTERED_QUERIES); query++) {
      const { Items = [], LastEvaluatedKey } = await table.client.send(
        new QueryCommand({ ...input, ExclusiveStartKey: rest }),
      )
      rows.push(...Items.map(item => ({ sort: String(item.createdSort), item })))
      rest = LastEvaluatedKey
      if (rows.length > limit || rest === undefined) break
    }
    return { rows, rest }
  }

  async function buried(userId: string): Promise<boolean> {
    const { Item } = await table.client.send(
      new GetCommand({ TableName: table.name, Key: tombstoneKey(userId), ConsistentRead: true }),
    )
    return Item !== undefined
  }

  return {
    async page(userId, filter, limit, cursor) {
      const owner = JSON.stringify([userId, filter])
      const start = cursor === null ? undefined : keyAt(userId, readCursor(cursorKey, owner, cursor))
      // Only the first page of an open range meets the tombstone in the index.
      const [{ rows, rest }, isBuried] = await Promise.all([
        readRows(queryFor(table, userId, filter, limit), limit, start),
        filter.until === null && cursor === null ? false : buried(userId),
      ])
      if (isBuried || rows.some(row => row.sort === TOMBSTONE_SORT))
        return { deleted: true, records: [], nextCursor: null }
      const shown = rows.slice(0, limit)
      const last = rows.length > limit ? shown.at(-1)?.sort : rest && String(rest.createdSort)
      return {
        deleted: false,
        records: shown.flatMap(readable),
        nextCursor: last === undefined ? null : writeCursor(cursorKey, owner, last),
      }
    },
  }
}

/** One damaged row must not take the whole history away. */
function readable({ item }: Row): VerificationRecord[] {
  try {
    return [recordFrom(item)]
  } catch {
    return []
  }
}
