import type { GateStore, MeterStore } from '../../../functions/gate/ports'
import type { Clock } from '../../../functions/verification/ports'

/** A check that has a place calls within this time or never. */
const WORTH_MS = 30_000

/** A place in a provider's rate that a container was given. */
export interface Ticket {
  slot: number
  meterDay: string
}

/** What the gate gave a container: places for calls, and leases; the referee asks for both before a call leaves. */
export class Tickets {
  private readonly open = new Map<string, Ticket[]>()
  private readonly fences = new Map<string, string>()

  constructor(readonly clock: Clock) {}

  watching(meters: MeterStore): MeterStore {
    return {
      ...meters,
      take: async taking => {
        const taken = await meters.take(taking)
        if (taken !== null) {
          const list = this.open.get(taking.provider) ?? []
          list.push(...taken.slots.map(slot => ({ slot, meterDay: taken.meter.day })))
          this.open.set(taking.provider, list)
        }
        return taken
      },
    }
  }

  watchingGates(gates: GateStore): GateStore {
    return {
      ...gates,
      acquire: async taking => {
        const held = await gates.acquire(taking)
        if (held !== null) this.fences.set(taking.invoiceKey, taking.lease.fence)
        return held
      },
    }
  }

  /** The newest place whose time has come; used up. What was given back or slept through is worth nothing any more. */
  use(provider: string): Ticket | undefined {
    const now = this.clock.now()
    const list = (this.open.get(provider) ?? []).filter(({ slot }) => slot > now - WORTH_MS)
    const [used] = list.filter(({ slot }) => slot <= now + 1).slice(-1)
    this.open.set(
      provider,
      list.filter(ticket => ticket !== used),
    )
    return used
  }

  fenceOf(invoiceKey: string): string | undefined {
    return this.fences.get(invoiceKey)
  }
}
