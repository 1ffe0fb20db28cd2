import { ANSWER_LOST, answerOf, type CodeMeaning } from '../../functions/providers/code-meaning'
import type { InvoiceProvider } from '../../functions/verification/ports'

/** Says what it is told to; a call that dies is one that never ends. */
export class ScriptedProvider implements InvoiceProvider {
  readonly name = 'test'
  readonly simulated = true
  readonly kinds = new Set(['UNKNOWN', 'DIGITAL_NORMAL', 'DIGITAL_SPECIAL'] as const)
  readonly order = 1
  readonly timeoutMs = 12_000
  readonly callsPerSecond = 100
  readonly priceFen = 30
  readonly sameDay = true
  meaning: CodeMeaning = ANSWER_LOST
  /** Set: the next call dies, and this hears of it. */
  dies: (() => void) | null = null

  verify() {
    if (this.dies === null) return Promise.resolve(answerOf(this.meaning, 'scripted', []))
    const died = this.dies
    this.dies = null
    died()
    return new Promise<never>(() => undefined)
  }
}
