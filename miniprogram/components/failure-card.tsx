import { type Failure, PROBLEMS, type ProblemCode } from '@shared/contract/problem'
import type { Copy } from '@shared/copy/copy'
import { Box } from './base/box'
import { Tap } from './base/tap'
import { Words } from './base/words'
import { Icon } from './icon'

interface FailureCardProps {
  failure: Failure
  copy: Copy
  onRetry(): void
  onBack?: () => void
  onCopy(text: string): void
}

function wordsOf(failure: Failure, copy: Copy): { title: string; detail: string } {
  const { failed } = copy.ui
  if (failure.kind === 'network') return { title: failed.network, detail: failed.networkNote }
  if (failure.kind === 'unreadable') return { title: failed.title, detail: failed.oldClient }
  const { code, title, detail } = failure.problem
  return code in PROBLEMS ? copy.problem[code as ProblemCode] : { title, detail }
}

function requestIdOf(failure: Failure): string {
  if (failure.kind === 'network') return ''
  return failure.kind === 'unreadable' ? failure.requestId : failure.problem.requestId
}

/** A failure of ours or of the network, never of the invoice: what happened, what to do, and an id to quote. */
export function FailureCard({ failure, copy, onRetry, onBack, onCopy }: FailureCardProps) {
  const words = wordsOf(failure, copy)
  const { failed } = copy.ui
  const id = requestIdOf(failure)
  const fields = failure.kind === 'problem' ? (failure.problem.fields ?? []) : []
  const fixable = fields.length > 0 && onBack
  return (
    <Box className="answer">
      <Box className="outcome tone-mute" role="alert">
        <Icon name="offline" className="outcome-icon" />
        <Box className="outcome-words">
          <Box className="outcome-headline" role="heading" level={1}>
            {words.title}
          </Box>
          <Box className="outcome-meaning">{words.detail}</Box>
          {fields.map(field => (
            <Box key={field.field} className="outcome-never">
              {field.reason}
            </Box>
          ))}
        </Box>
      </Box>
      <Box className="steps">
        <Tap className="button button-main" onTap={fixable ? onBack : onRetry}>
          {fixable ? failed.back : failed.retry}
        </Tap>
        {onBack && !fixable ? (
          <Tap className="button button-soft" onTap={onBack}>
            {failed.back}
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
