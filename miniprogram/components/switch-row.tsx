import { Box } from './base/box'
import { Tap } from './base/tap'

interface SwitchRowProps {
  label: string
  note: string
  isOn: boolean
  words: { on: string; off: string }
  onToggle(): void
}

/** A label with its note, and whether it holds. */
export function SwitchRow({ label, note, isOn, words, onToggle }: SwitchRowProps) {
  return (
    <Box className="setting">
      <Box className="setting-label">
        {label}
        <Box className="setting-note">{note}</Box>
      </Box>
      <Tap role="switch" checked={isOn} label={label} className={isOn ? 'switch is-on' : 'switch'} onTap={onToggle}>
        {isOn ? words.on : words.off}
      </Tap>
    </Box>
  )
}
