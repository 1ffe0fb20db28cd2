import type { Verification } from '@shared/contract/verification'
import { type Copy, fill } from '@shared/copy/copy'
import type { RecordActions } from '../hooks/use-record-actions'
import { Box } from './base/box'
import { Tap } from './base/tap'
import { copyText } from './invoice-facts'

type Step = 'another' | 'edit' | 'recheck' | 'copy'

/** The one thing to do next for each answer, then what else makes sense. */
function stepsOf({ outcome, cause, triesLeftToday, nextTryAt }: Verification, nowMs: number): Step[] {
  const again: Step[] = triesLeftToday > 0 ? ['recheck'] : []
  const tooSoon = nextTryAt !== null && Date.parse(nextTryAt) > nowMs
  if (outcome === 'mismatch') return ['edit', 'another']
  if (outcome === 'not_found') return ['edit', ...again, 'another']
  if (outcome === 'not_checkable') return ['copy', 'another']
  if (outcome === 'could_not_check') {
    if (cause === 'input_refused') return ['edit', 'another']
    return tooSoon ? ['another', ...again] : [...again, 'another', 'edit']
  }
  return ['another', ...again]
}

interface NextStepProps {
  verification: Verification
  copy: Copy
  actions: RecordActions
  nowMs: number
}

/** One filled button, at most two quiet ones, and what a tap costs. */
export function NextStep({ verification, copy, actions, nowMs }: NextStepProps) {
  const words = copy.ui.result
  const steps = stepsOf(verification, nowMs)
  const doing: Record<Step, { text: string; run: () => void }> = {
    another: { text: words.another, run: actions.another },
    edit: { text: words.edit, run: () => actions.edit(verification) },
    recheck: { text: words.recheck, run: () => actions.recheck(verification) },
    copy: { text: words.copyFields, run: () => actions.copyText(copyText(verification.asked, copy)) },
  }
  const left = verification.triesLeftToday
  const cost = steps.includes('recheck') ? fill(words.recheckCost, { n: left }) : left > 0 ? '' : words.noTries
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
      <Box className={cost ? 'foot' : 'gone'}>{cost}</Box>
    </Box>
  )
}
