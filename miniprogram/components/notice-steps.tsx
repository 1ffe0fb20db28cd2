import type { PageCopy } from '@shared/copy/page-copy'
import type { NoticeActions } from '../hooks/use-notice-actions'
import { Box } from './base/box'
import { Tap } from './base/tap'

interface NoticeStepsProps {
  actions: NoticeActions
  /** Nobody needs to be told of the end of what is over. */
  isOver: boolean
  copy: PageCopy
}

/** Into the calendar, and being told when it is over. */
export function NoticeSteps({ actions, isOver, copy }: NoticeStepsProps) {
  const words = copy.ui.notice
  return (
    <Box className="steps-more">
      {actions.canKeep ? (
        <Tap className="button button-soft" onTap={actions.keep}>
          {words.calendar}
        </Tap>
      ) : null}
      {isOver ? null : (
        <Tap className="button button-soft" onTap={actions.awaitEnd}>
          {actions.isAwaited ? words.recoveryOn : words.recovery}
        </Tap>
      )}
    </Box>
  )
}
