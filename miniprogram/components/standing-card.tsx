import type { PageCopy } from '@shared/copy/page-copy'
import { Box } from './base/box'
import { Icon } from './icon'

/** Nothing is on or near, or nobody knows yet: the frame at once, words after 300 ms. */
export function StandingCard({ isKnown, isLong, copy }: { isKnown: boolean; isLong: boolean; copy: PageCopy }) {
  const words = copy.ui.status
  return (
    <Box className={isKnown ? 'outcome tone-mute' : 'outcome tone-mute is-waiting'} role="status" live="polite">
      <Icon name={isKnown ? 'pulse' : 'clock'} className="outcome-icon" />
      <Box className="outcome-words">
        {isKnown ? (
          <Box className="outcome-headline" role="heading" level={1}>
            {words.normal}
          </Box>
        ) : (
          <Box className="ghost ghost-title" hidden />
        )}
        <Box className="outcome-meaning">{isKnown ? words.normalNote : isLong ? words.loading : ''}</Box>
      </Box>
    </Box>
  )
}
