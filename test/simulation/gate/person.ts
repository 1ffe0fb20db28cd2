import { ServiceError } from '../../../functions/errors'
import type { VerificationRecord } from '../../../functions/verification/ports'
import type { Random } from '../random'
import type { VirtualTime } from '../virtual-time'
import type { Journal } from './journal'
import type { ShownResults } from './shown-results'
import type { QuestionBody } from './tax-side'
import type { Report } from './violation'

/** The product as a phone reaches it; null when no answer came within its patience. */
export interface Product {
  create(userId: string, key: string, body: QuestionBody): Promise<VerificationRecord | null>
  recheck(userId: string, key: string, id: string): Promise<VerificationRecord | null>
  read(userId: string, id: string): Promise<VerificationRecord | null>
  remove(userId: string, id: string): Promise<unknown>
  leave(userId: string): Promise<unknown>
}

interface PersonOptions {
  time: VirtualTime
  random: Random
  product: Product
  shown: ShownResults
  journal: Journal
  report: Report
  /** What each id is used for, before it is sent. */
  expect(userId: string, key: string, isRecheck: boolean): string
  removing(userId: string, id: string): void
  leaving(userId: string): void
}

const ATTEMPTS = 3
const POLLS = 4
/** Faults that a request may meet: the table's own after the SDK gave up, and load. */
const PASSING: readonly string[] = [
  'UNAVAILABLE',
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'TimeoutError',
  'ConnectionLost',
]

function isPassing(error: unknown): boolean {
  if (error instanceof ServiceError) return error.code === 'UNAVAILABLE'
  return (
    error instanceof Error &&
    (PASSING.includes(error.name) || '$metadata' in error || '$retryable' in error || 'code' in error)
  )
}

/** Somebody with a phone: asks, repeats what got no answer under the same key, looks again, deletes. */
export class Person {
  private readonly ids: string[] = []
  private isGone = false
  private serial = 0
  private lastKey: string | null = null

  constructor(
    readonly userId: string,
    private readonly world: PersonOptions,
  ) {}

  private async pause(from: number, to: number): Promise<void> {
    await this.world.time.after(this.world.random.between(from, to), `${this.userId} pauses`)
  }

  /** The answer; null when there was none, or a fault that such a request may meet. */
  private async tried(
    what: string,
    expected: readonly string[],
    call: () => Promise<VerificationRecord | null>,
  ): Promise<VerificationRecord | null> {
    const { journal, report, shown } = this.world
    try {
      const record = await call()
      journal.note(
        `${this.userId} ${what}: ${record === null ? 'no answer' : `${record.state} ${record.waiting ?? record.answer?.outcome ?? ''} ${record.answer?.cause ?? ''} ${record.id.slice(4, 9)}`}`,
      )
      if (record !== null) shown.note(this.userId, record)
      return record
    } catch (error) {
      const code = error instanceof ServiceError ? error.code : String(error)
      journal.note(`${this.userId} ${what}: ${code}`)
      const isLate = this.isGone && (code === 'UNAUTHENTICATED' || code === 'NOT_FOUND')
      if (!isPassing(error) && !expected.includes(code) && !isLate)
        report('fault', `${what}: ${error instanceof Error ? error.stack : code}`)
      return null
    }
  }

  private async until(
    what: string,
    expected: readonly string[],
    key: string,
    call: () => Promise<VerificationRecord | null>,
  ): Promise<void> {
    const { shown, random } = this.world
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const record = await this.tried(what, expected, call)
      if (record !== null) {
        shown.accept(this.userId, key, record.id)
        if (!this.ids.includes(record.id)) this.ids.push(record.id)
        if (!random.chance(0.15)) return this.follow(record)
      }
      await this.pause(50, 20_000)
    }
  }

  private async follow(record: VerificationRecord): Promise<void> {
    const { random } = this.world
    let seen: VerificationRecord | null = record
    for (let poll = 0; poll < POLLS && (seen === null || seen.state === 'pending' || random.chance(0.2)); poll++) {
      await this.pause(500, random.pick([3000, 40_000]))
      seen = await this.look(record.id)
    }
  }

  look(id: string): Promise<VerificationRecord | null> {
    // Deleted by its owner meanwhile.
    return this.tried('reads', ['NOT_FOUND'], () => this.world.product.read(this.userId, id))
  }

  async ask(body: QuestionBody, oldKey: boolean): Promise<void> {
    const { product, expect } = this.world
    const key = oldKey && this.lastKey !== null ? this.lastKey : `k${++this.serial}`
    this.lastKey = key
    expect(this.userId, key, false)
    const what = `asks ${key} ${body.invoiceNumber.slice(-2)} ${body.amount} ${body.kind ?? ''}`
    await this.until(what, ['KEY_REUSED', 'NOT_FOUND'], key, () => product.create(this.userId, key, body))
  }

  async askAgain(): Promise<void> {
    const { product, random, expect } = this.world
    if (this.ids.length === 0) return
    const id = random.pick(this.ids)
    this.serial++
    const key = `k${this.serial}`
    expect(this.userId, key, true)
    await this.until(`asks again ${key} ${id.slice(4, 9)}`, ['NOT_FOUND'], key, () =>
      product.recheck(this.userId, key, id),
    )
  }

  /** Ids of others lead to nothing. */
  async spy(id: string): Promise<void> {
    const { product, report } = this.world
    const record = await this.tried('spies', ['NOT_FOUND'], () => product.read(this.userId, id))
    if (record !== null && !this.ids.includes(id)) report('I4', `${this.userId} read ${id}`)
  }

  async remove(): Promise<void> {
    const { product, random, removing } = this.world
    if (this.ids.length === 0) return
    const id = random.pick(this.ids)
    removing(this.userId, id)
    await this.tried(`removes ${id.slice(4, 9)}`, ['NOT_FOUND', 'UNAUTHENTICATED'], async () => {
      await product.remove(this.userId, id)
      return null
    })
  }

  async leave(): Promise<void> {
    const { product, leaving } = this.world
    this.isGone = true
    leaving(this.userId)
    await this.tried('leaves', ['UNAUTHENTICATED'], async () => {
      await product.leave(this.userId)
      return null
    })
  }
}
