import { createHash } from 'node:crypto'
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda'
import { devIdentities, localIdentityOf } from '../../config/local/local-identities'
import { SIMULATED_WECHAT } from '../../config/local/simulator/simulator'
import { SIMULATED_TEMPLATES } from '../../config/local/simulator/wechat-templates'
import type { Job } from '../../functions/gate/ports'
import type { NoticeJob } from '../../functions/notices/fan-out/ports'
import { apiFunction } from '../../functions/wiring/api'
import { deliverFunction } from '../../functions/wiring/deliver'
import { eventsFunction } from '../../functions/wiring/events'
import { publicFunction } from '../../functions/wiring/public'
import { publishFunction } from '../../functions/wiring/publish'
import { sourcesFunction } from '../../functions/wiring/sources'
import { sweepFunction } from '../../functions/wiring/sweep'
import { verifyFunction } from '../../functions/wiring/verify'
import { workerFunction } from '../../functions/wiring/worker'
import type { TestTable } from '../flow/dynalite-table'
import { type DayWechat, openDayWechat, PUSH_TOKEN } from './day-wechat'
import { ScriptedProvider } from './scripted-provider'

interface Timed<J> {
  job: J
  at: number
}

export interface LivedDay {
  clock: { now(): number; advance(ms: number): void }
  provider: ScriptedProvider
  wechat: DayWechat
  /** Messages that nobody has taken. */
  checks: Timed<Job>[]
  notices: Timed<NoticeJob>[]
  /** What the one source says now. */
  source: { text: string }
  verify: ReturnType<typeof verifyFunction>
  api: ReturnType<typeof apiFunction>
  public: ReturnType<typeof publicFunction>
  events: ReturnType<typeof eventsFunction>
  sweep: ReturnType<typeof sweepFunction>
  publish: ReturnType<typeof publishFunction>
  sources: ReturnType<typeof sourcesFunction>
  /** Serves every check in the queue. */
  work(): Promise<void>
  /** Serves what is due of the fan-out, and what comes of it. */
  deliver(): Promise<void>
  close(): Promise<void>
}

/** The one source of the day. */
const SOURCE = { name: '某市税务局', url: 'https://tax.example/rss', kind: 'rss', confidence: 'confirmed' } as const

async function serve<J>(jobs: readonly Timed<J>[], by: (event: SQSEvent) => Promise<SQSBatchResponse>): Promise<void> {
  const Records = jobs.map(({ job }, at) => ({ messageId: String(at), body: JSON.stringify(job) }))
  const { batchItemFailures } = await by({ Records } as unknown as SQSEvent)
  expect(batchItemFailures).toEqual([])
}

/** The functions over a table, each with a container of its own, a provider that does as it is told, and WeChat. */
export async function livedDay(table: TestTable, start: number): Promise<LivedDay> {
  let now = start
  let drawn = 0
  const clock = { now: () => now }
  const wait = async (ms: number) => {
    now += ms
  }
  const provider = new ScriptedProvider()
  const wechat = await openDayWechat(clock)
  const checks: Timed<Job>[] = []
  const notices: Timed<NoticeJob>[] = []
  const source = { text: '' }
  const pepper = new Uint8Array(32)
  const deps = {
    clock,
    // Of no other day on the same table.
    random: (count: number): Uint8Array =>
      createHash('sha256').update(`${start} ${drawn++}`).digest().subarray(0, count),
    log: () => undefined,
    secrets: async () => ({
      pepper,
      sessionKeys: [{ kid: 'k', key: new Uint8Array(32).fill(1) }],
      cursorKey: new Uint8Array(32).fill(2),
    }),
    dynamo: table.dynamo,
    tableName: table.tableName,
    version: '0.0.0',
    simulated: true,
    isExempt: () => true,
    queue: { send: async (jobs: readonly Timed<Job>[]) => void checks.push(...jobs) },
    noticeQueue: { send: async (jobs: readonly Timed<NoticeJob>[]) => void notices.push(...jobs) },
    templates: SIMULATED_TEMPLATES,
    publicUrl: 'https://yanpiao.example',
  }
  const checking = {
    ...deps,
    providers: [provider],
    limits: { callsPerPerson: 100, fenPerDay: 100_000, robotFenPerDay: 80_000, secondOpinionFromFen: 1_000_000 },
    elapsed: () => now,
    wait,
  }
  const worker = workerFunction(checking)
  const deliver = deliverFunction({
    ...deps,
    wechat: {
      baseUrl: wechat.origin,
      appId: SIMULATED_WECHAT.appId,
      secret: async () => SIMULATED_WECHAT.secret,
      state: 'formal',
    },
    wait,
  })
  return {
    clock: {
      ...clock,
      advance(ms) {
        now += ms
      },
    },
    provider,
    wechat,
    checks,
    notices,
    source,
    verify: verifyFunction(checking),
    api: apiFunction({ ...deps, identities: [devIdentities], operators: new Set<string>(), fenPerDay: 100_000 }),
    public: publicFunction(deps),
    events: eventsFunction({
      ...deps,
      secrets: async () => ({ pepper, token: PUSH_TOKEN, key: null }),
      appId: SIMULATED_WECHAT.appId,
      realNow: clock.now,
      identityOf: localIdentityOf,
    }),
    sweep: sweepFunction(checking),
    publish: publishFunction(deps),
    sources: sourcesFunction({
      ...deps,
      sources: [SOURCE],
      reader: { fetch: async () => ({ ok: true, contentType: 'application/rss+xml', text: source.text }) },
    }),
    work: () => serve(checks.splice(0), worker),
    async deliver() {
      for (;;) {
        const due = notices.filter(({ at }) => at <= now)
        if (due.length === 0) return
        notices.splice(0, notices.length, ...notices.filter(({ at }) => at > now))
        await serve(due, deliver)
      }
    },
    close: wechat.close,
  }
}
