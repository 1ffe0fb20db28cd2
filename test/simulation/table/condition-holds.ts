import { type Bound, steps, valueAt } from './bound-names'
import type { Comparator, Condition } from './condition-expression'
import { compareValues, sameValue, typeOf, type Value, type ValueMap } from './document-value'
import type { Operand } from './expression-reader'

/** `size` of a string is its length, of a binary its bytes, of a collection its entries; of the rest there is none. */
function sizeOf(value: Value | undefined): number | undefined {
  if (typeof value === 'string' || Array.isArray(value) || value instanceof Uint8Array) return value.length
  if (value instanceof Set) return value.size
  if (value === undefined || typeof value !== 'object' || value === null) return undefined
  return Object.keys(value).length
}

function operandValue(operand: Operand, item: ValueMap, bound: Bound): Value | undefined {
  if (operand.kind === 'value') return bound.values[operand.name]
  if (operand.kind === 'path') return valueAt(item, steps(operand, bound))
  const [of] = operand.of
  return of && sizeOf(operandValue(of, item, bound))
}

const ORDERINGS: Record<Exclude<Comparator, '=' | '<>'>, (order: number) => boolean> = {
  '<': order => order < 0,
  '<=': order => order <= 0,
  '>': order => order > 0,
  '>=': order => order >= 0,
}

/** Nothing equals what is not there, and nothing is ordered against another type. */
function compared(by: Comparator, left: Value | undefined, right: Value | undefined): boolean {
  if (left === undefined || right === undefined) return by === '<>'
  if (by === '=') return sameValue(left, right)
  if (by === '<>') return !sameValue(left, right)
  const order = compareValues(left, right)
  return order !== null && ORDERINGS[by](order)
}

function contains(value: Value, part: Value): boolean {
  if (typeof value === 'string') return typeof part === 'string' && value.includes(part)
  if (value instanceof Uint8Array) return part instanceof Uint8Array && Buffer.from(value).includes(Buffer.from(part))
  if (value instanceof Set) return value.has(part)
  return Array.isArray(value) && value.some(entry => sameValue(entry, part))
}

function beginsWith(value: Value, part: Value): boolean {
  if (typeof value === 'string') return typeof part === 'string' && value.startsWith(part)
  if (!(value instanceof Uint8Array && part instanceof Uint8Array)) return false
  return Buffer.from(value).subarray(0, part.length).equals(part)
}

function tested({ name, of }: Condition & { kind: 'test' }, item: ValueMap, bound: Bound): boolean {
  const [value, argument] = of.map(operand => operandValue(operand, item, bound))
  if (name === 'attribute_exists') return value !== undefined
  if (name === 'attribute_not_exists') return value === undefined
  if (value === undefined || argument === undefined) return false
  if (name === 'attribute_type') return typeOf(value) === argument
  return name === 'contains' ? contains(value, argument) : beginsWith(value, argument)
}

/** Whether a condition is true of an item; a missing item is one without attributes. */
export function holds(node: Condition, item: ValueMap, bound: Bound): boolean {
  const found = (operand: Operand) => operandValue(operand, item, bound)
  switch (node.kind) {
    case 'and':
      return holds(node.left, item, bound) && holds(node.right, item, bound)
    case 'or':
      return holds(node.left, item, bound) || holds(node.right, item, bound)
    case 'not':
      return !holds(node.of, item, bound)
    case 'compare':
      return compared(node.by, found(node.left), found(node.right))
    case 'between': {
      const value = found(node.of)
      return compared('>=', value, found(node.low)) && compared('<=', value, found(node.high))
    }
    case 'in':
      return node.list.some(operand => compared('=', found(node.of), found(operand)))
    case 'test':
      return tested(node, item, bound)
  }
}
