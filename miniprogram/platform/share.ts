import Taro, { useShareAppMessage, useShareTimeline } from '@tarojs/taro'
import { IN_BROWSER } from './target'

/** What a chat or Moments shows of a page; `query` without a question mark. */
export interface Card {
  title: string
  path: string
  query: string
}

/** Offers the open page for sharing: a card in a chat, and in Moments the page alone. H5 is shared by its address. */
export function useCard(card: Card): void {
  useShareAppMessage(() => ({ title: card.title, path: `${card.path}?${card.query}` }))
  useShareTimeline(() => ({ title: card.title, query: card.query }))
}

/** Moments shows a page alone: no sign-in, no way on, nothing to subscribe to [wechat-platform, rules]. */
const SINGLE_PAGE = 1154

export function isSinglePage(): boolean {
  if (IN_BROWSER) return false
  try {
    return Taro.getLaunchOptionsSync().scene === SINGLE_PAGE
  } catch {
    return false
  }
}
