import type { Verification } from '@shared/contract/verification'
import { fill } from '@shared/copy/copy'
import type { PageCopy } from '@shared/copy/page-copy'
import type { Waited } from '../hooks/use-pending'
import { Box } from './base/box'
import { Icon } from './icon'
import { showClock } from './show-time'
import { faceOf } from './tone'

interface PendingCardProps {
  verification: Verification
  copy: PageCopy
  waited: Waited
}

function leftText(seconds: number, copy: PageCopy): string {
  const { left } = copy.ui.result
  const values = { h: Math.floor(seconds / 3600), m: Math.floor(seconds / 60) % 60, s: seconds % 60 }
  return fill(values.h ? left.hours : values.m ? left.minutes : left.seconds, values)
}

/** The expected time and what is left of it; once it has come, that we are asking. */
function etaText({ nextTryAt }: Verification, copy: PageCopy, { secondsLeft, nowMs }: Waited): string {
  if (nextTryAt === null || secondsLeft === null) return ''
  if (secondsLeft <= 0) return copy.ui.result.looking
  return fill(copy.ui.result.eta, { time: showClock(nextTryAt, nowMs), left: leftText(secondsLeft, copy) })
}

/**
 * A check that is still on its way: why it waits, until about when, and that nobody needs to wait here. The countdown
 * stands outside the status, so that a screen reader does not read it every second.
 */
export function PendingCard({ verification, copy, waited }: PendingCardProps) {
  const face = faceOf(verification, copy)
  const words = copy.ui.result
  const eta = etaText(verification, copy, waited)
  const isMoving = waited.secondsLeft !== null && waited.secondsLeft > 0
  return (
    <Box className="outcome tone-mute pending">
      <Icon name={face.icon} className="outcome-icon" />
      <Box className="outcome-words">
        <Box className="pending-why" role="status" live="polite">
          <Box className="outcome-headline" role="heading" level={1}>
            {face.headline}
          </Box>
          <Box className="outcome-meaning">{face.meaning}</Box>
        </Box>
        <Box className="bar" hidden>
          <Box className={isMoving ? 'bar-done' : 'bar-done is-asking'} percent={waited.percent} />
        </Box>
        <Box className={eta ? 'pending-eta' : 'gone'}>{eta}</Box>
        <Box className={waited.unread ? 'pending-unread' : 'gone'} live="polite">
          {waited.unread ? words.unread : ''}
        </Box>
        <Box className="outcome-meta">{words.promise}</Box>
      </Box>
    </Box>
  )
}
