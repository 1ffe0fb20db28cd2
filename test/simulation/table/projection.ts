import { type Bound, entryAt, type Step, steps } from './bound-names'
import { copyOf, type Value, type ValueMap } from './document-value'
import { ExpressionReader, type Path, remembered } from './expression-reader'

export interface ParsedProjection {
  paths: readonly Path[]
  placeholders: ReadonlySet<string>
}

/** @throws DynamoDBServiceException ValidationException for what is no list of paths */
export const parseProjection = remembered((text: string): ParsedProjection => {
  const reader = new ExpressionReader(text)
  const paths = [reader.path()]
  while (reader.take(',')) paths.push(reader.path())
  if (!reader.done) throw reader.syntaxError()
  return { paths, placeholders: reader.placeholders }
})

/** A tree of what to keep; a leaf keeps the whole. */
type Kept = Map<Step, Kept | null>

function treeOf(paths: readonly (readonly Step[])[]): Kept {
  const root: Kept = new Map()
  for (const path of paths) {
    let node = root
    path.forEach((step, at) => {
      const next = node.get(step) ?? (at === path.length - 1 ? null : new Map())
      node.set(step, next)
      if (next !== null) node = next
    })
  }
  return root
}

function pick(value: Value, kept: Kept): Value | undefined {
  const found = [...kept].flatMap(([step, inner]): [Step, Value][] => {
    const entry = entryAt(value, step)
    const picked = entry === undefined ? undefined : inner === null ? copyOf(entry) : pick(entry, inner)
    return picked === undefined ? [] : [[step, picked]]
  })
  if (found.length === 0) return undefined
  // Picked entries of a list close up, in the order of the list.
  if (Array.isArray(value)) return found.sort(([a], [b]) => Number(a) - Number(b)).map(([, entry]) => entry)
  return Object.fromEntries(found)
}

/** The item with these paths only. */
export function projected(item: ValueMap, paths: readonly (readonly Step[])[]): ValueMap {
  return (pick(item, treeOf(paths)) ?? {}) as ValueMap
}

export const pathsOf = (projection: ParsedProjection, bound: Bound): Step[][] =>
  projection.paths.map(path => steps(path, bound))
