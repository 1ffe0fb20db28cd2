import type { Verification } from '@shared/contract/verification'
import { fill } from '@shared/copy/copy'
import type { PageCopy } from '@shared/copy/page-copy'
import { Box } from './base/box'
import { Tap } from './base/tap'
import { showShort, showToday } from './show-time'

interface AutoLineProps {
  verification: Verification
  copy: PageCopy
  nowMs: number
  onOpen(id: string): void
}

function nextText({ outcome, followUpAt, nextTryAt }: Verification, copy: PageCopy, nowMs: number): string {
  const words = copy.ui.result
  if (followUpAt) {
    const text = Date.parse(followUpAt) > nowMs ? words.followUp : words.followUpPast
    return fill(text, { time: showToday(followUpAt, nowMs) })
  }
  return outcome === 'could_not_check' && nextTryAt ? fill(words.nextTry, { time: showShort(nextTryAt, nowMs) }) : ''
}

/** What happens by itself: this check repeats an earlier one, or will be repeated, or is best asked again later. */
export function AutoLine({ verification, copy, nowMs, onOpen }: AutoLineProps) {
  const { follows } = verification
  const next = nextText(verification, copy, nowMs)
  return (
    <Box className="slot">
      {follows ? (
        <Box className="card waiting">
          <Box className="waiting-text">{copy.ui.result.follows}</Box>
          <Tap className="link" onTap={() => onOpen(follows)}>
            {copy.ui.result.followsOpen}
          </Tap>
        </Box>
      ) : null}
      {next ? <Box className="card card-line">{next}</Box> : null}
    </Box>
  )
}
