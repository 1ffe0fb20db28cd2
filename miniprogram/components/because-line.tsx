import type { Verification } from '@shared/contract/verification'
import type { PageCopy } from '@shared/copy/page-copy'
import { Box } from './base/box'
import { Tap } from './base/tap'

interface BecauseLineProps {
  notice: Verification['notice']
  /** The check is not done: it waits for the end of what the notice tells. */
  isWaiting: boolean
  copy: PageCopy
  onOpen(id: string): void
}

/** The notice that explains an answer, or whose end a check waits for. */
export function BecauseLine({ notice, isWaiting, copy, onOpen }: BecauseLineProps) {
  const words = copy.ui.result
  return (
    <Box className="slot">
      {notice ? (
        <Box className="card waiting">
          <Box className="waiting-text">
            <Box>{isWaiting ? words.noticeAwaited : words.notice}</Box>
            <Box className="because">{notice.title}</Box>
          </Box>
          <Tap className="link" label={`${words.noticeOpen} ${notice.title}`} onTap={() => onOpen(notice.id)}>
            {words.noticeOpen}
          </Tap>
        </Box>
      ) : null}
    </Box>
  )
}
