import { Box } from './base/box'
import { Tap } from './base/tap'

interface LinkRowProps {
  text: string
  note?: string
  /** What is new behind it, with a red dot; empty when nothing is. */
  badge?: string
  onTap(): void
}

/** A way to another page, as one line of a card. */
export function LinkRow({ text, note = '', badge = '', onTap }: LinkRowProps) {
  return (
    <Tap className="link-row" onTap={onTap}>
      <Box className="link-words">
        <Box className="link-text">{text}</Box>
        <Box className={note ? 'card-note' : 'gone'}>{note}</Box>
      </Box>
      <Box className={badge ? 'dot' : 'gone'}>{badge}</Box>
    </Tap>
  )
}
