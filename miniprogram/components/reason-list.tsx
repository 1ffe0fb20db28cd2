import type { ReasonView } from '@shared/contract/verification'
import type { Copy } from '@shared/copy/copy'
import type { ReasonCode } from '@shared/invoice/outcome'
import { Box } from './base/box'

/** Explanations, best first. A code that this version does not know shows the server's own sentence. */
export function ReasonList({ title, reasons, copy }: { title: string; reasons: readonly ReasonView[]; copy: Copy }) {
  return (
    <Box className={reasons.length ? 'card' : 'gone'}>
      <Box className="card-title" role="heading">
        {title}
      </Box>
      {reasons.map((reason, index) => {
        const known = copy.reason[reason.code as ReasonCode]
        const action = known ? known.action : reason.action
        return (
          <Box key={reason.code} className="reason">
            <Box className="reason-rank" hidden>
              {index + 1}
            </Box>
            <Box className="reason-words">
              <Box className="reason-title">
                {known ? known.title : reason.message}
                <Box className={`chip chip-${reason.likelihood}`}>{copy.likelihood[reason.likelihood]}</Box>
              </Box>
              {known ? <Box className="reason-message">{known.message}</Box> : null}
              {action ? <Box className="reason-action">{action}</Box> : null}
            </Box>
          </Box>
        )
      })}
    </Box>
  )
}
