import { AtomFeed, CalendarFeed, GetNotice, GetStatus, JsonFeed, ListNotices } from '@shared/contract/notice-endpoints'
import { noticeAtom } from '../notices/notice-atom'
import { noticeCalendar } from '../notices/notice-calendar'
import { noticeJsonFeed } from '../notices/notice-json-feed'
import { noticeView } from '../notices/notice-view'
import { listNotices, noticesOfFeed, readNotice } from '../notices/read-notices'
import { readStatus } from '../notices/read-status'
import { type Route, route } from '../platform/endpoint'
import { noticeStore } from '../store/notice-store'
import type { Table } from '../store/table'
import { trafficStore } from '../store/traffic-store'
import type { Clock } from '../verification/ports'
import { cursorsOf, siteOf } from './notice-site'

export interface NoticeDeps {
  clock: Clock
  publicUrl: string | undefined
  cursorKey(): Promise<Uint8Array>
}

/** A feed reader and what stands between may keep a feed for a minute. */
const FEED_HEADERS = { 'cache-control': 'public, max-age=60', vary: 'accept-language' }

/** Notices, status and feeds for everybody; reads only. */
export function noticeRoutes({ clock, publicUrl, cursorKey }: NoticeDeps, store: Table): Route[] {
  const ports = { notices: noticeStore(store), traffic: trafficStore(store), clock }
  return [
    route(ListNotices, async ({ query }) => {
      const { notices, nextCursor } = await listNotices(ports, query, cursorsOf(await cursorKey()))
      return { status: 200, body: { items: notices.map(notice => noticeView(notice, clock.now())), nextCursor } }
    }),
    route(GetNotice, async ({ params }) => ({
      status: 200,
      body: noticeView(await readNotice(ports, params.id), clock.now()),
    })),
    route(GetStatus, async ({ query }) => ({ status: 200, body: await readStatus(ports, query.region ?? null) })),
    route(CalendarFeed, async ({ query: { id, ...place }, copy }) => {
      const notices = id === undefined ? await noticesOfFeed(ports, place) : [await readNotice(ports, id)]
      const body = noticeCalendar(notices, siteOf(publicUrl, copy), clock.now())
      return { status: 200, body, headers: FEED_HEADERS }
    }),
    route(AtomFeed, async ({ query, copy }) => ({
      status: 200,
      body: noticeAtom(await noticesOfFeed(ports, query), siteOf(publicUrl, copy)),
      headers: FEED_HEADERS,
    })),
    route(JsonFeed, async ({ query, copy }) => ({
      status: 200,
      body: noticeJsonFeed(await noticesOfFeed(ports, query), siteOf(publicUrl, copy)),
      headers: FEED_HEADERS,
    })),
  ]
}
