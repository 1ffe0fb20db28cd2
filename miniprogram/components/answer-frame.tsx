import type { PageCopy } from '@shared/copy/page-copy'
import { WaitingCard } from './waiting-card'

/** The frame of an answer while it is on its way: words after 300 ms, kinder ones after 6 s. */
export function AnswerFrame({ wordsAfter, copy }: { wordsAfter: 0 | 1 | 2; copy: PageCopy }) {
  const { asking, askingLong } = copy.ui.result
  return <WaitingCard text={['', asking, askingLong][wordsAfter] ?? ''} />
}
