function ordered(value: unknown): unknown {
  if (value === undefined || value === null || typeof value !== 'object') return value
  if (value instanceof Uint8Array) return { binary: Buffer.from(value).toString('hex') }
  if (value instanceof Set) return { set: [...value].sort() }
  if (Array.isArray(value)) return value.map(ordered)
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, entry]) => [name, ordered(entry)]),
  )
}

/** One text for equal answers: names in order, sets in order, undefined left out. */
export const canonical = (value: unknown): string => JSON.stringify(ordered(value))
