import { NEWS_TYPES, type NoticeType } from '@shared/notice/notice'
import { IN_BROWSER } from '../platform/target'

/** Reviewers of mini-programs take some types for news: a switch of the stage hides them in weapp [wechat-platform, rules]. */
export function isShownHere({ type }: { type: NoticeType }): boolean {
  return IN_BROWSER || NEWS_IN_WEAPP || !NEWS_TYPES.includes(type)
}
