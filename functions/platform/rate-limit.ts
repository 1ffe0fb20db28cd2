import { ServiceError } from '../errors'

const WINDOW_MS = 60_000
/** Enough for every caller a container meets in a minute; beyond it the oldest window is forgotten. */
const MAX_CALLERS = 20_000

export const LIMITS_PER_MINUTE = { parse: 600, sessions: 120, reads: 1200 } as const
export type RateBudget = keyof typeof LIMITS_PER_MINUTE

/**
 * Fixed windows of a minute in this container's memory: no operation on the table. API Gateway's own throttle bounds the
 * sum over containers.
 */
export class RateLimit {
  readonly #windows = new Map<string, { startedAt: number; calls: number }>()

  /** @throws ServiceError RATE_LIMITED with the seconds until the window ends */
  spend(budget: RateBudget, caller: string, now: number): void {
    const key = `${budget} ${caller}`
    const current = this.#windows.get(key)
    if (current === undefined || now - current.startedAt >= WINDOW_MS || now < current.startedAt) {
      this.#windows.delete(key)
      this.#windows.set(key, { startedAt: now, calls: 1 })
      this.#forgetOldest()
      return
    }
    current.calls++
    if (current.calls > LIMITS_PER_MINUTE[budget]) {
      const retryAfterSeconds = Math.max(1, Math.ceil((current.startedAt + WINDOW_MS - now) / 1000))
      throw new ServiceError('RATE_LIMITED', { retryAfterSeconds })
    }
  }

  #forgetOldest(): void {
    if (this.#windows.size <= MAX_CALLERS) return
    const oldest = this.#windows.keys().next()
    if (!oldest.done) this.#windows.delete(oldest.value)
  }
}
