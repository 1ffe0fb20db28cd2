import { isMap, marshalMap, own, type Value, type ValueMap } from './document-value'
import type { Operand, Path } from './expression-reader'
import { validation } from './service-exceptions'

/** Placeholders of one request with what they stand for. */
export interface Bound {
  names: Readonly<Record<string, string>>
  values: ValueMap
}

/** @throws DynamoDBServiceException ValidationException for a list without entries */
export const boundOf = (input: {
  ExpressionAttributeNames?: Record<string, string> | undefined
  ExpressionAttributeValues?: Record<string, unknown> | undefined
}): Bound => {
  const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = input
  for (const given of [names, values])
    if (given !== undefined && Object.keys(given).length === 0)
      throw validation('Expression attributes must not be empty')
  return { names: names ?? {}, values: marshalMap(values ?? {}) }
}

export type Step = string | number

/** The path with its placeholders replaced. */
export function steps(path: Path, { names }: Bound): Step[] {
  return path.parts.map(part => (typeof part === 'string' && part.startsWith('#') ? (names[part] ?? part) : part))
}

/** One step into a list or a map. */
export function entryAt(value: Value, step: Step): Value | undefined {
  if (typeof step === 'number') return Array.isArray(value) ? value[step] : undefined
  return isMap(value) ? own(value, step) : undefined
}

/** What stands at a path; undefined when nothing does. */
export function valueAt(item: ValueMap, path: readonly Step[]): Value | undefined {
  let value: Value | undefined = item
  for (const step of path) {
    value = entryAt(value, step)
    if (value === undefined) return undefined
  }
  return value
}

export const constantOf = (operand: Operand, { values }: Bound): Value | undefined =>
  operand.kind === 'value' ? values[operand.name] : undefined

function checkDefined(used: Iterable<string>, { names, values }: Bound): void {
  for (const placeholder of used) {
    const defined = placeholder.startsWith('#') ? names : values
    if (!Object.hasOwn(defined, placeholder))
      throw validation(`An expression attribute used in expression is not defined; attribute: ${placeholder}`)
  }
}

/**
 * Every placeholder that is used must be defined, and the reverse, over all expressions of a request.
 * @throws DynamoDBServiceException ValidationException
 */
export function checkPlaceholders(used: readonly ReadonlySet<string>[], bound: Bound): void {
  for (const set of used) checkDefined(set, bound)
  for (const defined of [...Object.keys(bound.names), ...Object.keys(bound.values)])
    if (!used.some(set => set.has(defined)))
      throw validation(`Value provided unused in expressions: keys: {${defined}}`)
}
