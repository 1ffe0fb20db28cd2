import { type Bound, constantOf, steps } from './bound-names'
import type { Condition } from './condition-expression'
import { holds } from './condition-holds'
import { own, type Value, type ValueMap } from './document-value'
import type { Operand } from './expression-reader'
import { validation } from './service-exceptions'
import { KEY_TYPES } from './table-shape'

export interface KeyCondition {
  hash: Value
  /** True for keys in the range; null when the query names none. */
  range: ((item: ValueMap) => boolean) | null
}

const MIRRORED = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '=': '=', '<>': '<>' } as const

interface Part {
  attribute: string
  condition: Condition
  constants: readonly Operand[]
}

function attributeOf(operand: Operand | undefined, bound: Bound): string | null {
  if (operand?.kind !== 'path') return null
  const [name, ...rest] = steps(operand, bound)
  if (rest.length > 0) throw validation('KeyConditionExpressions cannot have conditions on nested attributes')
  return String(name)
}

function partOf(condition: Condition, bound: Bound): Part {
  if (condition.kind === 'compare' && condition.by !== '<>') {
    const { by, left, right } = condition
    const attribute = attributeOf(left, bound)
    if (attribute !== null) return { attribute, condition, constants: [right] }
    const mirrored = attributeOf(right, bound)
    if (mirrored !== null)
      return {
        attribute: mirrored,
        condition: { ...condition, by: MIRRORED[by], left: right, right: left },
        constants: [left],
      }
  }
  if (condition.kind === 'between') {
    const attribute = attributeOf(condition.of, bound)
    if (attribute !== null) return { attribute, condition, constants: [condition.low, condition.high] }
  }
  if (condition.kind === 'test' && condition.name === 'begins_with') {
    const [of, ...constants] = condition.of
    const attribute = attributeOf(of, bound)
    if (attribute !== null) return { attribute, condition, constants }
  }
  throw validation('Invalid operator or operand used in KeyConditionExpression')
}

const partsOf = (condition: Condition): Condition[] =>
  condition.kind === 'and' ? [...partsOf(condition.left), ...partsOf(condition.right)] : [condition]

function checkTypes({ attribute, constants }: Part, bound: Bound): void {
  const wanted = KEY_TYPES.get(attribute) === 'N' ? 'number' : 'string'
  for (const operand of constants) {
    const value = constantOf(operand, bound)
    if (value === undefined) throw validation('Invalid condition in KeyConditionExpression')
    if (typeof value !== wanted)
      throw validation('One or more parameter values were invalid: Condition parameter type does not match schema type')
    if (value === '') throw validation('One or more parameter values are not valid: a key is empty')
  }
}

/**
 * The hash key equal to a value and, at most, one condition on the range key.
 * @throws DynamoDBServiceException ValidationException
 */
export function keyConditionOf(root: Condition, hash: string, range: string, bound: Bound): KeyCondition {
  const parts = partsOf(root).map(part => partOf(part, bound))
  for (const part of parts) checkTypes(part, bound)
  const [first, second] = parts
  const hashPart = parts.find(({ attribute }) => attribute === hash)
  const rangePart = parts.find(({ attribute }) => attribute === range)
  const known = [hashPart, rangePart].filter(part => part !== undefined)
  if (parts.length > 2 || first?.attribute === second?.attribute || known.length !== parts.length)
    throw validation('Query key condition not supported')
  const { condition } = hashPart ?? {}
  if (condition?.kind !== 'compare' || condition.by !== '=')
    throw validation(`Query condition missed key schema element: ${hash}`)
  const value = constantOf(condition.right, bound)
  if (value === undefined) throw validation('Query key condition not supported')
  const rangeCondition = rangePart?.condition
  return {
    hash: value,
    range:
      rangeCondition === undefined ? null : item => holds(rangeCondition, { [range]: own(item, range) ?? null }, bound),
  }
}
