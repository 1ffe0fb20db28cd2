import { type Bound, type Step, steps, valueAt } from './bound-names'
import { addDecimals } from './decimal'
import { copyMap, copyOf, isMap, own, typeOf, type Value, type ValueMap } from './document-value'
import type { Operand } from './expression-reader'
import { validation } from './service-exceptions'
import type { Action } from './update-expression'

const wrongType = () => validation('An operand in the update expression has an incorrect data type')
const noPath = () => validation('The document path provided in the update expression is invalid for update')

function operandValue(operand: Operand, item: ValueMap, bound: Bound): Value {
  if (operand.kind === 'call') return callValue(operand, item, bound)
  const value = operand.kind === 'value' ? bound.values[operand.name] : valueAt(item, steps(operand, bound))
  if (value === undefined)
    throw validation('The provided expression refers to an attribute that does not exist in the item')
  return value
}

function callValue({ name, of }: Operand & { kind: 'call' }, item: ValueMap, bound: Bound): Value {
  const [first, second] = of
  if (first === undefined || second === undefined) throw wrongType()
  if (name === 'if_not_exists') {
    const present = first.kind === 'path' ? valueAt(item, steps(first, bound)) : undefined
    return present === undefined ? operandValue(second, item, bound) : present
  }
  const [head, tail] = [operandValue(first, item, bound), operandValue(second, item, bound)]
  if (!Array.isArray(head) || !Array.isArray(tail)) throw wrongType()
  return [...head, ...tail]
}

function assignedValue({ assigned }: Action & { kind: 'set' }, item: ValueMap, bound: Bound): Value {
  const first = operandValue(assigned.first, item, bound)
  if (assigned.term === null) return copyOf(first)
  const second = operandValue(assigned.term.operand, item, bound)
  if (typeof first !== 'number' || typeof second !== 'number') throw wrongType()
  return addDecimals(first, assigned.term.sign * second)
}

function added(value: Value | undefined, operand: Value): Value {
  if (value === undefined) return copyOf(operand)
  if (typeof value === 'number' && typeof operand === 'number') return addDecimals(value, operand)
  if (!(value instanceof Set && operand instanceof Set) || typeOf(value) !== typeOf(operand)) throw wrongType()
  return new Set([...value, ...operand])
}

/** Undefined when nothing is left: there are no empty sets. */
function without(value: Value | undefined, operand: Value): Value | undefined {
  if (value === undefined) return undefined
  if (!(value instanceof Set && operand instanceof Set) || typeOf(value) !== typeOf(operand)) throw wrongType()
  const rest = [...value].filter(entry => !operand.has(entry))
  return rest.length === 0 ? undefined : new Set(rest)
}

/** One thing to write or, when undefined, to take away. */
interface Change {
  path: Step[]
  value: Value | undefined
}

/** Every right side is read from the item as it was before the update. */
function changeOf(action: Action, item: ValueMap, bound: Bound): Change {
  const path = steps(action.path, bound)
  const parent = valueAt(item, path.slice(0, -1))
  const isList = typeof path.at(-1) === 'number'
  if (!(isList ? Array.isArray(parent) : isMap(parent))) throw noPath()
  if (action.kind === 'remove') return { path, value: undefined }
  if (action.kind === 'set') return { path, value: assignedValue(action, item, bound) }
  const operand = operandValue(action.value, item, bound)
  const value = valueAt(item, path)
  return { path, value: action.kind === 'add' ? added(value, operand) : without(value, operand) }
}

function write(root: ValueMap, { path, value }: Change, lists: Map<Value[], Set<number>>): void {
  const parent = valueAt(root, path.slice(0, -1))
  const last = path.at(-1)
  if (Array.isArray(parent) && typeof last === 'number') {
    // Positions mean those of the list as it was; what is set behind the end follows the last entry.
    if (value === undefined) lists.set(parent, (lists.get(parent) ?? new Set()).add(last))
    else if (last >= parent.length) parent.push(value)
    else parent[last] = value
  } else if (isMap(parent) && typeof last === 'string') {
    if (value === undefined) delete parent[last]
    else if (last === '__proto__') Object.defineProperty(parent, last, { value, enumerable: true, configurable: true })
    else parent[last] = value
  }
}

/** The item, copied as far as the paths reach; what lies elsewhere is shared, for stored items never change. */
function copyAlong(item: ValueMap, changes: readonly Change[]): ValueMap {
  const copy: ValueMap = { ...item }
  for (const { path } of changes) {
    const [head] = path
    const value = typeof head === 'string' && path.length > 1 ? own(copy, head) : undefined
    if (typeof head === 'string' && value !== undefined) copy[head] = isMap(value) ? copyMap(value) : copyOf(value)
  }
  return copy
}

/**
 * The item after an update; the given one stays as it is.
 * @throws DynamoDBServiceException ValidationException for paths and types that do not fit this item
 */
export function applyUpdate(actions: readonly Action[], item: ValueMap, bound: Bound): ValueMap {
  const changes = actions.map(action => changeOf(action, item, bound))
  const copy = copyAlong(item, changes)
  const removed = new Map<Value[], Set<number>>()
  const position = ({ path }: Change) => Number(path.at(-1))
  const ofMaps = changes.filter(({ path }) => typeof path.at(-1) === 'string')
  const ofLists = changes.filter(({ path }) => typeof path.at(-1) === 'number')
  // Behind the end of one list, entries follow in the order of their positions.
  for (const change of [...ofMaps, ...ofLists.sort((a, b) => position(a) - position(b))]) write(copy, change, removed)
  for (const [list, positions] of removed) {
    const kept = list.filter((_, at) => !positions.has(at))
    list.splice(0, list.length, ...kept)
  }
  return copy
}
