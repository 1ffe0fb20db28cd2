import { shanghaiDay } from '@shared/invoice/issue-date'
import type { Clock, InvoiceProvider, ProviderAnswer } from '../verification/ports'
import {
  type Admitted,
  meterOf,
  PATIENCE_MS,
  type Refused,
  refusalOf,
  stepOf,
  takingOf,
  type Wish,
} from './admission-rule'
import { healthAfter } from './breaker'
import type { Limits, Meter, MeterStore, ProviderMeter } from './ports'

/** A meter read longer ago says nothing any more. */
const MEMORY_MS = 5000
/** A line longer than this is refused before anything is spent. */
const LONGEST_LINE_MS = 10 * 60_000
const MAX_ATTEMPTS = 12

type Role = 'person' | 'robot'

interface Waiter {
  resolve(result: Admitted | Refused): void
  reject(error: unknown): void
}

/**
 * Pace, price and health of the providers, for one container. Calls that are admitted at the same moment share a write: who
 * comes while one is on its way waits for it and takes places together with the others.
 */
export class Admission {
  readonly #meters: MeterStore
  readonly #clock: Clock
  readonly #limits: Limits
  readonly #waiting = new Map<string, Waiter[]>()
  readonly #taking = new Set<string>()
  #memory: { meter: Meter; at: number } | null = null

  constructor(ports: { meters: MeterStore; clock: Clock; limits: Limits }) {
    this.#meters = ports.meters
    this.#clock = ports.clock
    this.#limits = ports.limits
  }

  /** The meter as this container last saw it; null when that is too long ago. */
  get recent(): Meter | null {
    const { at, meter } = this.#memory ?? {}
    return at !== undefined && Math.abs(this.#clock.now() - at) <= MEMORY_MS ? (meter ?? null) : null
  }

  #remember(meter: Meter): Meter {
    this.#memory = { meter, at: this.#clock.now() }
    return meter
  }

  /** How long the line in front of every provider is, ms; 0 when it is not known. Work beyond the longest is shed. */
  overload(providers: readonly InvoiceProvider[]): number {
    const now = this.#clock.now()
    const meter = this.recent
    if (meter === null) return 0
    const waits = providers.map(({ name }) => meterOf(meter, name).lineEnd - now)
    const shortest = Math.min(...waits)
    return shortest > LONGEST_LINE_MS ? shortest : 0
  }

  /** A place in the provider's rate with its price reserved, or why there is none. */
  admit(provider: InvoiceProvider, role: Role, waited: boolean): Promise<Admitted | Refused> {
    const key = `${provider.name} ${role} ${waited}`
    return new Promise((resolve, reject) => {
      this.#waiting.set(key, [...(this.#waiting.get(key) ?? []), { resolve, reject }])
      if (!this.#taking.has(key)) void this.#serve(key, provider, role, waited)
    })
  }

  async #serve(key: string, provider: InvoiceProvider, role: Role, waited: boolean): Promise<void> {
    this.#taking.add(key)
    try {
      for (let waiters = this.#next(key, provider); waiters.length > 0; waiters = this.#next(key, provider)) {
        await this.#admitAll(waiters, provider, role, waited)
      }
    } finally {
      this.#taking.delete(key)
    }
  }

  /** One second of the rate at most: what a dead container leaves unused is lost. */
  #next(key: string, { callsPerSecond }: InvoiceProvider): Waiter[] {
    const all = this.#waiting.get(key) ?? []
    const most = Math.max(1, Math.floor(callsPerSecond))
    if (all.length > most) this.#waiting.set(key, all.slice(most))
    else this.#waiting.delete(key)
    return all.slice(0, most)
  }

  async #admitAll(waiters: readonly Waiter[], provider: InvoiceProvider, role: Role, waited: boolean): Promise<void> {
    const limitFen = role === 'person' ? this.#limits.fenPerDay : this.#limits.robotFenPerDay
    try {
      await this.#admitGroup(waiters, { provider, count: waiters.length, waited, limitFen })
    } catch (error) {
      for (const waiter of waiters) waiter.reject(error)
    }
  }

  /** A group that is refused may fit in part: its halves are tried apart, down to one. */
  async #admitGroup(waiters: readonly Waiter[], wish: Wish): Promise<void> {
    const taken = await this.#take(wish)
    if (taken.ok) {
      for (const [at, waiter] of waiters.entries()) waiter.resolve({ ...taken, slot: taken.slots[at] ?? taken.slot })
      return
    }
    if (waiters.length === 1) {
      for (const waiter of waiters) waiter.resolve(taken)
      return
    }
    const half = Math.ceil(waiters.length / 2)
    for (const part of [waiters.slice(0, half), waiters.slice(half)]) {
      await this.#admitGroup(part, { ...wish, count: part.length })
    }
  }

  /** Places for `count` calls, or why there are none; what was seen long ago is looked at again after a refused write. */
  async #take(wish: Wish): Promise<(Admitted & { slots: number[] }) | Refused> {
    let meter = this.recent
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const now = this.#clock.now()
      meter = await this.#onItsDay(meter, now)
      const refused = meter === null ? null : refusalOf(meter, wish, now)
      if (refused !== null) return refused
      const taking = takingOf(meter, wish, now)
      const taken = await this.#meters.take(taking)
      if (taken !== null) {
        this.#remember(taken.meter)
        const [slot = now] = taken.slots
        // A probe has moved the pause's end; how the pause was before it tells what its failure means.
        const { pause } = meterOf(meter, wish.provider.name)
        const probe = taking.probe !== null
        const state = { ...meterOf(taken.meter, wish.provider.name), ...(probe && { pause }) }
        return { ok: true, slot, slots: taken.slots, probe, day: taken.meter.day, state }
      }
      meter = this.#remember(await this.#meters.read())
    }
    return { ok: false, why: 'later', at: this.#clock.now() + PATIENCE_MS }
  }

  /** The meter on the day of the call. */
  async #onItsDay(meter: Meter | null, now: number): Promise<Meter | null> {
    const today = shanghaiDay(now)
    if (meter === null || meter.day >= today) return meter
    // What is put away is what the day came to, not what it was some seconds ago; before the first day there is nothing.
    const last = meter.day === '' ? meter : await this.#meters.read()
    if (last.day >= today) return this.#remember(last)
    await this.#meters.beginDay(today, last)
    return this.#remember(await this.#meters.read())
  }

  /** A place at the end of the waiting line of the provider, ms. */
  line(provider: InvoiceProvider): Promise<number> {
    return this.#meters.line(provider.name, stepOf(provider), this.#clock.now())
  }

  /** Notes what a call came to; one write, or none when it was charged and nothing is wrong. */
  async report(provider: InvoiceProvider, admitted: Admitted, said: ProviderAnswer, invoiceKey: string): Promise<void> {
    const state = this.recent === null ? admitted.state : meterOf(this.recent, provider.name)
    const before = admitted.probe ? admitted.state : state
    const call = { invoice: invoiceKey.slice(0, 6), probe: admitted.probe }
    const change = healthAfter(said, before, call, this.#clock.now())
    const { day } = admitted
    const charged = said.charged === 'yes' ? undefined : ({ day, fen: provider.priceFen, as: said.charged } as const)
    if (charged === undefined && Object.keys(change).length === 0) return
    await this.#meters.report(provider.name, { ...change, ...(charged && { charged }) })
    this.#note(provider.name, change)
  }

  /** A call that was admitted and did not go out. */
  async giveBack(provider: InvoiceProvider, { day }: Admitted): Promise<void> {
    const charged = { day, fen: provider.priceFen, as: 'no' } as const
    // What cannot be given back stays reserved.
    await this.#meters.report(provider.name, { charged }).catch(() => undefined)
  }

  #note(provider: string, change: Partial<ProviderMeter>): void {
    if (this.#memory === null) return
    const { meter, at } = this.#memory
    const { trouble, pause } = change
    const state = {
      ...meterOf(meter, provider),
      ...(trouble !== undefined && { trouble }),
      ...(pause !== undefined && { pause }),
    }
    this.#memory = { at, meter: { ...meter, providers: { ...meter.providers, [provider]: state } } }
  }
}
