import http from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { Admission } from '../../functions/gate/admission'
import type { Admitted } from '../../functions/gate/admission-rule'
import { TENCENT } from '../../functions/providers/tencent'
import { meterStore } from '../../functions/store/meter-store'
import { table } from '../../functions/store/table'
import type { InvoiceProvider, ProviderAnswer } from '../../functions/verification/ports'
import { answerParent } from './child-process'
import { type Paced, pacedBy } from './pacing-peers'
import { dynamoAt } from './table-process'

/** One worker's part of a run. */
export interface Shift {
  pacer: 'gate' | Paced
  /** Where the calls go. */
  url: string
  tableEndpoint: string
  tableName: string
  /** The limit of the provider, over all workers. */
  perSecond: number
  workers: number
  /** Of this worker. */
  tasks: number
  /** Ms to add to this worker's clock: no two computers agree. */
  skewMs: number
}

const agent = new http.Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })

/** Sends one call; its status. */
function call(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: 'POST', agent }, response => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
    request.on('error', reject)
    request.end()
  })
}

const FOUND: ProviderAnswer = {
  outcome: 'consistent',
  lifecycle: 'normal',
  cause: null,
  reasons: [],
  invoice: null,
  compared: [],
  requestId: '',
  charged: 'yes',
  counted: 'yes',
  retry: 'none',
  rawCode: 'OK',
  codeKnown: true,
}
const UNCHARGED = { outcome: 'could_not_check', lifecycle: null, charged: 'no', counted: 'no' } as const
const BUSY: ProviderAnswer = { ...FOUND, ...UNCHARGED, cause: 'busy', retry: 'paced' }
const DOWN: ProviderAnswer = { ...FOUND, ...UNCHARGED, cause: 'network', retry: 'elsewhere' }
const answerOf = (status: number) => (status === 200 ? FOUND : status === 429 ? BUSY : DOWN)

/** What a check costs in waiting for its place, in ms of looking ahead; the gate's own patience is 3 s. */
const AHEAD_MS = 1500

/** Work through our gate: each call takes its place in the shared rate, and a failed one takes a new place. */
async function throughGate(shift: Shift): Promise<void> {
  const clock = { now: () => Date.now() + shift.skewMs }
  const dynamo = dynamoAt(shift.tableEndpoint)
  const unlimited = Number.MAX_SAFE_INTEGER
  const limits = { callsPerPerson: unlimited, fenPerDay: unlimited, robotFenPerDay: unlimited, secondOpinionFromFen: 0 }
  const admission = new Admission({ meters: meterStore(table(dynamo, shift.tableName)), clock, limits })
  const provider: InvoiceProvider = {
    ...TENCENT.traits,
    callsPerSecond: shift.perSecond,
    simulated: true,
    verify: async () => answerOf(await call(shift.url)),
  }
  /** Waits until a call may go out. */
  const place = async (): Promise<Admitted> => {
    for (;;) {
      const admitted = await admission.admit(provider, 'person', true)
      if (admitted.ok) {
        await sleep(Math.max(0, admitted.slot - clock.now()))
        return admitted
      }
      if (admitted.why === 'limit') throw new Error('the gate has no money left')
      const until = admitted.why === 'later' ? admitted.at - AHEAD_MS : admitted.until
      await sleep(Math.max(20, until - clock.now()))
    }
  }
  let left = shift.tasks
  const lane = async (name: number) => {
    while (left > 0) {
      left -= 1
      const invoice = `${String(name).padStart(3, '0')}${String(left).padStart(6, '0')}`
      for (let isDone = false; !isDone; ) {
        const admitted = await place()
        const said = await provider.verify({} as never, 0)
        await admission.report(provider, admitted, said, invoice)
        isDone = said.outcome === 'consistent'
      }
    }
  }
  const lanes = Math.ceil((shift.perSecond * AHEAD_MS) / 1000 / shift.workers) + 1
  await Promise.all(Array.from({ length: lanes }, (_, name) => lane(name)))
  dynamo.destroy()
}

/** Part `pacing-worker`: one of the processes that share a provider's limit. */
export async function servePacing(): Promise<void> {
  answerParent(async question => {
    if ('ready' in question) return null
    const shift = question as Shift
    if (shift.pacer === 'gate') await throughGate(shift)
    else await pacedBy(shift.pacer, shift, () => call(shift.url))
    return null
  })
}
