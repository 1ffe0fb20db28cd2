import type { Table } from '../../functions/store/table'
import type { Random } from './random'
import type { Units } from './table/capacity'
import { copyMap, type ValueMap } from './table/document-value'
import { ItemVersions } from './table/item-versions'
import { type SdkOptions, sdkClient, type TablePort, type TableTime } from './table/sdk-client'
import { connectionLost, throttled } from './table/service-exceptions'
import { commandName, TableEngine } from './table/table-engine'
import { drawFate, type Fate, type Mishap, NO_FAULTS, type TableFaults } from './table/table-faults'
import { TableMeter } from './table/table-meter'
import type { View } from './table/table-read'
import { type PrimaryKey, primaryKey } from './table/table-shape'

export interface Attempt {
  command: object
  /** Get, Put, Update, Delete, Query, BatchGet or BatchWrite. */
  name: string
  /** 1 for the first; the SDK repeats throttled and lost calls. */
  number: number
}

export interface SimulatedTableOptions {
  time: TableTime
  random: Random
  name?: string
  faults?: Partial<TableFaults>
  /** Attempts of one call, the SDK's repetitions included. Default 3. */
  attempts?: number
  /** How far back stale reads and the global index may ever look, ms; bounds the kept past. Default 0. */
  keptMs?: number
}

export interface SimulatedTable extends Table {
  /**
   * The table for one process: `wrap` stands between its SDK and the wire, so that a crashed process repeats nothing.
   * `table.through(port => invocation.port('table', port, tableCall))`.
   */
  through(wrap: (port: TablePort) => TablePort): Table
  /** What may go wrong from now on. */
  faults: TableFaults
  meter: TableMeter
  /** Decides for one attempt, in place of chance; null leaves it to chance. */
  plan: ((attempt: Attempt) => Mishap | 'nothing' | null) | null
  /** Hears of each change or read right after it happened: the instant to check invariants at. */
  observe(listener: (attempt: Attempt) => void): void
  /** Every item there is at this instant, sorted by key, as copies; costs nothing. */
  items(): ValueMap[]
  /** One item, as a copy; costs nothing. */
  item(key: PrimaryKey): ValueMap | undefined
}

const READS = { Get: true, Query: true, BatchGet: true } as const

/** The time at which a read looks: strongly consistent reads, and every write, look at now. */
function viewOf(command: object, now: number, keptMs: number, { staleMs, indexLagMs }: Fate): View {
  const name = commandName(command)
  const { input } = command as { input?: { ConsistentRead?: boolean; RequestItems?: object } }
  const isBatchConsistent = Object.values(input?.RequestItems ?? {}).some(
    (request: { ConsistentRead?: boolean }) => request.ConsistentRead === true,
  )
  const mayBeStale = Object.hasOwn(READS, name) && input?.ConsistentRead !== true && !isBatchConsistent
  return { itemsAt: mayBeStale ? now - Math.min(staleMs, keptMs) : now, indexAt: now - Math.min(indexLagMs, keptMs) }
}

/**
 * A DynamoDB table in memory that behaves under `send` like the real one under a document client, in virtual time and
 * with the faults that are asked for. test/simulation/simulated-table.test.ts holds it against dynalite.
 * Numbers are JavaScript numbers: sums are exact in decimal while 15 digits hold them.
 */
export function simulatedTable(options: SimulatedTableOptions): SimulatedTable {
  const { time, random, name = 'yanpiao-simulated', attempts = 3, keptMs = 0 } = options
  const listeners: ((attempt: Attempt) => void)[] = []
  const meter = new TableMeter()

  const ttlLateMs = () => {
    const late = table.faults.ttlLateMs
    return late === null ? null : late === 0 ? 0 : random.int(late + 1)
  }
  const versions = new ItemVersions(() => time.now(), keptMs, ttlLateMs)
  const engine = new TableEngine(name, versions, random)

  function happen(attempt: Attempt, fate: Fate): object {
    const units: Units = { read: 0, write: 0, indexWrite: 0 }
    const view = viewOf(attempt.command, time.now(), keptMs, fate)
    try {
      return engine.execute(attempt.command, { view, units, unprocessed: table.faults.unprocessed })
    } finally {
      meter.add(attempt.name, units)
      for (const listener of listeners) listener(attempt)
    }
  }

  /** One attempt: there, effect, and back. */
  async function tryOnce(attempt: Attempt): Promise<object> {
    const fate = drawFate(table.faults, random)
    const planned = table.plan?.(attempt) ?? null
    const mishap = planned === null ? fate.mishap : planned === 'nothing' ? null : planned
    const { lostAfterMs } = table.faults
    await time.after(fate.beforeMs, `table ${attempt.name}`)
    if (mishap === 'request lost') {
      await time.after(lostAfterMs, `table ${attempt.name}, request lost`)
      throw connectionLost()
    }
    if (mishap === 'throttle') {
      await time.after(fate.afterMs, `table ${attempt.name}, throttled`)
      throw throttled()
    }
    const [answer, refusal] = settled(() => happen(attempt, fate))
    if (mishap === 'answer lost') {
      await time.after(lostAfterMs, `table ${attempt.name}, answer lost`)
      throw connectionLost()
    }
    await time.after(fate.afterMs, `table ${attempt.name}, answering`)
    if (answer === null) throw refusal
    return answer
  }

  const wire: TablePort = { send: (command, number) => tryOnce({ command, name: commandName(command), number }) }

  const sdk: SdkOptions = { time, random, attempts }

  const table: SimulatedTable = {
    client: sdkClient(wire, sdk),
    once: sdkClient(wire, { ...sdk, attempts: 1 }),
    name,
    through: wrap => {
      const port = wrap(wire)
      return { client: sdkClient(port, sdk), once: sdkClient(port, { ...sdk, attempts: 1 }), name }
    },
    faults: { ...NO_FAULTS, ...options.faults },
    meter,
    plan: null,
    observe: listener => {
      listeners.push(listener)
    },
    items: () => [...engine.all(time.now())].map(copyMap),
    item(key) {
      const stored = versions.current(primaryKey({ ...key }, true))
      return stored === null ? undefined : copyMap(stored.item)
    },
  }
  return table
}

/** The answer, or null with what was thrown. */
function settled(act: () => object): [object, null] | [null, unknown] {
  try {
    return [act(), null]
  } catch (error) {
    return [null, error]
  }
}
