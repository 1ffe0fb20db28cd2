import type { Failure } from '@shared/contract/problem'
import type { PageCopy } from '@shared/copy/page-copy'
import { Box } from './base/box'
import { Tap } from './base/tap'
import { Words } from './base/words'
import { Icon, type IconName } from './icon'

interface FailureCardProps {
  failure: Failure
  copy: PageCopy
  /** What a lost network means here; by default that what was typed is kept. */
  networkNote?: string
  /** The name of the way back; by default to change what was typed. */
  backText?: string
  onRetry(): void
  onBack?: () => void
  /** Where to go when the thing is not there: trying again cannot help. */
  onGone?: () => void
  onCopy(text: string): void
}

interface Said {
  icon: IconName
  title: string
  detail: string
}

function wordsOf(failure: Failure, copy: PageCopy, networkNote: string | undefined): Said {
  const { failed } = copy.ui
  if (failure.kind === 'network')
    return { icon: 'offline', title: failed.network, detail: networkNote ?? failed.networkNote }
  if (failure.kind === 'unreadable') return { icon: 'pause', title: failed.title, detail: failed.unreadable }
  const { code, title, detail } = failure.problem
  if (code === 'NOT_FOUND') return { icon: 'search', title: copy.problem.NOT_FOUND.title, detail: failed.gone }
  // What this version does not know, or only other programs meet, is told in the server's own words.
  const known: Partial<Record<string, { title: string; detail: string }>> = copy.problem
  return { icon: 'pause', ...(known[code] ?? { title, detail }) }
}

function requestIdOf(failure: Failure): string {
  if (failure.kind === 'network') return ''
  return failure.kind === 'unreadable' ? failure.requestId : failure.problem.requestId
}

/** A failure of ours or of the network, never of the invoice: what happened, what to do, and an id to quote. */
export function FailureCard(props: FailureCardProps) {
  const { failure, copy, networkNote, onRetry, onBack, onGone, onCopy } = props
  const said = wordsOf(failure, copy, networkNote)
  const { failed } = copy.ui
  const id = requestIdOf(failure)
  const fields = failure.kind === 'problem' ? (failure.problem.fields ?? []) : []
  const backText = props.backText ?? failed.back
  const isGone = said.icon === 'search' && onGone
  const main = isGone
    ? { text: failed.toHistory, run: onGone }
    : fields.length > 0 && onBack
      ? { text: backText, run: onBack }
      : { text: failed.retry, run: onRetry }
  return (
    <Box className="answer">
      <Box className="outcome tone-mute" role="alert">
        <Icon name={said.icon} className="outcome-icon" />
        <Box className="outcome-words">
          <Box className="outcome-headline" role="heading" level={1}>
            {said.title}
          </Box>
          <Box className="outcome-meaning">{said.detail}</Box>
          {fields.map(field => (
            <Box key={field.field} className="outcome-never">
              {field.reason}
            </Box>
          ))}
        </Box>
      </Box>
      <Box className="steps">
        <Tap className="button button-main" onTap={main.run}>
          {main.text}
        </Tap>
        {onBack && main.run !== onBack ? (
          <Tap className="button button-soft" onTap={onBack}>
            {backText}
          </Tap>
        ) : null}
      </Box>
      <Box className={id ? 'card proof' : 'gone'}>
        <Box className="fact-label">{failed.requestId}</Box>
        <Words className="proof-number">{id}</Words>
        <Tap className="link" label={failed.copyId} onTap={() => onCopy(id)}>
          {copy.ui.result.copy}
        </Tap>
      </Box>
    </Box>
  )
}
