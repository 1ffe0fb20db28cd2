import { PROOF_NUMBER_BYTES, proofNumberOf } from '@shared/invoice/proof-number'
import { Admission } from '../gate/admission'
import { gateStore } from '../store/gate-store'
import { meterStore } from '../store/meter-store'
import { personSpendStore } from '../store/person-spend-store'
import { recordStore } from '../store/record-store'
import type { Table } from '../store/table'
import type { CheckDeps } from './deps'

/** What the functions that ask providers work with; one meter's memory for the container. */
export function checkPorts(deps: Omit<CheckDeps, 'secrets'>, store: Table) {
  const { clock, random, providers, queue, limits, simulated, elapsed, wait } = deps
  return {
    clock,
    random,
    providers,
    queue,
    limits,
    simulated,
    elapsed,
    wait,
    gates: gateStore(store),
    records: recordStore(store),
    personSpend: personSpendStore(store),
    admission: new Admission({ meters: meterStore(store), clock, limits }),
    newProofNumber: () => proofNumberOf(random(PROOF_NUMBER_BYTES)),
  }
}
