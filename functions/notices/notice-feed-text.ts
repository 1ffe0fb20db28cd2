import { fill, type Locale } from '@shared/copy/copy'
import { noticeCopyFor } from '@shared/copy/notice-copy'
import { noticeServerCopyFor } from '@shared/copy/notice-server-copy'
import type { Phase } from '@shared/notice/notice'
import { showWindow } from '@shared/notice/show-window'
import type { StoredNotice } from './ports'

/** Where the pages are, without a slash at the end; empty when nobody said. */
export interface FeedSite {
  baseUrl: string
  locale: Locale
}

/** The page of a notice in H5; null when nobody said where the pages are. */
export const noticeUrl = ({ baseUrl }: FeedSite, id: string) =>
  baseUrl === '' ? null : `${baseUrl}/#/pages/notice/index?id=${encodeURIComponent(id)}`

/** The address of a feed, or its name when nobody said where we are. */
export const feedUrl = ({ baseUrl }: FeedSite, file: string) => `${baseUrl}/v1/${file}`

/** Title as feeds show it: what is cancelled says so first. */
export function feedTitle({ title }: StoredNotice, isCancelled: boolean, { locale }: FeedSite): string {
  return isCancelled ? fill(noticeServerCopyFor(locale).feed.cancelled, { title }) : title
}

/** One window in words: when, what, how badly, and what to do. */
export function phaseText(phase: Phase, { locale }: FeedSite): string[] {
  const words = noticeCopyFor(locale)
  const { feed } = noticeServerCopyFor(locale)
  const components = phase.components.map(component => words.component[component]).join(locale === 'en' ? ', ' : '、')
  return [
    showWindow(phase.startsAt, phase.endsAt, words.time),
    fill(feed.impact, { components, impact: words.impact[phase.impact] }),
    ...(phase.workaround === null ? [] : [fill(feed.workaround, { text: phase.workaround })]),
  ]
}

/** State, source and link: what stands at the end of every entry. */
export function footText(notice: StoredNotice, site: FeedSite): string[] {
  const { feed } = noticeServerCopyFor(site.locale)
  const url = noticeUrl(site, notice.id)
  const { state, confidence } = noticeCopyFor(site.locale)
  const source = `${notice.source}${site.locale === 'en' ? ` (${confidence[notice.confidence]})` : `（${confidence[notice.confidence]}）`}`
  return [
    fill(feed.state, { state: state[notice.state] }),
    fill(feed.source, { source }),
    ...(notice.sourceUrl === null ? [] : [notice.sourceUrl]),
    ...(url === null ? [] : [fill(feed.link, { url })]),
  ]
}

/** The whole notice as plain text. */
export function noticeText(notice: StoredNotice, site: FeedSite): string {
  const parts = [
    notice.summary,
    ...notice.phases.map(phase => phaseText(phase, site).join('\n')),
    ...(notice.updates[0]?.text ? [notice.updates[0].text] : []),
    footText(notice, site).join('\n'),
  ]
  return parts.filter(part => part !== '').join('\n\n')
}

/** When it last said something else, ms. */
export function lastChanged({ createdAt, publishedAt, changedAt, endedAt, updates, acts }: StoredNotice): number {
  const said = acts.filter(({ act }) => act !== 'created').map(({ at }) => at)
  return Math.max(createdAt, publishedAt ?? 0, changedAt, endedAt ?? 0, updates[0]?.at ?? 0, ...said)
}
