import type { NoticeView } from '@shared/contract/notice'
import type { Locale } from '@shared/copy/copy'
import type { PageCopy } from '@shared/copy/page-copy'
import { isOver } from '@shared/notice/lifecycle'
import { Box } from './base/box'
import { Tap } from './base/tap'
import { etaText, faceOfNotice, timeText, windowText } from './notice-words'

interface NoticeRowsProps {
  title: string
  notices: readonly NoticeView[]
  nowMs: number
  locale: Locale
  copy: PageCopy
  onOpen(id: string): void
}

function subOf(
  notice: NoticeView,
  { nowMs, locale, copy }: Pick<NoticeRowsProps, 'nowMs' | 'locale' | 'copy'>,
): string {
  const { startsAt, endsAt, eta, endedAt, createdAt } = notice
  const end = isOver(notice.state) ? (endedAt ?? endsAt) : (eta ?? endsAt)
  const window = startsAt ? windowText(startsAt, end, nowMs, locale) : timeText(createdAt, nowMs, locale)
  return [window, etaText(notice, nowMs, copy), faceOfNotice(notice, nowMs, locale, copy).headline]
    .filter(Boolean)
    .join(' · ')
}

/** Notices as lines of a card: what, when, how it stands. */
export function NoticeRows({ title, notices, onOpen, ...shown }: NoticeRowsProps) {
  return (
    <Box className={notices.length > 0 ? 'card' : 'gone'}>
      <Box className="card-title" role="heading">
        {title}
      </Box>
      {notices.map(notice => (
        <Tap key={notice.id} className="notice-row" onTap={() => onOpen(notice.id)}>
          <Box className="notice-row-title">{notice.title}</Box>
          <Box className="card-note">{subOf(notice, shown)}</Box>
        </Tap>
      ))}
    </Box>
  )
}
