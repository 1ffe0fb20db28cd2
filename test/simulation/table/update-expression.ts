import { ExpressionReader, type Operand, type Path, remembered, type ValueName } from './expression-reader'
import { validation } from './service-exceptions'

/** A sum or difference stands only at the top of what SET assigns. */
export interface Assigned {
  first: Operand
  term: { sign: 1 | -1; operand: Operand } | null
}
export type Action =
  | { kind: 'set'; path: Path; assigned: Assigned }
  | { kind: 'remove'; path: Path }
  | { kind: 'add' | 'delete'; path: Path; value: ValueName }

export interface ParsedUpdate {
  actions: readonly Action[]
  placeholders: ReadonlySet<string>
}

const CLAUSES = ['set', 'remove', 'add', 'delete'] as const
type Clause = (typeof CLAUSES)[number]
const CALLS = ['if_not_exists', 'list_append']

/** Source: Amazon DynamoDB Developer Guide, "Using update expressions": each clause once, its actions by commas. */
function parse(text: string): ParsedUpdate {
  const reader = new ExpressionReader(text)

  function call(name: string): Operand {
    if (!CALLS.includes(name)) throw validation(`Invalid function name; function: ${name}`)
    const of = reader.operands(operand)
    if (of.length !== 2) throw validation(`Incorrect number of operands for operator or function: ${name}`)
    if (name === 'if_not_exists' && of[0]?.kind !== 'path')
      throw validation(`Operator or function requires a document path; operator or function: ${name}`)
    return { kind: 'call', name, of }
  }

  const operand = (): Operand => reader.operandOf(call)

  function assigned(): Assigned {
    const first = operand()
    const sign = reader.take('+') ? 1 : reader.take('-') ? -1 : null
    return { first, term: sign === null ? null : { sign, operand: operand() } }
  }

  function action(clause: Clause): Action {
    const path = reader.path()
    if (clause === 'remove') return { kind: clause, path }
    if (clause === 'set') {
      reader.expect('=')
      return { kind: clause, path, assigned: assigned() }
    }
    if (!reader.peek().startsWith(':')) throw reader.syntaxError()
    return { kind: clause, path, value: reader.value() }
  }

  const actions: Action[] = []
  const seen = new Set<Clause>()
  while (!reader.done) {
    const clause = CLAUSES.find(name => reader.take(name))
    if (clause === undefined) throw reader.syntaxError()
    if (seen.has(clause)) throw validation(`The "${clause}" section can only be used once in an update expression;`)
    seen.add(clause)
    do actions.push(action(clause))
    while (reader.take(','))
  }
  return { actions, placeholders: reader.placeholders }
}

/** @throws DynamoDBServiceException ValidationException for what is no update */
export const parseUpdate = remembered(parse)
