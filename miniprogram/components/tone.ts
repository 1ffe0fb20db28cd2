import type { Verification } from '@shared/contract/verification'
import type { PageCopy } from '@shared/copy/page-copy'
import { isGood, type Lifecycle, type Outcome } from '@shared/invoice/outcome'
import type { IconName } from './icon'

/**
 * One colour, one meaning: `good` is `consistent` + `normal` and nothing else; `bad` mismatch, voided, reversed; `wait` not
 * found, consistent without a known state and two sources that disagree; `mute` nobody answered, or not ours to check. Each has its own icon shape.
 */
export type Tone = 'good' | 'bad' | 'wait' | 'mute'

interface Face {
  tone: Tone
  icon: IconName
  headline: string
  meaning: string
  never: string
  badge: string
}

type Answered = Pick<Verification, 'state' | 'outcome' | 'lifecycle'> &
  Partial<Pick<Verification, 'waiting' | 'disagreement'>>

const OTHER: Record<Exclude<Outcome, 'consistent'>, { tone: Tone; icon: IconName }> = {
  mismatch: { tone: 'bad', icon: 'differs' },
  not_found: { tone: 'wait', icon: 'search' },
  could_not_check: { tone: 'mute', icon: 'pause' },
  not_checkable: { tone: 'mute', icon: 'elsewhere' },
}

/** Each way of no longer being good has its own shape. */
const GONE_ICONS: Partial<Record<Lifecycle, IconName>> = {
  red: 'reversed',
  red_full: 'reversed',
  red_letter: 'reversed',
  red_partial: 'half',
}

/** How an answer looks and what it says, for every page that shows one. */
export function faceOf(answer: Answered, copy: PageCopy): Face {
  const { outcome, lifecycle } = answer
  if (answer.state === 'pending' || outcome === null) {
    const { pending, waiting } = copy.ui.result
    const { text, badge } = waiting[answer.waiting ?? 'answer']
    return { tone: 'mute', icon: 'clock', headline: pending, meaning: text, never: '', badge }
  }
  if (answer.disagreement) return { tone: 'wait', icon: 'split', ...copy.ui.result.disagree }
  if (outcome !== 'consistent') return { ...OTHER[outcome], ...copy.outcome[outcome] }
  const good = isGood(outcome, lifecycle)
  const words = { never: good ? copy.outcome.consistent.never : '', ...copy.lifecycle[lifecycle ?? 'unknown'] }
  if (good) return { tone: 'good', icon: 'check', ...words }
  if (lifecycle === null || lifecycle === 'unknown') return { tone: 'wait', icon: 'question', ...words }
  return { tone: 'bad', icon: GONE_ICONS[lifecycle] ?? 'void', ...words }
}
