import type { NoticeBody, Preview } from '@shared/contract/operator-notice'
import { bannerText } from '@shared/copy/notice-copy-banner'
import { isPlanned } from '@shared/notice/lifecycle'
import type { Notice, Occasion } from '@shared/notice/notice'
import { TOLD_OF } from '@shared/notice/tellings'
import { plannedEndOf, startOf } from '@shared/notice/windows'
import type * as z from 'zod/mini'
import type { Clock } from '../verification/ports'
import { writtenNotice } from './author-notice-draft'
import { published } from './author-notice-life'
import { messagesOf } from './fan-out/message'
import type { Template } from './fan-out/ports'
import { noticeCalendar } from './notice-calendar'
import type { FeedSite } from './notice-feed-text'
import { noticeView } from './notice-view'
import type { StoredNotice } from './ports'

export interface PreviewPorts {
  clock: Clock
  templates: readonly Template[]
  site: FeedSite
}

const HOUR_MS = 3_600_000
const AHEAD: Readonly<Partial<Record<Occasion, number>>> = { before_24h: 24 * HOUR_MS, before_1h: HOUR_MS }

/** The notice as it stands when an occasion comes, and when that is expected. */
function whenTold(notice: StoredNotice, occasion: Occasion, now: number): { notice: Notice; at: number } {
  const start = startOf(notice) ?? now
  if (occasion !== 'ended') {
    const ahead = AHEAD[occasion]
    return { notice, at: occasion === 'started' || ahead !== undefined ? start - (ahead ?? 0) : now }
  }
  const at = plannedEndOf(notice) ?? Math.max(now, start)
  return { notice: { ...notice, state: isPlanned(notice.type) ? 'completed' : 'resolved', endedAt: at }, at }
}

function messagesFor(notice: StoredNotice, templates: readonly Template[], now: number) {
  const messages = messagesOf(templates)
  return TOLD_OF[notice.type].flatMap(occasion => {
    const key = occasion === 'ended' ? 'recovery' : 'plan'
    const { notice: then, at } = whenTold(notice, occasion, now)
    const message = messages.notice(key, [{ telling: { occasion }, notice: then }], at)
    if (message === null) return []
    const title = templates.find(template => template.key === key)?.title ?? key
    const fields = Object.fromEntries(Object.entries(message.data).map(([field, { value }]) => [field, value]))
    return [{ occasion, template: title, fields }]
  })
}

/**
 * A notice as everybody would see it when it is published as written; stores nothing.
 * @throws ServiceError INVALID_FIELDS
 */
export function previewNotice({ clock, templates, site }: PreviewPorts, body: NoticeBody): z.infer<typeof Preview> {
  const hand = { by: '', now: clock.now() }
  const draft = writtenNotice(body, { id: 'ntc_preview', bodyHash: '' }, hand)
  const now = draft.publishAt ?? hand.now
  const notice = draft.publishedAt === null ? published(draft, { ...hand, now }) : draft
  return {
    notice: noticeView(notice, now),
    banner: bannerText(notice, now, site.locale),
    messages: messagesFor(notice, templates, now),
    calendar: noticeCalendar([notice], site, now),
  }
}
