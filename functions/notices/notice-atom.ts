import { noticeServerCopyFor } from '@shared/copy/notice-server-copy'
import { type FeedSite, feedTitle, feedUrl, lastChanged, noticeText, noticeUrl } from './notice-feed-text'
import { iso } from './notice-view'
import type { StoredNotice } from './ports'

/** What XML 1.0 § 2.2 has no place for, and halves of characters. */
const NO_CHARACTER = /[^\P{Cc}\t\n]|\p{Cs}|[\uFFFE\uFFFF]/gu
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string) => text.replace(NO_CHARACTER, '').replace(/[&<>"']/g, char => ENTITIES[char] ?? '')

const element = (name: string, text: string) => `<${name}>${escaped(text)}</${name}>`

/** The feed's own names: they stay when the service moves to another address. */
const FEED_ID = 'urn:yanpiao:notices'
export const entryId = (id: string) => `urn:yanpiao:notice:${id}`

function entry(notice: StoredNotice, site: FeedSite): string {
  const url = noticeUrl(site, notice.id)
  return [
    '<entry>',
    element('id', entryId(notice.id)),
    element('title', feedTitle(notice, notice.state === 'cancelled', site)),
    element('updated', iso(lastChanged(notice))),
    element('published', iso(notice.publishedAt ?? notice.createdAt)),
    `<author>${element('name', notice.source)}</author>`,
    `<category term="${escaped(notice.type)}"/>`,
    ...(url === null ? [] : [`<link rel="alternate" href="${escaped(url)}"/>`]),
    ...(notice.sourceUrl === null ? [] : [`<link rel="via" href="${escaped(notice.sourceUrl)}"/>`]),
    element('summary', notice.summary),
    element('content', noticeText(notice, site)),
    '</entry>',
  ].join('\n')
}

/** Notices as a feed (RFC 4287); every text is plain. */
export function noticeAtom(notices: readonly StoredNotice[], site: FeedSite): string {
  const { feed } = noticeServerCopyFor(site.locale)
  const updated = Math.max(0, ...notices.map(lastChanged))
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${site.locale}">`,
    element('id', FEED_ID),
    element('title', feed.title),
    element('subtitle', feed.description),
    element('updated', iso(updated)),
    `<author>${element('name', '验票 Yanpiao')}</author>`,
    ...(site.baseUrl === ''
      ? []
      : [
          `<link rel="self" type="application/atom+xml" href="${escaped(feedUrl(site, 'notices.atom'))}"/>`,
          `<link rel="alternate" href="${escaped(`${site.baseUrl}/#/pages/status/index`)}"/>`,
        ]),
    ...notices.map(notice => entry(notice, site)),
    '</feed>',
    '',
  ].join('\n')
}
