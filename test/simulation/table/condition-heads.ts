import { type Bound, steps } from './bound-names'
import type { Condition } from './condition-expression'
import type { Operand } from './expression-reader'

function operandsOf(node: Condition): readonly Operand[] {
  switch (node.kind) {
    case 'and':
    case 'or':
      return [...operandsOf(node.left), ...operandsOf(node.right)]
    case 'not':
      return operandsOf(node.of)
    case 'compare':
      return [node.left, node.right]
    case 'between':
      return [node.of, node.low, node.high]
    case 'in':
      return [node.of, ...node.list]
    case 'test':
      return node.of
  }
}

function headOf(operand: Operand, bound: Bound): string[] {
  if (operand.kind === 'path') return [String(steps(operand, bound)[0])]
  return operand.kind === 'call' ? operand.of.flatMap(of => headOf(of, bound)) : []
}

/** The attributes that a condition looks at. */
export const headsOf = (root: Condition, bound: Bound): ReadonlySet<string> =>
  new Set(operandsOf(root).flatMap(operand => headOf(operand, bound)))
