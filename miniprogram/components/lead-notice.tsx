import type { NoticeView } from '@shared/contract/notice'
import type { Locale } from '@shared/copy/copy'
import type { PageCopy } from '@shared/copy/page-copy'
import type { NoticeActions } from '../hooks/use-notice-actions'
import { Box } from './base/box'
import { Tap } from './base/tap'
import { NoticeCard } from './notice-card'
import { NoticeSteps } from './notice-steps'

interface LeadNoticeProps {
  notice: NoticeView
  nowMs: number
  locale: Locale
  copy: PageCopy
  actions: NoticeActions
  onOpen(id: string): void
}

/** The notice that matters most now, with what to do about it. */
export function LeadNotice({ actions, onOpen, ...shown }: LeadNoticeProps) {
  const { notice, copy } = shown
  return (
    <Box className="answer">
      <NoticeCard {...shown} />
      <NoticeSteps actions={actions} isOver={false} copy={copy} />
      <Tap className="link link-centre" onTap={() => onOpen(notice.id)}>
        {copy.ui.status.open}
      </Tap>
    </Box>
  )
}
