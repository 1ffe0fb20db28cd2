import type { Random } from '../random'
import type { FanOutProfile } from './fan-out-profile'
import type { SimClock } from './sim-clock'

const never = () => new Promise<never>(() => {})

/** One run of a function: dies, freezes or fails at any of its steps. */
export class Life {
  isDead = false
  private readonly ended: Promise<null>
  private end: (value: null) => void = () => {}

  constructor(
    private readonly clock: SimClock,
    private readonly random: Random,
    private readonly profile: Pick<FanOutProfile, 'kill' | 'freeze' | 'fault'>,
    private readonly onKill: () => void = () => {},
  ) {
    this.ended = new Promise(resolve => {
      this.end = resolve
    })
  }

  /** The work's answer; null when it was killed over it. */
  run<T>(work: () => Promise<T>): Promise<T | null> {
    return Promise.race([work(), this.ended])
  }

  private mayDie(): boolean {
    if (this.isDead) return true
    if (!this.random.chance(this.profile.kill / 2)) return false
    this.isDead = true
    this.onKill()
    this.end(null)
    return true
  }

  /** One step: a port call that takes `ms` and happens in one go. */
  async step<T>(ms: number, effect: () => T | Promise<T>): Promise<T> {
    if (this.mayDie()) return never()
    if (this.random.chance(this.profile.freeze)) await this.clock.after(this.random.between(60_000, 200_000))
    if (ms > 0) await this.clock.after(ms)
    if (this.isDead) return never()
    const [fault, after] = [this.random.chance(this.profile.fault), this.random.chance(0.5)]
    if (fault && !after) throw new Error('throttled')
    const result = await effect()
    if (fault) throw new Error('answer lost')
    return this.mayDie() ? never() : result
  }

  /** A port whose calls are steps. */
  port<T extends object>(target: T, ms: Partial<Record<keyof T, number>> = {}): T {
    const wrapped = new Map<PropertyKey, unknown>()
    return new Proxy(target, {
      get: (owner, key) => {
        const known = wrapped.get(key)
        if (known !== undefined) return known
        const member: unknown = Reflect.get(owner, key)
        if (typeof member !== 'function') return member
        const call = (...args: unknown[]) =>
          this.step(ms[key as keyof T] ?? 0, () =>
            Reflect.apply(member as (...given: unknown[]) => unknown, owner, args),
          )
        wrapped.set(key, call)
        return call
      },
    })
  }
}
