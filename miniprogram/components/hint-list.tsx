import type { PageCopy } from '@shared/copy/page-copy'
import type { Hint } from '@shared/invoice/hint'
import { Box } from './base/box'

/** Doubts worth a look before a try is spent. */
export function HintList({ hints, copy }: { hints: readonly Hint[]; copy: PageCopy }) {
  return (
    <Box className={hints.length ? 'hints' : 'gone'} live="polite">
      {hints.map(hint => (
        <Box key={hint.code} className="hint">
          {copy.hint[hint.code]}
        </Box>
      ))}
    </Box>
  )
}
