import type { Task, VirtualTime } from './virtual-time'

/** Where in a port call something happens: before it is made, when it is on its way, or when its answer arrives. */
export type Moment = 'before' | 'sent' | 'answered'

/** A crash or, with `freezeMs`, a freeze at the k-th port call of an invocation, counted from 1. */
export interface PlannedFault {
  call: number
  moment: Moment
  freezeMs?: number
}

export interface Point {
  at: number
  invocation: string
  /** Number of the call within its invocation, from 1. */
  call: number
  name: string
  moment: Moment
  fault: 'crash' | 'freeze' | null
}

export interface InvocationOptions {
  faults?: readonly PlannedFault[]
  /** Hears of each moment of each port call: for traces, invariants and faults by chance. */
  observe?: (point: Point, invocation: Invocation) => void
}

type Call = (...args: unknown[]) => unknown

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'

/** What a crashed process waits for. */
const never = () => new Promise<never>(() => {})

/**
 * One run of a Lambda. It sees the world through the ports that it wraps: after a crash none of their promises resolves
 * and no call of them has an effect; while it is frozen both wait. A request that was on its way takes its effect all the
 * same, as it does when a process dies.
 */
export class Invocation {
  private calls = 0
  private crashed = false
  private frozenUntil: number
  private readonly open = new Map<number, string>()
  private readonly tasks: Task<unknown>[] = []

  constructor(
    private readonly time: VirtualTime,
    readonly name: string,
    private readonly options: InvocationOptions = {},
  ) {
    this.frozenUntil = time.now()
  }

  get state(): 'alive' | 'frozen' | 'crashed' {
    if (this.crashed) return 'crashed'
    return this.frozenUntil > this.time.now() ? 'frozen' : 'alive'
  }

  /** Port calls that have no answer yet. */
  get waitingFor(): string[] {
    return [...this.open].map(([call, name]) => `${this.name}#${call} ${name}`)
  }

  /** Starts the body; after a crash the task runs for ever and nobody waits for it. */
  run<T>(body: () => Promise<T>): Task<T> {
    const waitingFor = () => (this.open.size === 0 ? this.name : this.waitingFor.join(', '))
    const task = this.time.spawn(this.name, () => (this.crashed ? never() : body()), waitingFor)
    if (this.crashed) this.time.abandon(task)
    this.tasks.push(task)
    return task
  }

  crash(): void {
    this.crashed = true
    this.open.clear()
    for (const task of this.tasks) this.time.abandon(task)
  }

  /** Stops it for this time, as Lambda does with a container that has answered. */
  freeze(ms: number): void {
    this.frozenUntil = Math.max(this.frozenUntil, this.time.now() + ms)
  }

  /**
   * The port with each call that answers by promise made a point. Calls that answer at once (a clock, a hash) are not
   * counted and need no wrapping. `label` names a call by its method and arguments; default `<name>.<method>`.
   */
  port<T extends object>(name: string, target: T, label?: (method: string, args: readonly unknown[]) => string): T {
    const named = (method: string, args: readonly unknown[]) => label?.(method, args) ?? `${name}.${method}`
    return new Proxy(target, {
      apply: (call, self, args: unknown[]) =>
        this.guarded(label?.('', args) ?? name, () => Reflect.apply(call as Call, self, args)),
      get: (owner, key) => {
        const member: unknown = Reflect.get(owner, key)
        if (typeof member !== 'function' || typeof key === 'symbol') return member
        return (...args: unknown[]) => this.guarded(named(key, args), () => Reflect.apply(member as Call, owner, args))
      },
    })
  }

  private async guarded(name: string, call: () => unknown): Promise<unknown> {
    if (this.crashed) return never()
    const number = ++this.calls
    this.open.set(number, name)
    await this.pass(number, name, 'before')
    const answer = outcomeOf(call)
    this.meet(number, name, 'sent')
    const outcome = await answer
    await this.pass(number, name, 'answered')
    this.open.delete(number)
    if ('error' in outcome) throw outcome.error
    return outcome.value
  }

  /** Lets the fault of this moment happen, then goes on only while alive and awake. */
  private async pass(number: number, name: string, moment: Moment): Promise<void> {
    if (this.crashed) return never()
    this.meet(number, name, moment)
    while (this.state === 'frozen') await this.time.after(this.frozenUntil - this.time.now(), `${this.name} is frozen`)
    if (this.crashed) return never()
  }

  private meet(call: number, name: string, moment: Moment): void {
    const planned = this.options.faults?.find(fault => fault.call === call && fault.moment === moment)
    const fault = planned === undefined ? null : planned.freezeMs === undefined ? 'crash' : 'freeze'
    if (fault === 'crash') this.crash()
    if (planned?.freezeMs !== undefined) this.freeze(planned.freezeMs)
    this.options.observe?.({ at: this.time.now(), invocation: this.name, call, name, moment, fault }, this)
  }
}

async function outcomeOf(call: () => unknown): Promise<{ value: unknown } | { error: unknown }> {
  try {
    const answer = call()
    return { value: isThenable(answer) ? await answer : answer }
  } catch (error) {
    return { error }
  }
}
