import { Box } from './base/box'
import { Tap } from './base/tap'

interface PickListProps {
  title: string
  picks: readonly { code: string; name: string }[]
  chosen: readonly string[]
  onToggle(code: string): void
}

/** Chips of which several may hold. */
export function PickList({ title, picks, chosen, onToggle }: PickListProps) {
  return (
    <Box className="slot">
      <Box className={title ? 'picks-group' : 'gone'}>{title}</Box>
      <Box className="picks">
        {picks.map(({ code, name }) => (
          <Tap
            key={code}
            role="switch"
            checked={chosen.includes(code)}
            className={chosen.includes(code) ? 'pick is-on' : 'pick'}
            onTap={() => onToggle(code)}
          >
            {name}
          </Tap>
        ))}
      </Box>
    </Box>
  )
}
