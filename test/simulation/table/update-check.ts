import { type Bound, constantOf, type Step, steps } from './bound-names'
import { typeOf } from './document-value'
import type { Operand } from './expression-reader'
import { validation } from './service-exceptions'
import { checkIndexKey } from './table-shape'
import type { Action } from './update-expression'

/**
 * Paths of one request may neither be the same, nor one inside the other, nor take a thing for a list and for a map.
 * @throws DynamoDBServiceException ValidationException
 */
export function checkPaths(paths: readonly (readonly Step[])[]): void {
  paths.forEach((path, at) => {
    for (const other of paths.slice(0, at)) checkPair(other, path)
  })
}

function checkPair(one: readonly Step[], two: readonly Step[]): void {
  const length = Math.min(one.length, two.length)
  for (let at = 0; at < length; at++) {
    if (typeof one[at] !== typeof two[at]) throw validation('Two document paths conflict with each other;')
    if (one[at] !== two[at]) return
  }
  throw validation('Two document paths overlap with each other;')
}

function checkOperand(operand: Operand, wanted: 'N' | 'L' | null, name: string, bound: Bound): void {
  const constant = constantOf(operand, bound)
  const known = constant === undefined ? null : typeOf(constant)
  const type = operand.kind === 'call' && operand.name === 'list_append' ? 'L' : known
  if (wanted !== null && type !== null && type !== wanted)
    throw validation(`Incorrect operand type for operator or function; operator or function: ${name}, type: ${type}`)
  if (operand.kind !== 'call') return
  const inner = operand.name === 'list_append' ? 'L' : null
  for (const of of operand.of) checkOperand(of, inner, operand.name, bound)
}

function checkAction(action: Action, bound: Bound): void {
  if (action.kind === 'remove') return
  if (action.kind === 'set') {
    const { first, term } = action.assigned
    const wanted = term === null ? null : 'N'
    checkOperand(first, wanted, '+', bound)
    if (term !== null) checkOperand(term.operand, wanted, '+', bound)
    return
  }
  const value = bound.values[action.value.name]
  const type = value === undefined ? 'NULL' : typeOf(value)
  const fits = type === 'SS' || type === 'NS' || (type === 'N' && action.kind === 'add')
  if (!fits)
    throw validation(`Incorrect operand type for operator or function; operator: ${action.kind}, type: ${type}`)
}

/** A constant of the wrong type for a key of an index is seen before the item is. */
function checkIndexed(action: Action, bound: Bound): void {
  if (action.kind !== 'set' || action.assigned.term !== null || action.path.parts.length > 1) return
  const constant = constantOf(action.assigned.first, bound)
  if (constant !== undefined) checkIndexKey(String(steps(action.path, bound)[0]), constant)
}

/**
 * What an update may not say, whatever the item is.
 * @throws DynamoDBServiceException ValidationException for operands, paths and key attributes
 */
export function checkUpdate(actions: readonly Action[], keyNames: readonly string[], bound: Bound): void {
  for (const action of actions) {
    checkAction(action, bound)
    checkIndexed(action, bound)
  }
  const paths = actions.map(({ path }) => steps(path, bound))
  if (paths.length > 1) checkPaths(paths)
  for (const [head] of paths)
    if (keyNames.includes(String(head)))
      throw validation(`Cannot update attribute ${String(head)}. This attribute is part of the key`)
}
