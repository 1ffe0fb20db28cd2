import type { Inbox, InboxItem } from '@shared/contract/notice'
import { fill } from '@shared/copy/copy'
import type { NoticeServerCopy } from '@shared/copy/notice-server-copy'
import { OCCASIONS, type Occasion } from '@shared/notice/notice'
import type * as z from 'zod/mini'
import { invalidField } from '../errors'
import { concernsTelling } from './concerns-telling'
import type { Subscriber } from './fan-out/ports'
import type { InboxStore, NoticeStore, OwnMessage, StoredNotice } from './ports'

export interface InboxPorts {
  notices: Pick<NoticeStore, 'published'>
  inbox: Pick<InboxStore, 'list'>
}

type Entry = Omit<InboxItem, 'at' | 'read'> & { at: number }

/** What the inbox looks back at: it is reckoned from notices, and no write goes to any person. */
const NOTICE_PAGES = 2
const NOTICES_A_PAGE = 50
const OWN = 100

const CLAIM = /^(\d+)\.(\w+?)(\.asked)?$/

interface Told {
  version: number
  occasion: Occasion
  onlyAsked: boolean
  at: number
}

/** What was told of a notice; what was overtaken was told to nobody. */
function toldOf(notice: StoredNotice): Told[] {
  return Object.entries(notice.claims).flatMap(([key, { waveId, at }]) => {
    const [, version, name, asked] = CLAIM.exec(key) ?? []
    const occasion = OCCASIONS.find(known => known === name)
    if (waveId === null || occasion === undefined) return []
    return [{ version: Number(version), occasion, onlyAsked: asked !== undefined, at }]
  })
}

function isTheirs(person: Subscriber, notice: StoredNotice, { version, occasion, onlyAsked, at }: Told): boolean {
  if (at < person.since) return false
  if (occasion === 'ended' && Object.hasOwn(person.recoveries, notice.id)) return true
  return !onlyAsked && concernsTelling(notice, { tellVersion: version, occasion }, person)
}

function noticeEntries(person: Subscriber, notice: StoredNotice, words: NoticeServerCopy): Entry[] {
  const theirs = toldOf(notice)
    .filter(told => isTheirs(person, notice, told))
    .sort((one, other) => one.at - other.at)
  return theirs.flatMap(({ version, occasion, at }, index) => {
    // Told at night to who asked, and in the morning to all: of one person that is one.
    const isRepeat = theirs.findIndex(told => told.version === version && told.occasion === occasion) < index
    if (isRepeat) return []
    const isOff = occasion === 'changed' && notice.state === 'cancelled' && version === notice.tellVersion
    return {
      id: `${notice.id}.${version}.${occasion}`,
      at,
      kind: 'notice' as const,
      occasion,
      title: fill(words.inbox[isOff ? 'cancelled' : occasion], { title: notice.title }),
      text: notice.summary,
      noticeId: notice.id,
      verificationId: null,
    }
  })
}

const ownEntry = ({ id, at, title, verificationId }: OwnMessage, words: NoticeServerCopy): Entry => ({
  id,
  at,
  kind: 'check',
  occasion: null,
  title,
  text: words.message.check.advice,
  noticeId: null,
  verificationId,
})

/** Every message of a person, newest first. */
async function entriesOf(
  ports: InboxPorts,
  userId: string,
  person: Subscriber | null,
  words: NoticeServerCopy,
): Promise<Entry[]> {
  const [notices, own] = await Promise.all([person === null ? [] : latest(ports), ports.inbox.list(userId, OWN, null)])
  const told = person === null ? [] : notices.flatMap(notice => noticeEntries(person, notice, words))
  return [...told, ...own.map(message => ownEntry(message, words))].sort(newestFirst)
}

const newestFirst = (one: Entry, other: Entry) => other.at - one.at || (one.id < other.id ? 1 : -1)

async function latest({ notices }: InboxPorts): Promise<StoredNotice[]> {
  const found: StoredNotice[] = []
  let after: string | null = null
  for (let page = 0; page < NOTICE_PAGES; page++) {
    const read: Awaited<ReturnType<NoticeStore['published']>> = await notices.published(NOTICES_A_PAGE, after)
    found.push(...read.notices)
    after = read.next
    if (after === null) break
  }
  // What ends between two pages moves to the second one.
  return [...new Map(found.map(notice => [notice.id, notice])).values()]
}

const unreadOf = (entries: readonly Entry[], person: Subscriber | null) =>
  entries.filter(({ at }) => at > (person?.readUntil ?? 0)).length

/** How many messages wait to be read. */
export async function unreadMessages(
  ports: InboxPorts,
  userId: string,
  person: Subscriber | null,
  words: NoticeServerCopy,
): Promise<number> {
  return unreadOf(await entriesOf(ports, userId, person, words), person)
}

const DEFAULT_LIMIT = 20
const MAX_LIMIT = 100

function limitOf(text: string | undefined): number {
  const limit = text === undefined ? DEFAULT_LIMIT : /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (limit < 1 || limit > MAX_LIMIT) throw invalidField('limit', 'limit_range')
  return limit
}

/** Where a page ends: time and id of its last message. */
const positionOf = ({ at, id }: Entry) => `${at} ${id}`

function isBehind({ at, id }: Entry, position: string): boolean {
  const space = position.indexOf(' ')
  const last = Number(position.slice(0, space))
  return at < last || (at === last && id < position.slice(space + 1))
}

/** Signs positions for one person. */
export interface InboxCursors {
  /** @throws ServiceError BAD_CURSOR */
  read(cursor: string): string
  write(position: string): string
}

/**
 * A page of the inbox, newest first: what was told of the notices that a person follows, whether WeChat carried it or not,
 * and what became of own checks.
 * @throws ServiceError INVALID_FIELDS, BAD_CURSOR
 */
export async function readInbox(
  ports: InboxPorts & { cursors: InboxCursors },
  userId: string,
  person: Subscriber | null,
  query: { limit?: string | undefined; cursor?: string | undefined },
  words: NoticeServerCopy,
): Promise<z.infer<typeof Inbox>> {
  const limit = limitOf(query.limit)
  const position = query.cursor === undefined ? null : ports.cursors.read(query.cursor)
  const entries = await entriesOf(ports, userId, person, words)
  const rest = position === null ? entries : entries.filter(entry => isBehind(entry, position))
  const shown = rest.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(({ at, ...entry }) => ({
      ...entry,
      at: new Date(at).toISOString(),
      read: at <= (person?.readUntil ?? 0),
    })),
    nextCursor: last === undefined || rest.length <= limit ? null : ports.cursors.write(positionOf(last)),
    unread: unreadOf(entries, person),
  }
}
