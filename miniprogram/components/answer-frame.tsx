import type { PageCopy } from '@shared/copy/page-copy'
import { Box } from './base/box'
import { Icon } from './icon'

/** The frame of an answer while it is on its way: there at once, words after 300 ms. */
export function AnswerFrame({ wordsAfter, copy }: { wordsAfter: 0 | 1 | 2; copy: PageCopy }) {
  const words = copy.ui.result
  const text = wordsAfter === 0 ? '' : wordsAfter === 1 ? words.asking : words.askingLong
  return (
    <Box className="answer">
      <Box className="outcome tone-mute is-waiting" role="status" live="polite">
        <Icon name="clock" className="outcome-icon" />
        <Box className="outcome-words">
          <Box className="ghost ghost-title" hidden />
          <Box className="outcome-meaning">{text}</Box>
        </Box>
      </Box>
      <Box className="card" hidden>
        <Box className="ghost" />
        <Box className="ghost" />
        <Box className="ghost ghost-short" />
      </Box>
    </Box>
  )
}
