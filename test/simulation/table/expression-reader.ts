import { RESERVED_WORDS } from './reserved-words'
import { validation } from './service-exceptions'

/** A document path as written: names, `#placeholders` and list positions. */
export interface Path {
  kind: 'path'
  parts: readonly (string | number)[]
}
export interface ValueName {
  kind: 'value'
  name: string
}

const TOKEN = /\s*(<=|>=|<>|[=<>()+\-,.[\]]|[#:]\w+|[A-Za-z]\w*|\d+|\S)/g
const NAME = /^(#\w+|[A-Za-z]\w*)$/
const KEYWORDS = new Set(['and', 'or', 'not', 'between', 'in', 'set', 'remove', 'add', 'delete'])

/** Walks over the tokens of an expression. Nothing is known of values yet: a parsed expression is kept and used again. */
export class ExpressionReader {
  /** Placeholders that occur, for the check that each is defined and each defined one is used. */
  readonly placeholders = new Set<string>()
  private readonly tokens: string[]
  private at = 0

  constructor(private readonly text: string) {
    this.tokens = [...text.matchAll(TOKEN)].map(([, token]) => token ?? '')
    if (this.tokens.length === 0) throw validation('The expression can not be empty;')
  }

  get done(): boolean {
    return this.at >= this.tokens.length
  }

  peek(ahead = 0): string {
    return this.tokens[this.at + ahead] ?? ''
  }

  next(): string {
    const token = this.peek()
    this.at++
    return token
  }

  /** Takes the token when it is this one; keywords in any case. */
  take(token: string): boolean {
    const found = this.peek().toLowerCase() === token
    if (found) this.at++
    return found
  }

  expect(token: string): void {
    if (!this.take(token)) throw this.syntaxError()
  }

  syntaxError() {
    return validation(`Syntax error; token: "${this.peek()}", near: "${this.text}"`)
  }

  /** A name followed by a bracket. */
  isCall(): boolean {
    return this.peek(1) === '(' && /^[A-Za-z]/.test(this.peek()) && !KEYWORDS.has(this.peek().toLowerCase())
  }

  value(): ValueName {
    const name = this.next()
    this.placeholders.add(name)
    return { kind: 'value', name }
  }

  path(): Path {
    const parts: (string | number)[] = [this.name()]
    while (!this.done) {
      if (this.take('.')) parts.push(this.name())
      else if (this.take('[')) parts.push(this.position())
      else break
    }
    return { kind: 'path', parts }
  }

  private position(): number {
    if (!/^\d+$/.test(this.peek())) throw this.syntaxError()
    const position = Number(this.next())
    this.expect(']')
    return position
  }

  private name(): string {
    if (!NAME.test(this.peek())) throw this.syntaxError()
    const name = this.next()
    if (name.startsWith('#')) this.placeholders.add(name)
    else if (RESERVED_WORDS.has(name.toLowerCase()))
      throw validation(`Attribute name is a reserved keyword; reserved keyword: ${name}`)
    return name
  }

  operandOf(call: (name: string) => Operand): Operand {
    if (this.peek().startsWith(':')) return this.value()
    return this.isCall() ? call(this.next()) : this.path()
  }

  /** The operands of a call, brackets included. */
  operands<T>(read: () => T): T[] {
    this.expect('(')
    const found = [read()]
    while (this.take(',')) found.push(read())
    this.expect(')')
    return found
  }
}

/** What stands for a value in either language. */
export type Operand = Path | ValueName | { kind: 'call'; name: string; of: readonly Operand[] }

/** Remembers parsed expressions by their text; an expression that cannot be parsed is parsed, and refused, each time. */
export function remembered<T>(parse: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return text => {
    const found = known.get(text)
    if (found !== undefined) return found
    const parsed = parse(text)
    known.set(text, parsed)
    return parsed
  }
}
