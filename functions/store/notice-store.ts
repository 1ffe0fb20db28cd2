import { randomUUID } from 'node:crypto'
import { GetCommand, PutCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb'
import type { NoticeStore, StoredNotice } from '../notices/ports'
import { ACTIVE, DRAFTS, ENDED, noticeFrom, noticeIdOf, noticeItem } from './notice-item'
import { readTogether } from './read-together'
import { isConditionFailure, NOTICES, NOTICES_DUE, noticeKey, type Table } from './table'
import { BY_CREATION, PENDING_BY_DEADLINE } from './table-definition'

const ID = /^ntc_[\w-]{1,60}$/
/** A batch answers 16 MB at most, and a notice can have 400 KB. */
const TOGETHER = 25
/** Sorts after every entry of a class. */
const END = '~'
const MAX_ACTIVE = 200
/** Bounds one run of the publisher; the next minute takes the rest. */
const MAX_DUE = 20_000

/** Notices, one item each; every change is one write conditional on `rev`. A malformed id is a missing one. */
export function noticeStore(table: Table): NoticeStore {
  const { client, name } = table

  async function itemOf(id: string) {
    const { Item } = await client.send(new GetCommand({ TableName: name, Key: noticeKey(id), ConsistentRead: true }))
    return Item
  }

  /** True when it stands there as we wrote it, also when the SDK sent it twice and the second was refused. */
  async function put(notice: StoredNotice, condition: Partial<QueryCommandInput> & { ConditionExpression: string }) {
    const writer = randomUUID()
    try {
      await client.send(new PutCommand({ TableName: name, Item: noticeItem(notice, writer), ...condition }))
      return true
    } catch (error) {
      if (!isConditionFailure(error)) throw error
      return (await itemOf(notice.id))?.writer === writer
    }
  }

  /** Rows of the list between two places, newest first, until there are `limit`. */
  async function rows(from: string, to: string, limit: number, after: string | null) {
    const found: { sort: string; notice: StoredNotice }[] = []
    let start: Record<string, unknown> | undefined =
      after === null ? undefined : { ...noticeKey(after.slice(after.lastIndexOf('#') + 1)), createdSort: after }
    do {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: name,
          IndexName: BY_CREATION,
          // From the items themselves: copies of whole notices in the index would double every write.
          Select: 'ALL_ATTRIBUTES',
          ConsistentRead: true,
          ScanIndexForward: false,
          KeyConditionExpression: 'pk = :pk AND createdSort BETWEEN :from AND :to',
          ExpressionAttributeValues: { ':pk': NOTICES, ':from': from, ':to': `${to}${END}` },
          Limit: limit + 1 - found.length,
          ExclusiveStartKey: start,
        }),
      )
      found.push(...Items.map(item => ({ sort: String(item.createdSort), item })).flatMap(readable))
      start = LastEvaluatedKey
    } while (start !== undefined && found.length <= limit)
    const shown = found.slice(0, limit)
    return {
      notices: shown.map(({ notice }) => notice),
      next: found.length > limit ? (shown.at(-1)?.sort ?? null) : null,
    }
  }

  return {
    insert: notice => put(notice, { ConditionExpression: 'attribute_not_exists(pk)' }),

    async read(id) {
      const item = ID.test(id) ? await itemOf(id) : undefined
      return item === undefined ? null : noticeFrom(item)
    },

    async readMany(ids) {
      const keys = [...new Set(ids)].filter(id => ID.test(id)).map(noticeKey)
      const found: StoredNotice[] = []
      for (let at = 0; at < keys.length; at += TOGETHER) {
        const items = await readTogether(table, keys.slice(at, at + TOGETHER))
        found.push(
          ...items
            .flatMap(item => (item === undefined ? [] : readable({ sort: '', item })))
            .map(({ notice }) => notice),
        )
      }
      return found
    },

    replace: notice =>
      put(
        { ...notice, rev: notice.rev + 1 },
        { ConditionExpression: 'rev = :rev', ExpressionAttributeValues: { ':rev': notice.rev } },
      ),

    published: (limit, after) => rows(ENDED, ACTIVE, limit, after),
    active: async () => (await rows(ACTIVE, ACTIVE, MAX_ACTIVE, null)).notices,
    all: (limit, after) => rows(ENDED, DRAFTS, limit, after),

    async due(until) {
      const ids: string[] = []
      let start: Record<string, unknown> | undefined
      do {
        const { Items = [], LastEvaluatedKey } = await client.send(
          new QueryCommand({
            TableName: name,
            IndexName: PENDING_BY_DEADLINE,
            KeyConditionExpression: 'pendingShard = :due AND deadline <= :until',
            ExpressionAttributeValues: { ':due': NOTICES_DUE, ':until': until },
            ExclusiveStartKey: start,
          }),
        )
        ids.push(...Items.map(({ sk }) => noticeIdOf(sk)))
        start = LastEvaluatedKey
      } while (start !== undefined && ids.length < MAX_DUE)
      return ids
    },
  }
}

/** One damaged item must not take the others away. */
function readable({ sort, item }: { sort: string; item: Record<string, unknown> }) {
  try {
    return [{ sort, notice: noticeFrom(item) }]
  } catch {
    return []
  }
}
