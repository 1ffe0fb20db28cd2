export interface SchedulerPorts {
  /** Product time, ms. */
  now(): number
  /** Milliseconds that product time is ahead of real time. */
  offset(): number
  /** Resolves when product time stands there: no check was in the middle of its work. */
  moveOffset(offsetMs: number): Promise<void>
  /** The work of one minute. */
  sweep(): Promise<void>
  /** When the next work falls due, product time in ms; null when none is pending. */
  nextDue(): Promise<number | null>
  /** Work that a person looks on for: not left until the minute is over. */
  isUrgent(): Promise<boolean>
  onFault(error: unknown): void
}

export interface Scheduler {
  /** Moves product time forward and resolves when the work due on the way is done. */
  advance(seconds: number): Promise<void>
  stop(): Promise<void>
}

const MINUTE_MS = 60_000
const POLL_MS = 1000
const minuteOf = (at: number) => Math.floor(at / MINUTE_MS)

/** Runs the sweeper once in every minute of product time that has work, whether time passes or is moved, and at once for what is urgent. */
export function startScheduler(ports: SchedulerPorts): Scheduler {
  let queue: Promise<unknown> = Promise.resolve()
  let swept = minuteOf(ports.now())

  const sweep = async () => {
    swept = minuteOf(ports.now())
    try {
      await ports.sweep()
    } catch (error) {
      ports.onFault(error)
    }
  }
  /** One after the other: two sweeps at a time would be two workers, and Lambda allows one. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = queue.then(work)
    queue = done.catch(() => {})
    return done
  }

  const move = async (seconds: number) => {
    const end = ports.offset() + seconds * 1000
    // Work that stays due however often it is swept must not cost a sweep for each of many minutes.
    let step = MINUTE_MS
    let before: number | null = null
    while (ports.offset() < end) {
      const due = await ports.nextDue()
      step = due !== null && due === before ? step * 2 : MINUTE_MS
      before = due
      const wanted = due === null ? end : ports.offset() + Math.max(step, due - ports.now())
      await ports.moveOffset(Math.min(end, wanted))
      await sweep()
    }
  }

  const look = async () => {
    if (minuteOf(ports.now()) !== swept || (await ports.isUrgent().catch(() => false))) await sweep()
  }
  let isLooking = false
  const timer = setInterval(() => {
    if (isLooking) return
    isLooking = true
    void inTurn(look).finally(() => {
      isLooking = false
    })
  }, POLL_MS)
  // What a killed process left pending is looked at as soon as the next one runs.
  void inTurn(sweep)

  return {
    advance: seconds => inTurn(() => move(seconds)),
    async stop() {
      clearInterval(timer)
      await queue
    },
  }
}
