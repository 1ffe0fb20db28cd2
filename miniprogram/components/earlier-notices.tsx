import type { Locale } from '@shared/copy/copy'
import type { PageCopy } from '@shared/copy/page-copy'
import type { Earlier } from '../hooks/use-status-page'
import { Box } from './base/box'
import { Tap } from './base/tap'
import { NoticeLine } from './notice-line'
import { NoticeRows } from './notice-rows'

interface EarlierNoticesProps {
  earlier: Earlier
  nowMs: number
  locale: Locale
  copy: PageCopy
  onMore(): void
  onOpen(id: string): void
}

function saidOf({ state, items, cursor }: Earlier, copy: PageCopy): string {
  const words = copy.ui.status
  if (state === 'failed') return words.historyFailed
  return state === 'open' && items.length === 0 && cursor === null ? words.historyNone : ''
}

/** Notices that are over, page by page, when the person wants them. */
export function EarlierNotices({ earlier, onMore, onOpen, ...shown }: EarlierNoticesProps) {
  const words = shown.copy.ui.status
  const { items, state, cursor } = earlier
  const isAll = state === 'open' && cursor === null
  return (
    <Box className="slot">
      <NoticeRows title={words.history} notices={items} {...shown} onOpen={onOpen} />
      <NoticeLine tone="info" text={saidOf(earlier, shown.copy)} />
      <Tap className={isAll ? 'gone' : 'button button-soft'} disabled={state === 'reading'} onTap={onMore}>
        {items.length > 0 ? words.historyMore : words.historyOpen}
      </Tap>
    </Box>
  )
}
