import type { Verification } from '@shared/contract/verification'
import type { PageCopy } from '@shared/copy/page-copy'
import type { RecordActions } from '../hooks/use-record-actions'
import { Box } from './base/box'
import { Tap } from './base/tap'
import { copyText } from './invoice-facts'
import { placeText } from './place-card'
import { TriesLine } from './tries-line'

type Step = 'another' | 'edit' | 'recheck' | 'copy'

function canSpend({ triesLeftToday, yourTriesLeftToday }: Verification): boolean {
  return Math.min(triesLeftToday, yourTriesLeftToday) > 0
}

/** The one thing to do next for each answer, then what else makes sense. */
function stepsOf(verification: Verification, nowMs: number): Step[] {
  const { outcome, cause, nextTryAt, followUpAt, fromCache } = verification
  const again: Step[] = canSpend(verification) ? ['recheck'] : []
  const tooSoon = nextTryAt !== null && Date.parse(nextTryAt) > nowMs
  if (outcome === 'mismatch') return fromCache ? ['edit', ...again, 'another'] : ['edit', 'another']
  if (outcome === 'not_found') return ['edit', ...again, 'another']
  if (outcome === 'not_checkable') return ['copy', 'another']
  if (outcome === 'could_not_check') {
    if (cause === 'input_refused') return ['edit', 'another']
    return tooSoon || followUpAt ? ['another', ...again] : [...again, 'another', 'edit']
  }
  return ['another', ...again]
}

interface NextStepProps {
  verification: Verification
  copy: PageCopy
  actions: RecordActions
  nowMs: number
}

/** One filled button, at most two quiet ones, and what a tap costs. */
export function NextStep({ verification, copy, actions, nowMs }: NextStepProps) {
  const words = copy.ui.result
  const { place, outcome } = verification
  const steps = stepsOf(verification, nowMs)
  const doing: Record<Step, { text: string; run: () => void }> = {
    another: { text: words.another, run: actions.another },
    edit: { text: words.edit, run: () => actions.edit(verification) },
    recheck: { text: words.recheck, run: () => actions.recheck(verification) },
    copy: {
      text: place ? words.copyAll : words.copyFields,
      run: () => actions.copyText(place ? placeText(place) : copyText(verification.asked, copy)),
    },
  }
  return (
    <Box className="steps">
      {steps.slice(0, 1).map(step => (
        <Tap key={step} className="button button-main" onTap={doing[step].run}>
          {doing[step].text}
        </Tap>
      ))}
      <Box className="steps-more">
        {steps.slice(1).map(step => (
          <Tap key={step} className="button button-soft" onTap={doing[step].run}>
            {doing[step].text}
          </Tap>
        ))}
      </Box>
      {outcome === 'not_checkable' ? null : (
        <TriesLine tries={verification} cost={steps.includes('recheck') ? words.recheckCost : ''} copy={copy} />
      )}
    </Box>
  )
}
