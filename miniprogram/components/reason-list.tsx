import type { ReasonView } from '@shared/contract/verification'
import type { PageCopy } from '@shared/copy/page-copy'
import type { ReasonCode } from '@shared/invoice/outcome'
import { Box } from './base/box'

/** Explanations, best first, in the server's sentences; a code that this version does not know has no title. */
export function ReasonList({
  title,
  reasons,
  copy,
}: {
  title: string
  reasons: readonly ReasonView[]
  copy: PageCopy
}) {
  // One reason alone is the reason, not a guess among others.
  const isRanked = reasons.length > 1
  return (
    <Box className={reasons.length ? 'card' : 'gone'}>
      <Box className="card-title" role="heading">
        {title}
      </Box>
      {reasons.map((reason, index) => {
        const title: string | undefined = copy.reasonTitle[reason.code as ReasonCode]
        return (
          <Box key={reason.code} className="reason">
            <Box className={isRanked ? 'reason-rank' : 'gone'} hidden>
              {index + 1}
            </Box>
            <Box className="reason-words">
              <Box className="reason-title">
                {title ?? reason.message}
                {isRanked ? (
                  <Box className={`chip chip-${reason.likelihood}`}>{copy.likelihood[reason.likelihood]}</Box>
                ) : null}
              </Box>
              {title ? <Box className="reason-message">{reason.message}</Box> : null}
              {reason.action ? <Box className="reason-action">{reason.action}</Box> : null}
            </Box>
          </Box>
        )
      })}
    </Box>
  )
}
