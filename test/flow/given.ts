import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { IdentityProvider } from '../../functions/account/ports'
import type { Job, Limits } from '../../functions/gate/ports'
import type { NoticeJob } from '../../functions/notices/fan-out/ports'
import type { HttpFunction } from '../../functions/platform/endpoint'
import { TENCENT } from '../../functions/providers/tencent'
import type { InvoiceProvider } from '../../functions/verification/ports'
import { apiFunction } from '../../functions/wiring/api'
import { publicFunction } from '../../functions/wiring/public'
import { sweepFunction } from '../../functions/wiring/sweep'
import { verifyFunction } from '../../functions/wiring/verify'
import { workerFunction } from '../../functions/wiring/worker'
import { openTable, type TestTable } from './dynalite-table'
import { openTencent, type TencentServer } from './tencent-server'

/** Product time: stands still until a test moves it. */
export interface TestClock {
  now(): number
  set(iso: string): void
  advance(ms: number): void
}

export interface World {
  clock: TestClock
  table: TestTable
  tencent: TencentServer
  logs: Record<string, unknown>[]
  functions: {
    verify: HttpFunction
    api: HttpFunction
    public: HttpFunction
    sweep(): Promise<{ sent: number }>
    worker: ReturnType<typeof workerFunction>
  }
  /** Messages of the queue that nobody has taken, in the order of sending. */
  queue: { job: Job; at: number }[]
  /** Work that was handed to the fan-out. */
  told: { job: NoticeJob; at: number }[]
  /** Stands before the real provider. */
  provider: { verify: InvoiceProvider['verify'] }
  /** Addresses that no rate limit counts. */
  exempt: Set<string>
  sessionKeys: { kid: string; key: Uint8Array }[]
  /** Shortens the 3 s that a follower waits. */
  patience: { factor: number }
  /** The verifying functions begin anew, as in new containers: nothing that they remembered is left. */
  newContainers(): void
  close(): Promise<void>
}

export const START = '2026-11-22T10:00:00+08:00'

/** A code `user:<name>` signs in as that outside identity. */
const namedIdentity: IdentityProvider = {
  async identify(code) {
    const subject = /^user-(.+)$/.exec(code)?.[1]
    const operator = subject?.startsWith('operator') ?? false
    return subject === undefined ? null : { ok: true, identity: { issuer: 'wechat', subject, operator } }
  },
}

export function testClock(start = START): TestClock {
  let time = Date.parse(start)
  return {
    now: () => time,
    set: iso => {
      time = Date.parse(iso)
    },
    advance: ms => {
      time += ms
    },
  }
}

interface WorldOptions {
  providerTimeoutMs?: number
  simulated?: boolean
  limits?: Partial<Limits>
  /** More providers, after Tencent. */
  others?: readonly InvoiceProvider[]
  /** Hears of every pause, before it is shortened. */
  waited?(ms: number): void
}

/** The four functions as they are wired in the cloud, over a table and a provider of the test's own. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const [table, tencent] = [await openTable(), await openTencent()]
  const clock = testClock()
  const logs: Record<string, unknown>[] = []
  const exempt = new Set<string>(['192.0.2.1'])
  const patience = { factor: 1 }
  const sessionKeys = [{ kid: 'k1', key: new Uint8Array(randomBytes(32)) }]
  const secrets = { pepper: randomBytes(32), sessionKeys, cursorKey: randomBytes(32) }
  const simulated = options.simulated ?? true
  const timeoutMs = options.providerTimeoutMs ?? 4000
  const provider = {
    verify: TENCENT.connect({
      baseUrl: `http://${tencent.endpoint}`,
      secrets: async () => ({ 'secret-id': 'id', 'secret-key': 'key' }),
    }),
  }
  const first: InvoiceProvider = {
    ...TENCENT.traits,
    // As fast as a test asks: pace has tests of its own.
    callsPerSecond: 10_000,
    timeoutMs,
    simulated,
    verify: (asked, within) => provider.verify(asked, Math.min(within, timeoutMs)),
  }
  const queue: World['queue'] = []
  const told: World['told'] = []
  const deps = {
    clock,
    random: (bytes: number): Uint8Array => randomBytes(bytes),
    log: (line: Record<string, unknown>) => void logs.push(line),
    secrets: async () => secrets,
    dynamo: table.dynamo,
    tableName: table.tableName,
    version: '0.0.0-test',
    simulated,
    isExempt: (ip: string) => exempt.has(ip),
  }
  const checking = {
    ...deps,
    providers: [first, ...(options.others ?? [])],
    queue: { send: async (jobs: readonly { job: Job; at: number }[]) => void queue.push(...jobs) },
    noticeQueue: { send: async (jobs: readonly { job: NoticeJob; at: number }[]) => void told.push(...jobs) },
    limits: {
      callsPerPerson: 1000,
      fenPerDay: 10_000_000,
      robotFenPerDay: 8_000_000,
      secondOpinionFromFen: 1_000_000,
      ...options.limits,
    },
    elapsed: () => performance.now(),
    wait: async (ms: number) => {
      options.waited?.(ms)
      await sleep(ms * patience.factor)
    },
  }
  const checkers = () => ({ verify: verifyFunction(checking), worker: workerFunction(checking) })
  const functions: World['functions'] = {
    ...checkers(),
    api: apiFunction({
      ...deps,
      identities: [namedIdentity],
      operators: new Set<string>(),
      fenPerDay: checking.limits.fenPerDay,
    }),
    public: publicFunction(deps),
    sweep: sweepFunction(checking),
  }
  return {
    clock,
    table,
    tencent,
    logs,
    provider,
    queue,
    told,
    exempt,
    sessionKeys,
    patience,
    functions,
    newContainers: () => void Object.assign(functions, checkers()),
    async close() {
      await table.close()
      await tencent.close()
    },
  }
}

let serial = 0

/** A digital invoice that nobody has asked about: 20 digits, issued two days before the start. */
export function digitalInvoice(changes: Record<string, unknown> = {}): Record<string, unknown> {
  serial++
  return {
    invoiceNumber: `2633200000${String(serial).padStart(10, '0')}`,
    issueDate: '2026-11-20',
    amount: '106.00',
    ...changes,
  }
}

/** An electronic normal invoice: code, number and check code. */
export function electronicInvoice(changes: Record<string, unknown> = {}): Record<string, unknown> {
  serial++
  return {
    invoiceCode: '033002100111',
    invoiceNumber: String(serial).padStart(8, '0'),
    issueDate: '2026-11-20',
    checkCode: '123456',
    ...changes,
  }
}
