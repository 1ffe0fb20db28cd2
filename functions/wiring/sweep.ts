import { finishDeletion } from '../account/delete-me'
import type { WorkQueue } from '../gate/ports'
import { accountStore } from '../store/account-store'
import { dueBy } from '../store/pending-store'
import { table } from '../store/table'
import { type PublishDeps, publisher } from './publish'

export type SweepDeps = PublishDeps & { queue: WorkQueue }

/** Work that falls due before the next sweep goes out with this one, each at its time. */
const AHEAD_MS = 60_000
/** What the publisher should have done by then is done here. */
const OVERDUE_MS = 2 * 60_000

/**
 * Every minute: hands checks that fall due to the worker, finishes deletions, and does what a publisher that did not run has left.
 * Calls no provider, reads no secret; a check whose message was lost is found again.
 * @throws Error at the end when anything failed
 */
export function sweepFunction(deps: SweepDeps): () => Promise<{ sent: number }> {
  const store = table(deps.dynamo, deps.tableName)
  const accounts = accountStore(store)
  const publish = publisher(deps, OVERDUE_MS)
  return async () => {
    const started = performance.now()
    let failed = 0
    const fail = (error: unknown) => {
      failed++
      deps.log({ level: 'error', route: 'sweep', error: error instanceof Error ? error.name : 'thrown' })
    }
    const now = deps.clock.now()
    const { jobs, buried } = await dueBy(store, now, now + AHEAD_MS)
    await deps.queue.send(jobs).catch(fail)
    for (const userId of buried) await finishDeletion(accounts, userId).catch(fail)
    const published = await publish().catch(fail)
    failed += published?.faults.length ?? 0
    const ms = Math.round(performance.now() - started)
    const sent = jobs.length
    deps.log({ level: failed > 0 ? 'error' : 'info', route: 'sweep', sent, deletions: buried.length, failed, ms })
    // A run that failed anywhere counts as an error of the function, which the alarm watches.
    if (failed > 0) throw new Error(`${failed} of the sweep failed`)
    return { sent }
  }
}
