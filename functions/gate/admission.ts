import { shanghaiDay } from '@shared/invoice/issue-date'
import type { Cause } from '@shared/invoice/outcome'
import type { Clock, InvoiceProvider, ProviderAnswer } from '../verification/ports'
import { healthAfter, PROBE_MS } from './breaker'
import type { Limits, Meter, MeterStore, ProviderMeter } from './ports'

/** New work waits in hand for so long; longer waits go to the line. */
export const PATIENCE_MS = 3000
/** Of the limit: the rest is for clocks and networks that jitter. */
const SHARE_OF_LIMIT = 0.99
/** A meter read longer ago says nothing any more. */
const MEMORY_MS = 5000
/** A line longer than this is refused before anything is spent. */
const LONGEST_LINE_MS = 10 * 60_000
const MAX_ATTEMPTS = 6

/** A call that may go out. */
export interface Admitted {
  ok: true
  /** When, ms. */
  slot: number
  probe: boolean
  /** Day that its price is reserved on. */
  day: string
  /** The provider's state when it was admitted. */
  state: ProviderMeter
}

export type Refused =
  | { ok: false; why: 'paused'; until: number; cause: Cause }
  | { ok: false; why: 'limit' }
  /** Its rate is taken; the earliest free place. */
  | { ok: false; why: 'later'; at: number }

const IDLE: ProviderMeter = {
  nextSlot: 0,
  lineEnd: 0,
  trouble: null,
  pause: null,
  calls: 0,
  fen: 0,
  unknown: 0,
}

export const meterOf = (meter: Meter | null, provider: string): ProviderMeter => meter?.providers[provider] ?? IDLE

/** Ms between two calls. */
export const stepOf = ({ callsPerSecond }: Pick<InvoiceProvider, 'callsPerSecond'>): number =>
  Math.round(1_000_000 / (callsPerSecond * SHARE_OF_LIMIT)) / 1000

/** What is wished for: places for calls of one provider, and how much may have been spent with them. */
interface Wish {
  provider: InvoiceProvider
  count: number
  /** It stood in the line already. */
  waited: boolean
  limitFen: number
}

/** Why the meter, as it was seen, forbids the calls; null when it does not. */
function refusalOf(meter: Meter, { provider, count, waited, limitFen }: Wish, now: number): Refused | null {
  const { pause, nextSlot, lineEnd } = meterOf(meter, provider.name)
  // Of a pause that has ended one call is the probe, by itself.
  if (pause !== null && (pause.until > now || count > 1)) {
    return { ok: false, why: 'paused', until: pause.until, cause: pause.cause }
  }
  if (meter.fen + provider.priceFen * count > limitFen) return { ok: false, why: 'limit' }
  const at = waited ? nextSlot : Math.max(nextSlot, lineEnd)
  return at > now + PATIENCE_MS ? { ok: false, why: 'later', at } : null
}

/** The write that admits the calls, on the meter as it was seen; an unknown one is taken for idle. */
function takingOf(meter: Meter | null, wish: Wish, now: number): Parameters<MeterStore['take']>[0] {
  const { provider, count, waited, limitFen } = wish
  const { pause, nextSlot } = meterOf(meter, provider.name)
  const today = shanghaiDay(now)
  return {
    provider: provider.name,
    count,
    stepMs: stepOf(provider),
    idle: nextSlot <= now,
    now,
    latest: now + PATIENCE_MS,
    behindLine: !waited,
    // A meter that is a day ahead stays ahead.
    day: meter !== null && meter.day > today ? meter.day : today,
    priceFen: provider.priceFen,
    limitFen,
    probe: pause === null ? null : { seenUntil: pause.until, until: now + PROBE_MS },
  }
}

interface Waiter {
  resolve(result: Admitted | Refused): void
  reject(error: unknown): void
}

type Role = 'person' | 'robot'

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
      let rest = waiters
      for (let size = waiters.length; rest.length > 0; size = Math.ceil(size / 2)) {
        const group = rest.slice(0, size)
        const taken = await this.#take({ provider, count: group.length, waited, limitFen })
        if ('why' in taken) {
          // A group may be refused where one of it fits.
          if (group.length > 1) continue
          for (const waiter of rest) waiter.resolve(taken)
          return
        }
        rest = rest.slice(group.length)
        for (const [at, waiter] of group.entries()) waiter.resolve({ ...taken, slot: taken.slots[at] ?? taken.slot })
      }
    } catch (error) {
      for (const waiter of waiters) waiter.reject(error)
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
    await this.#meters.beginDay(today, meter)
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
    await this.#meters.report(provider.name, { charged: { day, fen: provider.priceFen, as: 'no' } })
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
