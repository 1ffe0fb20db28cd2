import { EventQueue } from '../event-queue'
import type { Random } from '../random'

/** One turn of the host's loop: everything that is ready to run has run. */
const drained = () => new Promise<void>(resolve => setImmediate(resolve))

/** Virtual time for millions of events: the clock stands still while code runs, and jumps to what is due next. */
export class SimClock {
  private readonly queue = new EventQueue()
  private current: number
  events = 0

  constructor(
    private readonly random: Random,
    startMs: number,
  ) {
    this.current = startMs
  }

  now(): number {
    return this.current
  }

  get pending(): number {
    return this.queue.size
  }

  at(time: number, fire: () => void): void {
    this.queue.add({ at: Math.max(time, this.current), rank: this.random.next(), what: '', fire })
  }

  after(ms: number): Promise<void> {
    return new Promise(resolve => this.at(this.current + ms, resolve))
  }

  /** Fires what is due until `done` says so or nothing is due by `until`. */
  async run(until: number, done: () => boolean): Promise<void> {
    await drained()
    for (;;) {
      const next = this.queue.peek()
      if (next === undefined || next.at > until || done()) return
      this.queue.take()
      this.current = next.at
      this.events++
      next.fire()
      await drained()
    }
  }
}
