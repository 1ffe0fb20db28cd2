import type { ComponentStatus } from '@shared/contract/notice'
import { fill, type Locale } from '@shared/copy/copy'
import type { PageCopy } from '@shared/copy/page-copy'
import { COMPONENT_GROUPS } from '@shared/notice/notice'
import { Box } from './base/box'
import { componentName } from './notice-words'

/** Shares of checks without an answer from which it is more than usual, and everybody's trouble. */
const RAISED = 0.1
const MOST = 0.5

function sentence({ component, recent }: ComponentStatus, locale: Locale, copy: PageCopy): string {
  const words = copy.ui.status
  const { checks, failedShare } = recent
  const name = componentName(component, locale)
  if (failedShare === null) return fill(words.recentFew, { name, checks })
  const verdict = failedShare >= MOST ? 'most' : failedShare >= RAISED ? 'raised' : 'usual'
  const share = Math.round(failedShare * 100)
  return fill(words.recent, { name, checks, share, verdict: words.verdict[verdict] })
}

/** Is it only me? Answered from our own traffic: checking always, the other ways to the tax side when they fail. */
export function EveryoneCard(props: { components: readonly ComponentStatus[]; locale: Locale; copy: PageCopy }) {
  const { components, locale, copy } = props
  const tax: readonly string[] = COMPONENT_GROUPS.tax
  const told = components.filter(
    ({ component, recent }) =>
      component === 'verification' || (tax.includes(component) && (recent.failedShare ?? 0) >= RAISED),
  )
  return (
    <Box className={told.length > 0 ? 'card' : 'gone'}>
      <Box className="card-title" role="heading">
        {copy.ui.status.everyone}
      </Box>
      {told.map(row => (
        <Box key={row.component} className="card-line">
          {sentence(row, locale, copy)}
        </Box>
      ))}
    </Box>
  )
}
