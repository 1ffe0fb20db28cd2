import type { Component } from '@shared/notice/notice'
import type { TrafficCount, TrafficStore } from '../notices/ports'
import type { Clock } from '../verification/ports'

/** One asking, as it counts for some components. */
export interface Noted {
  components: readonly Component[]
  /** Two digits; empty when the question does not tell. */
  region: string
  /** Empty when nobody could be asked. */
  provider: string
  /** False: it failed. */
  answered: boolean
}

/** Counts are written when the oldest has waited so long, or so many have come. */
const LONGEST_MS = 5000
const MOST = 20
/** What a table that stays away may cost in memory; more is lost. */
const MOST_KEPT = 2000
const MINUTE_MS = 60_000

const nameOf = ({ minute, component, region, provider }: TrafficCount) => `${minute} ${component} ${region} ${provider}`

/**
 * Answers and failures of one container, on their way to the table: one write for several checks, at the end of one of them.
 * What a container that is thrown away still holds is lost; nobody waits for a count.
 */
export class TrafficCounter {
  readonly #store: Pick<TrafficStore, 'add'>
  readonly #clock: Clock
  readonly #longestMs: number
  #counts = new Map<string, TrafficCount>()
  #since: number | null = null
  #noted = 0

  constructor(ports: { traffic: Pick<TrafficStore, 'add'>; clock: Clock; longestMs?: number }) {
    this.#store = ports.traffic
    this.#clock = ports.clock
    this.#longestMs = ports.longestMs ?? LONGEST_MS
  }

  note({ components, region, provider, answered }: Noted): void {
    const now = this.#clock.now()
    const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS
    for (const component of components) {
      this.#add({ minute, component, region, provider, answered: Number(answered), failed: Number(!answered) })
    }
    this.#since ??= now
    this.#noted++
  }

  #add(count: TrafficCount): void {
    const name = nameOf(count)
    const { answered, failed } = this.#counts.get(name) ?? { answered: 0, failed: 0 }
    if (!this.#counts.has(name) && this.#counts.size >= MOST_KEPT) return
    this.#counts.set(name, { ...count, answered: count.answered + answered, failed: count.failed + failed })
  }

  /** Writes what waits when it is time; never fails. Answers the name of a fault that was survived. */
  async settle(): Promise<string | null> {
    const now = this.#clock.now()
    const isTime = this.#since !== null && (now - this.#since >= this.#longestMs || this.#noted >= MOST)
    if (!isTime) return null
    const counts = [...this.#counts.values()]
    this.#counts = new Map()
    this.#since = null
    this.#noted = 0
    try {
      await this.#store.add(counts)
      return null
    } catch (error) {
      for (const count of counts) this.#add(count)
      this.#since = now
      return error instanceof Error ? error.name : 'traffic not written'
    }
  }
}
