import { PROOF_NUMBER_BYTES, proofNumberOf } from '@shared/invoice/proof-number'
import { Admission } from '../../../functions/gate/admission'
import type { Limits } from '../../../functions/gate/ports'
import { TrafficCounter } from '../../../functions/gate/traffic'
import { accountStore } from '../../../functions/store/account-store'
import { gateStore } from '../../../functions/store/gate-store'
import { meterStore } from '../../../functions/store/meter-store'
import { personSpendStore } from '../../../functions/store/person-spend-store'
import { recordStore } from '../../../functions/store/record-store'
import type { Table } from '../../../functions/store/table'
import type { InvoiceProvider, KeyedHash, ProviderTraits } from '../../../functions/verification/ports'
import { Invocation, type Point } from '../invocation'
import type { Random } from '../random'
import type { SimulatedTable } from '../simulated-table'
import { tableCall } from '../table/sdk-client'
import type { VirtualTime } from '../virtual-time'
import type { CallReferee } from './call-referee'
import type { MessageQueue } from './message-queue'
import type { Outage } from './outage'
import type { Postbox } from './postbox'
import { Tickets } from './tickets'

export interface ContainerOptions {
  time: VirtualTime
  random: Random
  table: SimulatedTable
  queue: MessageQueue
  referee: CallReferee
  outage: Outage
  postbox: Postbox
  hash: KeyedHash
  limits: Limits
  traits: readonly ProviderTraits[]
  skewMs: number
  observe(point: Point, invocation: Invocation): void
}

/** Providers that ask the referee before each call leaves. */
function providersOf(options: ContainerOptions, invocation: Invocation, tickets: Tickets): InvoiceProvider[] {
  const { time, referee, traits } = options
  const wire = invocation.port('wire', { send: referee.send }, (_, [call]) =>
    String((call as { provider: string }).provider),
  )
  return traits.map(provider => ({
    ...provider,
    simulated: false,
    async verify(asked, timeoutMs) {
      // Like the adapters' own deadline: it runs while the process is frozen.
      const giveUpAt = time.now() + Math.min(timeoutMs, provider.timeoutMs)
      const call = referee.open(provider, asked, giveUpAt, tickets)
      const told = await wire.send(call, asked).catch((error: unknown) => {
        referee.lost(call)
        throw error
      })
      referee.told(call, told)
      return told
    },
  }))
}

/** One process of the product: its ports, its memory, its clock. */
export function openContainer(name: string, options: ContainerOptions) {
  const { time, random, table, queue, outage, postbox, hash, limits, skewMs, observe } = options
  const invocation = new Invocation(time, name, { observe })
  const store: Table = table.through(port => invocation.port('table', port, tableCall))
  // A real clock tells whole milliseconds.
  const clock = { now: () => Math.floor(time.now()) + skewMs }
  const bytes = (length: number) => random.bytes(length)
  const tickets = new Tickets(clock)
  const meters = tickets.watching(meterStore(store))
  const accounts = accountStore(store)
  const timer = invocation.port('timer', { wait: (ms: number) => time.after(ms, `${name} waits`) })
  const ports = {
    clock,
    random: bytes,
    providers: providersOf(options, invocation, tickets),
    queue: invocation.port('queue', queue.port(clock.now)),
    noticeQueue: invocation.port('notice queue', postbox.port()),
    notices: outage.exists ? invocation.port('notices', outage.port()) : outage.port(),
    traffic: new TrafficCounter({ traffic: { add: async () => undefined }, clock }),
    limits,
    simulated: false,
    elapsed: () => time.now(),
    wait: (ms: number) => timer.wait(ms),
    gates: tickets.watchingGates(gateStore(store)),
    records: recordStore(store),
    personSpend: personSpendStore(store),
    admission: new Admission({ meters, clock, limits }),
    newProofNumber: () => proofNumberOf(bytes(PROOF_NUMBER_BYTES)),
    isDeleted: accounts.isDeleted,
    hash,
  }
  return { name, invocation, store, accounts, ports, running: 0, openedAt: time.now() }
}

export type Container = ReturnType<typeof openContainer>
