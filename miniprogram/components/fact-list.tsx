import { Box } from './base/box'

export interface Fact {
  label: string
  /** Empty facts are left out by the caller. */
  value: string
  /** A second, smaller line. */
  more?: string
  /** Whether the value that was given agrees with the tax data; absent when none was given. */
  mark?: 'agrees' | 'differs'
  markLabel?: string
  money?: boolean
}

/** Lines to compare with the paper: label left, value right, what agrees is ticked. */
export function FactList({ title, note, facts }: { title: string; note?: string; facts: readonly Fact[] }) {
  return (
    <Box className="card facts">
      <Box className="card-title" role="heading">
        {title}
      </Box>
      <Box className={note ? 'card-note' : 'gone'}>{note ?? ''}</Box>
      {facts.map(fact => (
        <Box key={fact.label} className="fact">
          <Box className="fact-label">{fact.label}</Box>
          <Box className="fact-value">
            <Box className={fact.money ? 'fact-main money' : 'fact-main'}>
              {fact.value}
              {fact.mark ? <Box className={`fact-mark mark-${fact.mark}`} role="img" label={fact.markLabel} /> : null}
            </Box>
            {fact.more ? <Box className="fact-more">{fact.more}</Box> : null}
          </Box>
        </Box>
      ))}
    </Box>
  )
}
