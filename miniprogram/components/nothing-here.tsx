import { Box } from './base/box'
import { Tap } from './base/tap'
import { Icon } from './icon'

/** An empty page, designed: what would be here, and the one next step. */
export function NothingHere(props: { title: string; note?: string; step: string; onStep: () => void }) {
  const { title, note = '', step, onStep } = props
  return (
    <Box className="empty">
      <Icon name="list" className="empty-icon" />
      <Box className="empty-title">{title}</Box>
      <Box className={note ? 'empty-note' : 'gone'}>{note}</Box>
      <Tap className="button button-main" onTap={onStep}>
        {step}
      </Tap>
    </Box>
  )
}
