import type { NoticeJob, NoticeQueue } from '../../../functions/notices/fan-out/ports'
import type { Random } from '../random'
import type { FanOutProfile } from './fan-out-profile'
import { JobCodes } from './job-codes'
import type { SimClock } from './sim-clock'

const TICK_MS = 100
const BATCH = 2
/** Hidden for so long after an invocation took it and did not end. */
const VISIBILITY_MS = 150_000

/** SQS: at least once, in no order, sometimes twice; what a killed worker held comes again, or is lost. */
export class SimulatedQueue implements NoticeQueue {
  private readonly codes = new JobCodes()
  private readonly ready: number[] = []
  private readonly later = new Map<number, number[]>()
  private running = 0
  private waiting = 0

  constructor(
    private readonly clock: SimClock,
    private readonly random: Random,
    private readonly profile: FanOutProfile,
    /** Resolves with the jobs that failed; null when the worker was killed. */
    private readonly work: (jobs: readonly NoticeJob[]) => Promise<readonly NoticeJob[] | null>,
  ) {}

  get isEmpty(): boolean {
    return this.ready.length + this.running + this.waiting === 0
  }

  async send(jobs: readonly { job: NoticeJob; at: number }[]): Promise<void> {
    for (const { job, at } of jobs) {
      this.put(job, at)
      if (this.random.chance(this.profile.twice)) this.put(job, at + this.random.between(0, 200_000))
    }
  }

  private put(job: NoticeJob, at: number): void {
    // SQS holds a message back for 15 minutes at most; later work is the index's.
    if (at > this.clock.now() + 900_000) return
    this.waiting++
    const tick = Math.ceil((at + this.random.between(5, 400)) / TICK_MS)
    const together = this.later.get(tick)
    if (together !== undefined) {
      together.push(this.codes.codeOf(job))
      return
    }
    this.later.set(tick, [this.codes.codeOf(job)])
    this.clock.at(tick * TICK_MS, () => {
      const due = this.later.get(tick) ?? []
      this.later.delete(tick)
      this.waiting -= due.length
      this.ready.push(...due)
      this.start()
    })
  }

  private take(): NoticeJob[] {
    const taken: NoticeJob[] = []
    for (let many = this.random.between(1, BATCH); many > 0 && this.ready.length > 0; many--) {
      const at = this.random.int(this.ready.length)
      const job = this.ready[at]
      const last = this.ready.pop()
      if (job === undefined || last === undefined) break
      if (at < this.ready.length) this.ready[at] = last
      taken.push(this.codes.jobOf(job))
    }
    return taken
  }

  private start(): void {
    while (this.running < this.profile.workers && this.ready.length > 0) {
      const jobs = this.take()
      this.running++
      void this.work(jobs).then(failed => {
        this.running--
        const again = failed ?? jobs.filter(() => this.random.chance(0.5))
        for (const job of again) this.put(job, this.clock.now() + VISIBILITY_MS)
        this.start()
      })
    }
  }
}
