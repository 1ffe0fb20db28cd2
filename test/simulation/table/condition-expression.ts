import { ExpressionReader, type Operand, remembered } from './expression-reader'
import { validation } from './service-exceptions'

export const COMPARATORS = ['=', '<>', '<', '<=', '>', '>='] as const
export type Comparator = (typeof COMPARATORS)[number]
export type Condition =
  | { kind: 'and' | 'or'; left: Condition; right: Condition }
  | { kind: 'not'; of: Condition }
  | { kind: 'compare'; by: Comparator; left: Operand; right: Operand }
  | { kind: 'between'; of: Operand; low: Operand; high: Operand }
  | { kind: 'in'; of: Operand; list: readonly Operand[] }
  | { kind: 'test'; name: TestName; of: readonly Operand[] }

const OPERANDS = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
} as const
export type TestName = keyof typeof OPERANDS
const isTest = (name: string): name is TestName => Object.hasOwn(OPERANDS, name)
const MAX_IN = 100

export interface ParsedCondition {
  root: Condition
  placeholders: ReadonlySet<string>
}

/** `OR` binds less than `AND`, `AND` less than `NOT` [Developer Guide, "Condition and filter expressions"]. */
function parse(text: string): ParsedCondition {
  const reader = new ExpressionReader(text)
  /** Conditions that stand in brackets of their own. */
  const grouped = new Set<Condition>()

  function call(name: string): Operand {
    if (name !== 'size') throw validation(`The function is not allowed to be used this way; function: ${name}`)
    const of = reader.operands(operand)
    if (of.length !== 1) throw validation(`Incorrect number of operands for operator or function: ${name}`)
    return { kind: 'call', name, of }
  }

  const operand = (): Operand => reader.operandOf(call)

  function test(name: string): Condition {
    if (!isTest(name)) throw validation(`Invalid function name; function: ${name}`)
    const of = reader.operands(operand)
    if (of.length !== OPERANDS[name])
      throw validation(`Incorrect number of operands for operator or function: ${name}, operands: ${of.length}`)
    return { kind: 'test', name, of }
  }

  function comparison(): Condition {
    const left = operand()
    if (reader.take('between')) {
      const low = operand()
      reader.expect('and')
      return { kind: 'between', of: left, low, high: operand() }
    }
    if (reader.take('in')) {
      const list = reader.operands(operand)
      if (list.length > MAX_IN) throw validation('The IN operator is provided with too many operands')
      return { kind: 'in', of: left, list }
    }
    const by = COMPARATORS.find(comparator => comparator === reader.peek())
    if (by === undefined) throw reader.syntaxError()
    reader.next()
    return { kind: 'compare', by, left, right: operand() }
  }

  function single(): Condition {
    if (reader.take('not')) return { kind: 'not', of: single() }
    if (reader.peek() === '(') {
      reader.next()
      const inner = or()
      reader.expect(')')
      if (grouped.has(inner)) throw validation('The expression has redundant parentheses;')
      grouped.add(inner)
      return inner
    }
    return reader.isCall() && reader.peek() !== 'size' ? test(reader.next()) : comparison()
  }

  function and(): Condition {
    let left = single()
    while (reader.take('and')) left = { kind: 'and', left, right: single() }
    return left
  }

  function or(): Condition {
    let left = and()
    while (reader.take('or')) left = { kind: 'or', left, right: and() }
    return left
  }

  const root = or()
  if (!reader.done) throw reader.syntaxError()
  return { root, placeholders: reader.placeholders }
}

/** @throws DynamoDBServiceException ValidationException for what is no condition */
export const parseCondition = remembered(parse)
