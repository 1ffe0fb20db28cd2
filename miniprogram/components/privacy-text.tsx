import { fill } from '@shared/copy/copy'
import type { PageCopy } from '@shared/copy/page-copy'
import { Box } from './base/box'

/** The privacy text, made from the table of gated calls: `gates` are its texts, each once. */
export function PrivacyText({ copy, gates }: { copy: PageCopy; gates: readonly (keyof PageCopy['ui']['gated'])[] }) {
  const words = copy.ui.privacyText
  return (
    <Box className="card">
      <Box className="card-title" role="heading">
        {copy.ui.me.privacy}
      </Box>
      <Box className="card-note">{words.intro}</Box>
      {words.points.map(point => (
        <Box key={point} className="point">
          {point}
        </Box>
      ))}
      <Box className={gates.length ? 'card-note' : 'gone'}>{words.gated}</Box>
      {gates.map(gate => (
        <Box key={gate} className="point">
          {fill(words.gate, copy.ui.gated[gate])}
        </Box>
      ))}
    </Box>
  )
}
