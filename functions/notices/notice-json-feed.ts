import { noticeServerCopyFor } from '@shared/copy/notice-server-copy'
import { entryId } from './notice-atom'
import { type FeedSite, feedTitle, feedUrl, lastChanged, noticeText, noticeUrl } from './notice-feed-text'
import { iso, isoOrNull, phaseView } from './notice-view'
import type { StoredNotice } from './ports'

function item(notice: StoredNotice, site: FeedSite) {
  const url = noticeUrl(site, notice.id)
  return {
    id: entryId(notice.id),
    ...(url !== null && { url }),
    ...(notice.sourceUrl !== null && { external_url: notice.sourceUrl }),
    title: feedTitle(notice, notice.state === 'cancelled', site),
    summary: notice.summary,
    content_text: noticeText(notice, site),
    date_published: iso(notice.publishedAt ?? notice.createdAt),
    date_modified: iso(lastChanged(notice)),
    authors: [{ name: notice.source }],
    tags: [notice.type],
    /** For programs: what the text says in words. */
    _yanpiao: {
      id: notice.id,
      version: notice.version,
      type: notice.type,
      state: notice.state,
      eta: isoOrNull(notice.eta),
      confidence: notice.confidence,
      phases: notice.phases.map(phaseView),
    },
  }
}

/** Notices as a feed (JSON Feed 1.1); every text is plain. */
export function noticeJsonFeed(notices: readonly StoredNotice[], site: FeedSite): string {
  const { feed } = noticeServerCopyFor(site.locale)
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    description: feed.description,
    language: site.locale,
    ...(site.baseUrl !== '' && {
      home_page_url: `${site.baseUrl}/#/pages/status/index`,
      feed_url: feedUrl(site, 'notices.json'),
    }),
    authors: [{ name: '验票 Yanpiao' }],
    items: notices.map(notice => item(notice, site)),
  })
}
