import type { NoticeQueue } from '../notices/fan-out/ports'
import { type Published, publishDue } from '../notices/publish'
import { base32 } from '../platform/keyed-hash'
import { noticeMetrics } from '../platform/notice-log'
import { noticeStore } from '../store/notice-store'
import { table } from '../store/table'
import { trafficStore } from '../store/traffic-store'
import { waveStore } from '../store/wave-store'
import type { Deps } from './deps'

export type PublishDeps = Pick<Deps, 'clock' | 'random' | 'log' | 'dynamo' | 'tableName'> & { noticeQueue: NoticeQueue }

/** The publisher on the table; `overdueMs`: only what has been due for so long. Writes the log line. */
export function publisher(deps: PublishDeps, overdueMs = 0): () => Promise<Published> {
  const { clock, noticeQueue: queue } = deps
  const store = table(deps.dynamo, deps.tableName)
  const ports = {
    clock,
    queue,
    notices: noticeStore(store),
    waves: waveStore(store, clock),
    traffic: trafficStore(store),
    newWaveId: () => `wav_${base32(deps.random(15))}`,
  }
  return async () => {
    const started = performance.now()
    const now = clock.now()
    const run = await publishDue(ports, now, now - overdueMs)
    const { looked, published, moved, told, found, overdue, waves, faults } = run
    for (const fault of faults) {
      deps.log({ level: 'error', route: 'publish', error: fault instanceof Error ? fault.name : 'thrown' })
    }
    if (looked + found + faults.length > 0) {
      const ms = Math.round(performance.now() - started)
      const level = faults.length > 0 ? 'error' : overdue.length > 0 ? 'warn' : 'info'
      const metrics = noticeMetrics({ NoticeOverdue: overdue.length }, now)
      deps.log({ level, route: 'publish', looked, published, moved, told, found, overdue, waves, ms, ...metrics })
    }
    return run
  }
}

/**
 * Every minute: publishes, moves and tells what is due. Calls neither WeChat nor a provider, reads no secret.
 * @throws Error at the end when anything failed: the next run does it
 */
export function publishFunction(deps: PublishDeps): () => Promise<{ told: number; found: number }> {
  const publish = publisher(deps)
  return async () => {
    const { told, found, faults } = await publish()
    if (faults.length > 0) throw new Error(`${faults.length} of the publisher failed`)
    return { told, found }
  }
}
