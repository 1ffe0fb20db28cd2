import { fill } from '@shared/copy/copy'
import type { PageCopy } from '@shared/copy/page-copy'
import type { Check } from '../hooks/use-check'
import { Box } from './base/box'
import { Tap } from './base/tap'

/** What a tap costs; while nobody can check, the check that runs by itself afterwards is the one to offer. */
export function SubmitSteps({ check, copy }: { check: Check; copy: PageCopy }) {
  const words = copy.ui.check
  const { outage, empty } = check
  const isLater = outage !== null && !empty
  const quiet = isLater || empty
  return (
    <Box className="submit">
      <Box className="slot">
        {isLater ? (
          <>
            <Box className="hint">{fill(words.outage, { title: outage.title })}</Box>
            <Tap className="button button-main" onTap={check.submitLater}>
              {words.afterRecovery}
            </Tap>
            <Box className="foot">{words.outageNote}</Box>
          </>
        ) : null}
      </Box>
      <Tap className={quiet ? 'button button-soft' : 'button button-main'} onTap={check.submit}>
        {isLater ? words.anyway : words.submit}
      </Tap>
      <Box className="foot">{check.view.notCheckable ? words.costFree : words.cost}</Box>
    </Box>
  )
}
