import type { SQSEvent } from 'aws-lambda'
import type { Job } from '../../functions/gate/ports'
import { ANSWER_LOST, answerOf, type CodeMeaning } from '../../functions/providers/code-meaning'
import type { InvoiceProvider } from '../../functions/verification/ports'
import { apiFunction } from '../../functions/wiring/api'
import { sweepFunction } from '../../functions/wiring/sweep'
import { verifyFunction } from '../../functions/wiring/verify'
import { workerFunction } from '../../functions/wiring/worker'
import type { TestTable } from '../flow/dynalite-table'

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

export interface LivedDay {
  clock: { now(): number; advance(ms: number): void }
  provider: ScriptedProvider
  /** Messages that nobody has taken. */
  queue: Job[]
  verify: ReturnType<typeof verifyFunction>
  api: ReturnType<typeof apiFunction>
  sweep: ReturnType<typeof sweepFunction>
  /** Serves everything in the queue. */
  work(): Promise<void>
}

/** The functions over a table, each with a container of its own, and a provider that does as it is told. */
export function livedDay(table: TestTable, start: number): LivedDay {
  let now = start
  let bytes = 0
  const clock = { now: () => now }
  const provider = new ScriptedProvider()
  const queue: Job[] = []
  const deps = {
    clock,
    random: (count: number) => Uint8Array.from({ length: count }, () => bytes++ % 256),
    log: () => undefined,
    secrets: async () => ({
      pepper: new Uint8Array(32),
      sessionKeys: [{ kid: 'k', key: new Uint8Array(32).fill(1) }],
      cursorKey: new Uint8Array(32).fill(2),
    }),
    dynamo: table.dynamo,
    tableName: table.tableName,
    version: '0.0.0',
    simulated: true,
    isExempt: () => true,
  }
  const checking = {
    ...deps,
    providers: [provider],
    queue: { send: async (jobs: readonly { job: Job }[]) => void queue.push(...jobs.map(({ job }) => job)) },
    limits: { callsPerPerson: 100, fenPerDay: 100_000, robotFenPerDay: 80_000, secondOpinionFromFen: 1_000_000 },
    elapsed: () => now,
    wait: async (ms: number) => {
      now += ms
    },
  }
  const worker = workerFunction({ ...checking, noticeQueue: { send: async () => undefined } })
  return {
    clock: {
      ...clock,
      advance(ms) {
        now += ms
      },
    },
    provider,
    queue,
    verify: verifyFunction(checking),
    api: apiFunction({
      ...deps,
      identities: [
        {
          identify: async code => ({
            ok: true,
            identity: { issuer: 'dev', subject: code, operator: code === 'operator' },
          }),
        },
      ],
      operators: new Set<string>(),
      fenPerDay: 100_000,
    }),
    sweep: sweepFunction(checking),
    async work() {
      const Records = queue.splice(0).map((job, at) => ({ messageId: String(at), body: JSON.stringify(job) }))
      const { batchItemFailures } = await worker({ Records } as unknown as SQSEvent)
      expect(batchItemFailures).toEqual([])
    },
  }
}
