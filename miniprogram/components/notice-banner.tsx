import { nearNotice } from '@shared/contract/near-notice'
import type { NoticeView } from '@shared/contract/notice'
import type { Locale } from '@shared/copy/copy'
import { bannerText } from '@shared/copy/notice-copy-banner'
import type { PageCopy } from '@shared/copy/page-copy'
import { Tap } from './base/tap'
import { Words } from './base/words'

interface NoticeBannerProps {
  notice: NoticeView
  nowMs: number
  locale: Locale
  copy: PageCopy
  onOpen(id: string): void
}

/** One line on every page while something is on or near. */
export function NoticeBanner({ notice, nowMs, locale, copy, onOpen }: NoticeBannerProps) {
  const text = bannerText({ ...nearNotice(notice), title: notice.title }, nowMs, locale)
  return (
    <Tap className="standing" onTap={() => onOpen(notice.id)}>
      <Words className="standing-text">{text}</Words>
      <Words className="standing-open">{copy.ui.status.open}</Words>
    </Tap>
  )
}
