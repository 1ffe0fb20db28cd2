import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault } from '../../../config/local/simulator/faults'
import {
  openSimulator,
  SIMULATED_ALIYUN,
  SIMULATED_BAIDU,
  SIMULATED_TENCENT,
} from '../../../config/local/simulator/simulator'
import type { LedgerRow, SimulatorState } from '../../../config/local/simulator/state'
import type { Job, Limits } from '../../../functions/gate/ports'
import type { NoticeJob } from '../../../functions/notices/fan-out/ports'
import type { ProviderRow } from '../../../functions/providers/provider-row'
import { connectProviders, PROVIDERS } from '../../../functions/providers/registry'
import type { InvoiceProvider } from '../../../functions/verification/ports'
import { openTable, type TestTable } from '../dynalite-table'
import { type Container, openContainer } from './container'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE

/** Product time. It passes as real time does, so that pace and patience are real, and a test moves it forward. */
export interface MovedClock {
  now(): number
  advance(ms: number): void
  /** Moves to that time of the product's day (`23:59:58`), or of a later one. */
  moveTo(time: string, daysLater?: number): void
  /** Some day from today on in Asia/Shanghai, as `YYYY-MM-DD`. */
  day(fromToday?: number): string
}

export interface GateWorld {
  clock: MovedClock
  table: TestTable
  /** The local stack's simulator behind its own port: invoices, faults, ledger. */
  tax: SimulatorState
  /** Each has its own memory; they share nothing but the table, the queue and the providers. */
  containers: Container[]
  /** The first of them. */
  container: Container
  logs: Record<string, unknown>[]
  queue: { job: Job; at: number }[]
  /** Work that was handed to the fan-out. */
  told: { job: NoticeJob; at: number }[]
  /** `factor` shortens every pause of the product; `timeoutMs` every call. */
  patience: { factor: number; timeoutMs: number }
  /** Sets a fault; every call when no invoice is named. */
  fault(provider: Fault['provider'], mode: Fault['mode'], more?: Partial<Fault>): void
  /** Calls about an invoice, or all. */
  ledger(invoiceNumber?: unknown): LedgerRow[]
  /** A container more, with a clock that is ahead by so much. */
  newContainer(skewMs?: number): Container
  close(): Promise<void>
}

export interface WorldOptions {
  containers?: number
  limits?: Partial<Limits>
  rows?: readonly ProviderRow[]
  /** The providers' own limits instead of a fast one. */
  paced?: boolean
  /** Where a provider stands instead of the simulator. */
  baseUrlOf?(name: string, simulator: { port: number; tax: SimulatorState; now(): number }): string | null
  secretsOf?(name: string): Record<string, string> | null
}

const SECRETS: Readonly<Record<string, Record<string, string>>> = {
  tencent: { 'secret-id': SIMULATED_TENCENT.secretId, 'secret-key': SIMULATED_TENCENT.secretKey },
  baidu: { 'api-key': SIMULATED_BAIDU.apiKey, 'secret-key': SIMULATED_BAIDU.secretKey },
  aliyun: { 'access-key-id': SIMULATED_ALIYUN.accessKeyId, 'access-key-secret': SIMULATED_ALIYUN.accessKeySecret },
}
const LIMITS: Limits = {
  callsPerPerson: 10_000,
  fenPerDay: 10_000_000,
  robotFenPerDay: 8_000_000,
  secondOpinionFromFen: 1_000_000,
}
/** Faster than any test asks: pace has tests of its own. */
const FAST = 10_000
const DAY = 24 * HOUR
const shanghaiDay = (at: number) => new Date(at + 8 * HOUR).toISOString().slice(0, 10)

/** Begins tomorrow at ten in Shanghai, so that the simulator's clock, which never goes back, can follow. */
function movedClock(follow: (offsetMs: number) => void): MovedClock {
  let offset = Date.parse(`${shanghaiDay(Date.now() + DAY)}T10:00:00+08:00`) - Date.now()
  follow(offset)
  const now = () => Date.now() + offset
  const day = (fromToday = 0) => shanghaiDay(now() + fromToday * DAY)
  const advance = (ms: number) => {
    offset += ms
    follow(offset)
  }
  const moveTo = (time: string, daysLater = 0) => advance(Date.parse(`${day(daysLater)}T${time}+08:00`) - now())
  return { now, advance, moveTo, day }
}

/** The verifying functions, several times over, against the local stack's simulator over HTTP and one table. */
export async function openGateWorld(options: WorldOptions = {}): Promise<GateWorld> {
  const table = await openTable()
  const dataDir = mkdtempSync(join(tmpdir(), 'yanpiao-gate-'))
  const wait = async (ms: number) => void (await sleep(ms))
  const simulator = openSimulator({ dataDir, realNow: Date.now, random: Math.random, wait })
  const { state: tax } = simulator
  const server = await simulator.listen({ port: 0, productPort: null })
  const clock = movedClock(offsetMs => tax.record({ type: 'clock', offsetMs }))
  const patience = { factor: 0.05, timeoutMs: 5000 }
  const shortened = (provider: InvoiceProvider): InvoiceProvider => ({
    ...provider,
    callsPerSecond: options.paced ? provider.callsPerSecond : FAST,
    verify: (asked, within) => provider.verify(asked, Math.min(within, patience.timeoutMs)),
  })
  const logs: Record<string, unknown>[] = []
  const queue: GateWorld['queue'] = []
  const told: GateWorld['told'] = []
  const secrets = {
    pepper: randomBytes(32),
    sessionKeys: [{ kid: 'k1', key: new Uint8Array(randomBytes(32)) }],
    cursorKey: randomBytes(32),
  }
  const around = { port: server.port, tax, now: simulator.now }
  const newContainer = (skewMs = 0) =>
    openContainer({
      now: () => clock.now() + skewMs,
      table,
      logs,
      queue,
      told,
      patience,
      secrets,
      limits: { ...LIMITS, ...options.limits },
      providers: connectProviders(options.rows ?? PROVIDERS, {
        baseUrlOf: name => options.baseUrlOf?.(name, around) ?? `http://127.0.0.1:${server.port}/${name}`,
        secretsOf: async name => options.secretsOf?.(name) ?? SECRETS[name] ?? {},
        simulated: true,
      }).map(shortened),
    })
  const container = newContainer()
  const others = Array.from({ length: (options.containers ?? 1) - 1 }, () => newContainer())
  return {
    clock,
    table,
    tax,
    containers: [container, ...others],
    container,
    logs,
    queue,
    told,
    patience,
    fault(provider, mode, more) {
      tax.record({
        type: 'fault',
        fault: { provider, mode, rate: 1, latencyMs: null, invoiceNumber: null, ...more },
      })
    },
    ledger: invoiceNumber =>
      tax.ledger.filter(row => invoiceNumber === undefined || row.invoiceNumber === invoiceNumber),
    newContainer,
    async close() {
      await table.close()
      await server.close()
      simulator.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
