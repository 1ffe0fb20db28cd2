import type { NoticeView } from '@shared/contract/notice'
import { fill, type Locale } from '@shared/copy/copy'
import type { PageCopy } from '@shared/copy/page-copy'
import { Box } from './base/box'
import { Icon } from './icon'
import { componentName, etaText, faceOfNotice, namesOf, windowText } from './notice-words'

interface NoticeCardProps {
  notice: NoticeView
  nowMs: number
  locale: Locale
  copy: PageCopy
}

function componentsOf({ phases }: NoticeView): string[] {
  return [...new Set(phases.flatMap(phase => phase.components))]
}

/**
 * A notice in one card: how it stands, what it is, when, and what it touches. The countdown stands outside the status, so
 * that a screen reader does not read it every minute.
 */
export function NoticeCard({ notice, nowMs, locale, copy }: NoticeCardProps) {
  const face = faceOfNotice(notice, nowMs, locale, copy)
  const { startsAt, title } = notice
  const eta = etaText(notice, nowMs, copy)
  const names = namesOf(componentsOf(notice), code => componentName(code, locale), copy)
  const window = startsAt ? windowText(startsAt, notice.eta ?? notice.endsAt, nowMs, locale) : ''
  return (
    <Box className={`outcome tone-${face.tone}`}>
      <Icon name={face.icon} className="outcome-icon" />
      <Box className="outcome-words">
        <Box role="status" live="polite">
          <Box className="outcome-headline" role="heading" level={1}>
            {face.headline}
          </Box>
          <Box className="outcome-meaning">{title}</Box>
          <Box className={window ? 'outcome-meaning' : 'gone'}>{window}</Box>
        </Box>
        <Box className={eta ? 'pending-eta' : 'gone'}>{eta}</Box>
        <Box className={names ? 'outcome-meta' : 'gone'}>{names ? fill(copy.ui.status.impact, { names }) : ''}</Box>
      </Box>
    </Box>
  )
}
