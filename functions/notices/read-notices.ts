import type { NoticeQuery } from '@shared/contract/notice'
import { isOver } from '@shared/notice/lifecycle'
import { COMPONENTS, type Component } from '@shared/notice/notice'
import { concerns } from '@shared/notice/windows'
import type * as z from 'zod/mini'
import { invalidField, ServiceError } from '../errors'
import type { Clock } from '../verification/ports'
import { byClock } from './author-notice-life'
import type { NoticeStore, StoredNotice } from './ports'

type Query = z.infer<typeof NoticeQuery>
export type Place = Pick<Query, 'component' | 'region'>

export interface ReadPorts {
  notices: NoticeStore
  clock: Clock
}

/** Signs where a list goes on; `owner` names the list and its filters. */
export interface Cursors {
  write(owner: string, position: string): string
  /** @throws ServiceError BAD_CURSOR */
  read(owner: string, cursor: string): string
}

export interface NoticeList {
  notices: StoredNotice[]
  nextCursor: string | null
}

const DEFAULT_LIMIT = 20
const MAX_LIMIT = 100
/** A filtered page looks at this many pages of notices at most; then it ends early with a cursor. */
const MAX_PAGES = 5

/** @throws ServiceError INVALID_FIELDS */
export function limitOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_LIMIT
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (limit < 1 || limit > MAX_LIMIT) throw invalidField('limit', 'limit_range')
  return limit
}

/** Whether a notice is about a component and a region; one without windows is about every region and no component. */
export function isAbout(notice: StoredNotice, { component, region }: Place): boolean {
  if (component === undefined && region === undefined) return true
  if (notice.phases.length === 0) return component === undefined
  const components: readonly Component[] = component === undefined ? COMPONENTS : [component]
  return concerns(notice, { components, regions: region === undefined ? [] : [region] })
}

function matches(notice: StoredNotice, query: Place & Pick<Query, 'state'>, now: number): boolean {
  const { state } = query
  const current = byClock(notice, now).state
  const isAsked = state === undefined || (state === 'active' ? !isOver(current) : current === state)
  return isAsked && isAbout(notice, query)
}

/**
 * Public notices: what is not over first, then the newest.
 * @throws ServiceError INVALID_FIELDS, BAD_CURSOR
 */
export async function listNotices({ notices, clock }: ReadPorts, query: Query, cursors: Cursors): Promise<NoticeList> {
  const { component, region, state, cursor } = query
  const limit = limitOf(query.limit)
  const owner = JSON.stringify(['notices', component, region, state])
  let after = cursor === undefined ? null : cursors.read(owner, cursor)
  const found: StoredNotice[] = []
  for (let page = 0; page < MAX_PAGES; page++) {
    // Never more than there is room for: the cursor stands behind the last one looked at.
    const { notices: seen, next } = await notices.published(limit - found.length, after)
    found.push(...seen.filter(notice => matches(notice, query, clock.now())))
    after = next
    if (after === null || found.length === limit) break
  }
  return { notices: found, nextCursor: after === null ? null : cursors.write(owner, after) }
}

/**
 * All notices for operators: drafts and proposals, what is not over, the rest; each newest first.
 * @throws ServiceError INVALID_FIELDS, BAD_CURSOR
 */
export async function listAllNotices(
  { notices }: ReadPorts,
  query: { limit?: string | undefined; cursor?: string | undefined },
  cursors: Cursors,
): Promise<NoticeList> {
  const owner = JSON.stringify(['all notices'])
  const after = query.cursor === undefined ? null : cursors.read(owner, query.cursor)
  const { notices: shown, next } = await notices.all(limitOf(query.limit), after)
  return { notices: shown, nextCursor: next === null ? null : cursors.write(owner, next) }
}

/**
 * A public notice; a draft is as if it were not.
 * @throws ServiceError NOT_FOUND
 */
export async function readNotice({ notices }: ReadPorts, id: string): Promise<StoredNotice> {
  const notice = await notices.read(id)
  if (notice === null || notice.publishedAt === null) throw new ServiceError('NOT_FOUND')
  return notice
}

/** As many as a feed holds. */
const FEED_SIZE = 100

/** What a feed is made of: of the first hundred public notices those that fit its filters. */
export async function noticesOfFeed(
  { notices, clock }: ReadPorts,
  query: Place & Pick<Query, 'state'>,
): Promise<StoredNotice[]> {
  const { notices: newest } = await notices.published(FEED_SIZE, null)
  const now = clock.now()
  return newest.filter(notice => matches(notice, query, now)).map(notice => byClock(notice, now))
}
