import type { GateStore, MeterStore } from '../../../functions/gate/ports'
import type { Clock } from '../../../functions/verification/ports'

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

  /** The earliest place whose time has come; used up. */
  use(provider: string): Ticket | undefined {
    const list = this.open.get(provider) ?? []
    const now = this.clock.now()
    const at = list.findIndex(({ slot }) => slot <= now + 1)
    return at < 0 ? undefined : list.splice(at, 1)[0]
  }

  fenceOf(invoiceKey: string): string | undefined {
    return this.fences.get(invoiceKey)
  }
}
