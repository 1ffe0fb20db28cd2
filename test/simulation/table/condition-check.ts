import { type Bound, constantOf, steps } from './bound-names'
import type { Condition } from './condition-expression'
import { compareValues, typeOf, type Value } from './document-value'
import type { Operand } from './expression-reader'
import { validation } from './service-exceptions'

const ORDERED = new Set(['S', 'N', 'B'])
const ATTRIBUTE_TYPES = ['S', 'N', 'B', 'NULL', 'SS', 'BOOL', 'L', 'BS', 'NS', 'M']
const WITHOUT_SIZE = new Set(['N', 'BOOL', 'NULL'])

const typeError = (name: string, type: string) =>
  validation(`Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`)

/** What a condition may not say, whatever the item is. */
class Checker {
  constructor(private readonly bound: Bound) {}

  condition(node: Condition): void {
    switch (node.kind) {
      case 'and':
      case 'or':
        this.condition(node.left)
        this.condition(node.right)
        return
      case 'not':
        this.condition(node.of)
        return
      case 'compare':
        this.comparison(node)
        return
      case 'between':
        this.between(node)
        return
      case 'in':
        for (const operand of [node.of, ...node.list]) this.size(operand)
        return
      case 'test':
        this.test(node)
    }
  }

  private comparison({ by, left, right }: Condition & { kind: 'compare' }): void {
    this.size(left)
    this.size(right)
    this.distinct(left, right)
    if (by !== '=' && by !== '<>') for (const operand of [left, right]) this.ordered(by, operand)
  }

  private between({ of, low, high }: Condition & { kind: 'between' }): void {
    for (const operand of [of, low, high]) {
      this.size(operand)
      this.ordered('BETWEEN', operand)
    }
    const [lower, upper] = [constantOf(low, this.bound), constantOf(high, this.bound)]
    if (lower === undefined || upper === undefined) return
    const order = compareValues(lower, upper)
    if (order === null) throw validation('The BETWEEN operator requires same data type for lower and upper bounds')
    if (order > 0)
      throw validation('The BETWEEN operator requires upper bound to be greater than or equal to lower bound')
  }

  private test({ name, of }: Condition & { kind: 'test' }): void {
    const [first, second] = of
    for (const operand of of) this.size(operand)
    if (first && second) this.distinct(first, second)
    if (name.startsWith('attribute_') && first?.kind !== 'path')
      throw validation(`Operator or function requires a document path; operator or function: ${name}`)
    if (name === 'begins_with')
      for (const operand of of) this.typed(name, operand, type => type === 'S' || type === 'B')
    if (name !== 'attribute_type') return
    const type = second && constantOf(second, this.bound)
    if (typeof type !== 'string' || !ATTRIBUTE_TYPES.includes(type))
      throw validation(`Invalid attribute type name found; type: ${String(type)}`)
  }

  private distinct(left: Operand, right: Operand): void {
    if (left.kind !== 'path' || right.kind !== 'path') return
    if (JSON.stringify(steps(left, this.bound)) === JSON.stringify(steps(right, this.bound)))
      throw validation('The first operand must be distinct from the remaining operands for this operator or function')
  }

  private ordered(name: string, operand: Operand): void {
    this.typed(name, operand, type => ORDERED.has(type))
  }

  private size(operand: Operand): void {
    if (operand.kind !== 'call') return
    for (const of of operand.of) this.typed('size', of, type => !WITHOUT_SIZE.has(type))
  }

  private typed(name: string, operand: Operand, fits: (type: string) => boolean): void {
    const constant: Value | undefined = constantOf(operand, this.bound)
    const type = operand.kind === 'call' ? 'N' : constant === undefined ? null : typeOf(constant)
    if (type !== null && !fits(type)) throw typeError(name, type)
  }
}

/** @throws DynamoDBServiceException ValidationException for operands that can never be right */
export function checkCondition(root: Condition, bound: Bound): void {
  new Checker(bound).condition(root)
}
