import { IN_BROWSER } from './target'

export const FEEDS = ['ics', 'atom', 'json'] as const
export type Feed = (typeof FEEDS)[number]

/** The whole address of a feed, for other programs; of one notice alone when it is named. */
export function feedAddress(feed: Feed, noticeId?: string): string {
  const origin = IN_BROWSER && !API_BASE ? window.location.origin : API_BASE
  return `${origin}/v1/notices.${feed}${noticeId ? `?id=${encodeURIComponent(noticeId)}` : ''}`
}
