import { Box } from './base/box'
import { Icon } from './icon'

/** The frame of what is on its way: there at once, its words when they are given. */
export function WaitingCard({ text }: { text: string }) {
  return (
    <Box className="answer">
      <Box className="outcome tone-mute is-waiting" role="status" live="polite">
        <Icon name="clock" className="outcome-icon" />
        <Box className="outcome-words">
          <Box className="ghost ghost-title" hidden />
          <Box className="outcome-meaning">{text}</Box>
        </Box>
      </Box>
      <Box className="card" hidden>
        <Box className="ghost" />
        <Box className="ghost" />
        <Box className="ghost ghost-short" />
      </Box>
    </Box>
  )
}
