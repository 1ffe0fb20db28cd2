import { createHmac } from 'node:crypto'
import {
  GetCalendarLink,
  GetInbox,
  GetSubscriptions,
  PutSubscriptions,
  ReadInbox,
} from '@shared/contract/notice-endpoints'
import { type Copy, copyFor } from '@shared/copy/copy'
import { noticeServerCopyFor } from '@shared/copy/notice-server-copy'
import { instantOf } from '@shared/notice/instant'
import { invalidField } from '../errors'
import { calendarLink } from '../notices/calendar-link'
import type { Subscriber, Template } from '../notices/fan-out/ports'
import { putSubscriptions } from '../notices/put-subscriptions'
import { readInbox, unreadMessages } from '../notices/read-inbox'
import { subscriptionsView } from '../notices/read-subscriptions'
import { changeSubscriber, readSubscriber } from '../notices/subscriber'
import { type Route, route } from '../platform/endpoint'
import { sealKey } from '../platform/seal'
import { accountStore } from '../store/account-store'
import { readCursor, writeCursor } from '../store/cursor'
import { inboxStore } from '../store/inbox-store'
import { noticeStore } from '../store/notice-store'
import { rosterStore } from '../store/roster-store'
import type { Table } from '../store/table'
import { wechatIdentityStore } from '../store/wechat-identity-store'
import type { Clock } from '../verification/ports'
import type { Secrets } from './deps'

export interface SubscriptionDeps {
  clock: Clock
  /** Message templates of the stage. */
  templates: readonly Template[]
}

const wordsOf = (copy: Copy) => noticeServerCopyFor(copy === copyFor('en') ? 'en' : 'zh-CN')
const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex')

/** What a person wants to be told of, their inbox, and signed pages for their calendar. */
export function subscriptionRoutes(
  deps: SubscriptionDeps,
  store: Table,
  session: () => Promise<{ secrets: Secrets }>,
): Route[] {
  const { clock, templates } = deps
  const [accounts, notices, inbox] = [accountStore(store), noticeStore(store), inboxStore(store)]

  async function ports() {
    const { pepper } = (await session()).secrets
    const key = sealKey(pepper)
    const [roster, identities] = [rosterStore(store, key), wechatIdentityStore(store, key)]
    return { clock, templates, accounts, notices, inbox, roster, identities, hmac }
  }

  async function view(userId: string, person: Subscriber | null, copy: Copy) {
    const all = await ports()
    const unread = await unreadMessages(all, userId, person, wordsOf(copy))
    return { status: 200, body: await subscriptionsView(all, userId, person, unread) }
  }

  return [
    route(GetSubscriptions, async ({ userId, copy }) =>
      view(userId, await readSubscriber(await ports(), userId), copy),
    ),
    route(PutSubscriptions, async ({ userId, body, copy }) =>
      view(userId, await putSubscriptions(await ports(), userId, body), copy),
    ),
    route(GetInbox, async ({ userId, query, copy }) => {
      const all = await ports()
      const { cursorKey } = (await session()).secrets
      const owner = JSON.stringify(['inbox', userId])
      const cursors = {
        read: (cursor: string) => readCursor(cursorKey, owner, cursor),
        write: (position: string) => writeCursor(cursorKey, owner, position),
      }
      const person = await readSubscriber(all, userId)
      return { status: 200, body: await readInbox({ ...all, cursors }, userId, person, query, wordsOf(copy)) }
    }),
    route(ReadInbox, async ({ userId, body }) => {
      const until = instantOf(body.readUntil)
      if (until === null) throw invalidField('readUntil', 'format')
      const now = clock.now()
      await changeSubscriber(await ports(), userId, now, person => {
        const readUntil = Math.min(until, now)
        return readUntil <= person.readUntil ? null : { person: { ...person, readUntil }, added: {} }
      })
      return { status: 204 }
    }),
    route(GetCalendarLink, async ({ userId, params }) => ({
      status: 200,
      body: await calendarLink(await ports(), userId, params.id),
    })),
  ]
}
