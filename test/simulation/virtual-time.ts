import { EventQueue } from './event-queue'
import type { Random } from './random'

/** Nothing is due, and somebody still waits. */
export class Deadlock extends Error {
  override name = 'Deadlock'
  constructor(readonly waiting: readonly string[]) {
    super(`nothing is due, and these wait: ${waiting.join('; ')}`)
  }
}

/** A wait that somebody else ends. */
export interface Gate<T> {
  promise: Promise<T>
  open(value: T): void
}

export interface RunOptions {
  /** Stops before the first event after this time and sets the clock to it. Default: until nothing is due. */
  until?: number
  /** Stops when true; asked after each event. */
  done?: () => boolean
  /** Fails a simulation that never ends. Default 1,000,000. */
  maxEvents?: number
}

export type TaskEnd<T> = { state: 'running' } | { state: 'done'; value: T } | { state: 'failed'; error: unknown }

/** A piece of work that a run waits for. */
export interface Task<T> {
  id: number
  name: string
  end: TaskEnd<T>
  /** Rejects as the work does. */
  promise: Promise<T>
}

/** The host's own timers are not virtual, so one turn of its loop is all that is waited for. */
const drained = () => new Promise<void>(resolve => setImmediate(resolve))

/**
 * A clock that stands still while code runs and jumps to the next event when nothing is left to run. Events of one time
 * come in an order that the random source decides. What awaits anything else than this clock (a real timer, a socket) is
 * not waited for.
 */
export class VirtualTime {
  private readonly queue = new EventQueue()
  private readonly waits = new Map<number, () => string>()
  private current: number
  private count = 0
  private nextWait = 0

  constructor(
    private readonly random: Random,
    startMs = 0,
  ) {
    this.current = startMs
  }

  now(): number {
    return this.current
  }

  /** Events that have been fired. */
  get events(): number {
    return this.count
  }

  /** Resolves after this time; at 0 it still lets others go first. `what` names the wait in a deadlock and in `pending`. */
  after(ms: number, what = 'a timer'): Promise<void> {
    return new Promise(resolve => this.at(this.current + ms, resolve, what))
  }

  /** Calls at a time; one that has passed is now. */
  at(time: number, fire: () => void, what = 'a call'): void {
    if (Number.isNaN(time)) throw new Error(`no time for ${what}`)
    this.queue.add({ at: Math.max(time, this.current), rank: this.random.next(), what, fire })
  }

  /** A wait without a time; a deadlock names it. */
  gate<T>(what: string): Gate<T> {
    const id = this.nextWait++
    this.waits.set(id, () => what)
    let resolvePromise: (value: T) => void = () => {}
    const promise = new Promise<T>(resolve => {
      resolvePromise = resolve
    })
    return {
      promise,
      open: value => {
        this.waits.delete(id)
        resolvePromise(value)
      },
    }
  }

  /** Starts work now. `run` fails with a deadlock when it can never end; `waitingFor` says then what for. */
  spawn<T>(name: string, body: () => Promise<T>, waitingFor: () => string = () => name): Task<T> {
    const id = this.nextWait++
    this.waits.set(id, waitingFor)
    const promise = this.after(0, `start of ${name}`).then(body)
    const task: Task<T> = { id, name, end: { state: 'running' }, promise }
    promise
      .then(
        value => {
          task.end = { state: 'done', value }
        },
        (error: unknown) => {
          task.end = { state: 'failed', error }
        },
      )
      .finally(() => this.waits.delete(id))
    return task
  }

  /** What is due, earliest first. */
  pending(): string[] {
    const due = [...this.queue.all()].sort((a, b) => a.at - b.at || a.rank - b.rank)
    return due.map(({ at, what }) => `${what} at ${at}`)
  }

  /**
   * Fires events one by one; all that one sets going has run before the next.
   * @throws Deadlock when nothing is due and a task or a gate still waits
   * @throws Error after `maxEvents`
   */
  async run({ until, done, maxEvents = 1_000_000 }: RunOptions = {}): Promise<void> {
    const last = this.count + maxEvents
    await drained()
    while (!done?.()) {
      const next = this.queue.peek()
      if (next === undefined || (until !== undefined && next.at > until)) {
        if (until !== undefined) this.current = Math.max(this.current, until)
        else if (this.waits.size > 0) throw new Deadlock([...this.waits.values()].map(say => say()))
        return
      }
      if (this.count >= last) throw new Error(`no end after ${maxEvents} events; next: ${next.what} at ${next.at}`)
      this.queue.take()
      this.current = next.at
      this.count++
      next.fire()
      await drained()
    }
  }

  /** Forgets that somebody waits: a crashed invocation waits for nothing. */
  abandon({ id }: { id: number }): void {
    this.waits.delete(id)
  }
}
