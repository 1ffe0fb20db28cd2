import type { Invocation, Point } from '../invocation'
import type { Random } from '../random'
import type { VirtualTime } from '../virtual-time'
import { type Container, type ContainerOptions, openContainer } from './container'
import type { Journal } from './journal'
import { MINUTE_MS, type Profile } from './profile'

/** Lambda ends a function that takes longer [config/aws/functions.yml]. */
const LIFE_MS = 28_000
const LONGEST_FREEZE_MS = 10 * MINUTE_MS
/** A container is thrown away some time. */
const CONTAINER_MS = 30 * MINUTE_MS

interface FleetOptions {
  time: VirtualTime
  random: Random
  profile: Profile
  journal: Journal
  container: Omit<ContainerOptions, 'skewMs' | 'observe' | 'random'>
}

/** The processes of the product: they come and go, die at any port call, and sleep. */
export class Fleet {
  isCalm = false
  private readonly idle = new Map<string, Container[]>()
  private count = 0

  constructor(private readonly world: FleetOptions) {}

  private readonly observe = ({ fault, name, moment }: Point, invocation: Invocation): void => {
    const { profile, random, journal } = this.world
    if (this.isCalm || fault !== null || invocation.state !== 'alive') return
    if (random.chance(profile.crash)) {
      journal.note(`${invocation.name} dies at ${name} ${moment}`)
      invocation.crash()
    } else if (random.chance(profile.freeze)) {
      const ms = random.pick([random.int(30_000), random.int(LONGEST_FREEZE_MS)])
      journal.note(`${invocation.name} freezes at ${name} ${moment} for ${ms}`)
      invocation.freeze(ms)
    }
  }

  private open(role: string): Container {
    const { random, profile, container } = this.world
    const { skewMs } = profile
    this.count++
    return openContainer(`${role}-${this.count}`, {
      ...container,
      random: random.fork(role),
      skewMs: skewMs > 0 ? random.between(-skewMs, skewMs) : 0,
      observe: this.observe,
    })
  }

  private take(role: string): Container {
    const { time, profile } = this.world
    const idle = (this.idle.get(role) ?? []).filter(
      ({ invocation, openedAt }) => invocation.state === 'alive' && time.now() - openedAt < CONTAINER_MS,
    )
    this.idle.set(role, idle)
    const free = profile.isOneProcess ? idle[0] : idle.pop()
    if (free !== undefined) return free
    const opened = this.open(role)
    if (profile.isOneProcess) this.idle.set(role, [opened])
    return opened
  }

  private giveBack(role: string, container: Container): void {
    if (!this.world.profile.isOneProcess) this.idle.get(role)?.push(container)
  }

  /** Runs work in a process of its role; never answers when that dies. */
  async run<T>(role: string, what: string, work: (container: Container) => Promise<T>): Promise<T> {
    const { time, profile, journal } = this.world
    const container = this.take(role)
    const { invocation } = container
    const task = invocation.run(() => work(container))
    const began = time.now()
    if (!profile.isOneProcess) {
      time.at(began + LIFE_MS, () => {
        if (task.end.state !== 'running' || invocation.state !== 'alive') return
        journal.note(`${invocation.name} took too long with ${what}`)
        invocation.crash()
      })
    }
    try {
      return await task.promise
    } finally {
      this.giveBack(role, container)
    }
  }
}
