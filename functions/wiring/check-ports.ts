import { PROOF_NUMBER_BYTES, proofNumberOf } from '@shared/invoice/proof-number'
import { Admission } from '../gate/admission'
import { TrafficCounter } from '../gate/traffic'
import { gateStore } from '../store/gate-store'
import { meterStore } from '../store/meter-store'
import { noticeStore } from '../store/notice-store'
import { personSpendStore } from '../store/person-spend-store'
import { recordStore } from '../store/record-store'
import type { Table } from '../store/table'
import { trafficStore } from '../store/traffic-store'
import type { CheckDeps } from './deps'
import { noticesInForce } from './notices-in-force'

/** What the functions that ask providers work with; memory of the meter, the notices and the traffic is the container's. */
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
    notices: noticesInForce(noticeStore(store), deps),
    traffic: new TrafficCounter({ traffic: trafficStore(store), clock, longestMs: deps.trafficWaitsMs }),
    newProofNumber: () => proofNumberOf(random(PROOF_NUMBER_BYTES)),
  }
}
