import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { IdentityProvider } from '../../../functions/account/ports'
import type { Job, Limits } from '../../../functions/gate/ports'
import type { NoticeJob } from '../../../functions/notices/fan-out/ports'
import type { InvoiceProvider } from '../../../functions/verification/ports'
import { apiFunction } from '../../../functions/wiring/api'
import { publicFunction } from '../../../functions/wiring/public'
import { sweepFunction } from '../../../functions/wiring/sweep'
import { verifyFunction } from '../../../functions/wiring/verify'
import { workerFunction } from '../../../functions/wiring/worker'
import type { TestTable } from '../dynalite-table'
import type { World } from '../given'

/** One set of the functions as a fresh container starts them: they have seen nothing yet. */
export type Container = Pick<World, 'functions' | 'queue'> & { clock: { now(): number } }

interface Surroundings {
  now(): number
  table: TestTable
  logs: Record<string, unknown>[]
  queue: { job: Job; at: number }[]
  /** Work that was handed to the fan-out. */
  told: { job: NoticeJob; at: number }[]
  patience: { factor: number }
  secrets: { pepper: Uint8Array; sessionKeys: { kid: string; key: Uint8Array }[]; cursorKey: Uint8Array }
  limits: Limits
  providers: readonly InvoiceProvider[]
}

/** A code `user-<name>` signs in as that person; one whose name begins with `operator` is an operator. */
const namedIdentity: IdentityProvider = {
  async identify(code) {
    const subject = /^user-(.+)$/.exec(code)?.[1]
    const operator = subject?.startsWith('operator') ?? false
    return subject === undefined ? null : { ok: true, identity: { issuer: 'wechat', subject, operator } }
  },
}

export function openContainer(around: Surroundings): Container {
  const { now, table, logs, queue, told, patience, secrets, limits, providers } = around
  const clock = { now }
  const deps = {
    clock,
    random: (bytes: number): Uint8Array => randomBytes(bytes),
    log: (line: Record<string, unknown>) => void logs.push(line),
    secrets: async () => secrets,
    dynamo: table.dynamo,
    tableName: table.tableName,
    version: '0.0.0-test',
    simulated: true,
    isExempt: () => true,
  }
  const checking = {
    ...deps,
    providers,
    limits,
    queue: { send: async (jobs: readonly { job: Job; at: number }[]) => void queue.push(...jobs) },
    noticeQueue: { send: async (jobs: readonly { job: NoticeJob; at: number }[]) => void told.push(...jobs) },
    elapsed: () => performance.now(),
    wait: async (ms: number) => void (await sleep(ms * patience.factor)),
  }
  const { fenPerDay } = limits
  return {
    clock,
    queue,
    functions: {
      verify: verifyFunction(checking),
      api: apiFunction({ ...deps, identities: [namedIdentity], operators: new Set<string>(), fenPerDay }),
      public: publicFunction(deps),
      sweep: sweepFunction(checking),
      worker: workerFunction(checking),
    },
  }
}
