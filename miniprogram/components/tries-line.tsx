import { fill } from '@shared/copy/copy'
import type { PageCopy } from '@shared/copy/page-copy'
import { Box } from './base/box'

const A_DAY = 5

interface Tries {
  /** Of the invoice, 0–5. */
  triesLeftToday: number
  /** What this person may still spend of them, 0–3. */
  yourTriesLeftToday: number
}

function wordsOf({ triesLeftToday: all, yourTriesLeftToday: n }: Tries, copy: PageCopy): string {
  const { tries } = copy.ui.result
  if (all <= 0) return tries.none
  if (n <= 0) return fill(tries.others, { all })
  return fill(n < all ? tries.yours : tries.same, { n, all })
}

/** The day's five tries, drawn and said: a bar is used, a disc is yours, a ring is kept for others. */
export function TriesLine({ tries, cost, copy }: { tries: Tries; cost: string; copy: PageCopy }) {
  const all = Math.min(A_DAY, Math.max(0, tries.triesLeftToday))
  const n = Math.min(all, Math.max(0, tries.yourTriesLeftToday))
  const used = A_DAY - all
  const marks = Array.from({ length: A_DAY }, (_, index) =>
    index < used ? 'used' : index < used + n ? 'yours' : 'others',
  )
  return (
    <Box className="tries">
      <Box className="tries-marks" role="img" label={fill(copy.ui.result.tries.marks, { used, n, others: all - n })}>
        {marks.map((mark, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the five places of a day never move.
          <Box key={index} className={`try try-${mark}`} />
        ))}
      </Box>
      <Box className="tries-words">{[cost, wordsOf(tries, copy)].filter(part => part).join(' · ')}</Box>
    </Box>
  )
}
