import type { Verification } from '@shared/contract/verification'
import { fill } from '@shared/copy/copy'
import type { PageCopy } from '@shared/copy/page-copy'
import { Box } from './base/box'
import { Icon } from './icon'
import { providerNames } from './provider-names'
import { showInstant, showToday } from './show-time'
import { faceOf } from './tone'

interface OutcomeCardProps {
  verification: Verification
  copy: PageCopy
  nowMs: number
}

/** When and by whom; nobody, when the phone or the server could tell by itself. */
function metaOf({ verification, copy, nowMs }: OutcomeCardProps): string {
  const words = copy.ui.result
  const { provider, fromCache, createdAt, opinions } = verification
  if (!provider) return `${showInstant(createdAt)} · ${words.noOneAsked}`
  const who = providerNames(verification, copy)
  if (fromCache) return fill(words.reused, { time: showToday(provider.checkedAt, nowMs), provider: who })
  const neither = opinions.length > 1 && opinions.every(({ outcome }) => outcome === 'not_found')
  const by = neither ? fill(words.neither, { providers: who }) : fill(words.by, { provider: who })
  return `${showInstant(provider.checkedAt)} · ${by}`
}

/** The answer first: four words, one sentence, then when and by whom. */
export function OutcomeCard(props: OutcomeCardProps) {
  const { verification, copy } = props
  const face = faceOf(verification, copy)
  const cause = verification.outcome === 'could_not_check' && verification.cause ? copy.cause[verification.cause] : ''
  return (
    <Box className={`outcome tone-${face.tone}`} role="alert">
      <Icon name={face.icon} className="outcome-icon" />
      <Box className="outcome-words">
        <Box className="outcome-headline" role="heading" level={1}>
          {face.headline}
        </Box>
        <Box className="outcome-meaning">{verification.disagreement ? face.meaning : cause || face.meaning}</Box>
        <Box className={face.never ? 'outcome-never' : 'gone'}>{face.never}</Box>
        <Box className="outcome-meta">{metaOf(props)}</Box>
      </Box>
    </Box>
  )
}
