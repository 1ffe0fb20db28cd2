interface BarsProps {
  /** One background for the whole row. */
  background: string
  label: string
}

/** A row of bars drawn as one element; its label says it in words. */
export function Bars({ background, label }: BarsProps) {
  return <div className="bars" role="img" aria-label={label} style={{ background }} />
}
