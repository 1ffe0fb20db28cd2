import { PROOF_NUMBER_BYTES, proofNumberOf } from '@shared/invoice/proof-number'
import { finishDeletion } from '../account/delete-me'
import { accountStore } from '../store/account-store'
import { gateStore } from '../store/gate-store'
import { overdue } from '../store/pending-store'
import { recordStore } from '../store/record-store'
import { table } from '../store/table'
import { sweepPending } from '../verification/sweep-pending'
import type { Deps } from './deps'

export type SweepDeps = Pick<Deps, 'clock' | 'random' | 'log' | 'dynamo' | 'tableName' | 'simulated'>

/**
 * Every minute: settles checks that nobody works on any more and finishes deletions. Calls no provider, reads no secret.
 * @throws Error at the end when anything failed
 */
export function sweepFunction(deps: SweepDeps): () => Promise<{ settled: number }> {
  const store = table(deps.dynamo, deps.tableName)
  const accounts = accountStore(store)
  const ports = {
    clock: deps.clock,
    records: recordStore(store),
    gates: gateStore(store),
    simulated: deps.simulated,
    newProofNumber: () => proofNumberOf(deps.random(PROOF_NUMBER_BYTES)),
  }
  return async () => {
    const started = performance.now()
    let failed = 0
    const fail = (error: unknown) => {
      failed++
      deps.log({ level: 'error', route: 'sweep', error: error instanceof Error ? error.name : 'thrown' })
    }
    const { checks, buried } = await overdue(store, deps.clock.now())
    const settled = await sweepPending(ports, checks, fail)
    for (const userId of buried) await finishDeletion(accounts, userId).catch(fail)
    const ms = Math.round(performance.now() - started)
    deps.log({ level: failed > 0 ? 'error' : 'info', route: 'sweep', settled, deletions: buried.length, failed, ms })
    // A run that failed anywhere counts as an error of the function, which the alarm watches.
    if (failed > 0) throw new Error(`${failed} of the sweep failed`)
    return { settled }
  }
}
