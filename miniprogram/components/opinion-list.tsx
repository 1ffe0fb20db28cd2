import type { Opinion } from '@shared/contract/verification'
import type { PageCopy } from '@shared/copy/page-copy'
import { Box } from './base/box'
import { Icon } from './icon'
import { providerName } from './provider-names'
import { showInstant } from './show-time'
import { faceOf } from './tone'

/** What each of two sources said, beside each other. No colour of an answer: neither of them alone is the result. */
export function OpinionList({ opinions, copy }: { opinions: readonly Opinion[]; copy: PageCopy }) {
  return (
    <Box className="card">
      <Box className="card-title" role="heading">
        {copy.ui.result.opinions}
      </Box>
      <Box className="opinions">
        {opinions.map(({ provider, requestId, checkedAt, outcome, lifecycle }) => {
          const face = faceOf({ state: 'done', outcome, lifecycle }, copy)
          return (
            <Box key={`${provider} ${requestId}`} className="opinion">
              <Box className="opinion-who">{providerName(provider, copy)}</Box>
              <Box className="opinion-said">
                <Icon name={face.icon} className="opinion-icon" />
                <Box className="opinion-words">{face.headline}</Box>
              </Box>
              <Box className="fact-more">{showInstant(checkedAt)}</Box>
            </Box>
          )
        })}
      </Box>
    </Box>
  )
}
