import type { Verification } from '@shared/contract/verification'
import { type Copy, fill } from '@shared/copy/copy'
import { Box } from './base/box'
import { Icon } from './icon'
import { showInstant } from './show-time'
import { faceOf } from './tone'

/** When and by whom; nobody, when the phone or the server could tell by itself. */
function metaOf({ provider, fromCache, state, nextTryAt, createdAt }: Verification, copy: Copy): string {
  const words = copy.ui.result
  if (state === 'pending')
    return nextTryAt ? fill(words.pendingNext, { time: showInstant(nextTryAt).slice(11) }) : showInstant(createdAt)
  if (!provider) return `${showInstant(createdAt)} · ${words.noOneAsked}`
  const names: Record<string, string> = words.provider
  const by = fill(words.by, { provider: names[provider.name] ?? provider.name })
  const at = showInstant(provider.checkedAt)
  return fromCache ? fill(words.cached, { time: at, by }) : `${at} · ${by}`
}

/** The answer first: four words, one sentence, then when and by whom. */
export function OutcomeCard({ verification, copy }: { verification: Verification; copy: Copy }) {
  const face = faceOf(verification, copy)
  const cause = verification.outcome === 'could_not_check' && verification.cause ? copy.cause[verification.cause] : ''
  return (
    <Box className={`outcome tone-${face.tone}`} role="alert">
      <Icon name={face.icon} className="outcome-icon" />
      <Box className="outcome-words">
        <Box className="outcome-headline" role="heading" level={1}>
          {face.headline}
        </Box>
        <Box className="outcome-meaning">{cause || face.meaning}</Box>
        <Box className={face.never ? 'outcome-never' : 'gone'}>{face.never}</Box>
        <Box className="outcome-meta">{metaOf(verification, copy)}</Box>
      </Box>
    </Box>
  )
}
