import type { Job, WorkQueue } from '../../../functions/gate/ports'
import { MAX_DELAY_S } from '../../../functions/platform/sqs-queue'
import type { Random } from '../random'
import type { VirtualTime } from '../virtual-time'
import type { Profile } from './profile'

const BATCH = 10
const MAX_RECEIVES = 5
/** After a delivery nobody else gets the message for so long [config/aws/queue.yml]. */
const VISIBILITY_MS = 360_000

interface Message {
  job: Job
  receives: number
}

/** A queue that delivers at least once, in no order, and now and then not at all. */
export class MessageQueue {
  isCalm = false
  private readonly ready: Message[] = []
  private waiting = 0

  constructor(
    private readonly world: { time: VirtualTime; random: Random; profile: Profile },
    /** Serves jobs; answers those that failed, or never when its process dies. */
    private readonly deliver: (jobs: readonly Job[]) => Promise<readonly Job[]>,
  ) {}

  get isEmpty(): boolean {
    return this.waiting === 0
  }

  port(now: () => number): WorkQueue {
    return {
      send: async jobs => {
        const { time, random, profile } = this.world
        await time.after(random.between(2, 20), 'queue.send')
        const { queue } = profile
        if (!this.isCalm && random.chance(queue.refused)) throw new Error('the queue is not there')
        for (const { job, at } of jobs) {
          const delay = Math.ceil(Math.max(0, at - now()) / 1000)
          if (delay <= MAX_DELAY_S) this.accept(job, delay * 1000)
        }
        if (!this.isCalm && random.chance(queue.refused)) throw new Error('the answer of the queue was lost')
      },
    }
  }

  private accept(job: Job, delay: number): void {
    const { random, profile } = this.world
    const { lost, twice, lateMs } = profile.queue
    if (!this.isCalm && random.chance(lost)) return
    const copies = random.chance(twice) ? 2 : 1
    for (let copy = 0; copy < copies; copy++) {
      const late = lateMs > 0 && !this.isCalm ? random.int(lateMs) : 0
      this.later({ job, receives: 0 }, delay + late)
    }
  }

  private later(message: Message, ms: number): void {
    const { time } = this.world
    this.waiting++
    time.at(time.now() + ms, () => {
      this.ready.push(message)
      if (this.ready.length === 1) time.at(time.now(), () => void this.flush(), 'queue delivers')
    })
  }

  private async flush(): Promise<void> {
    const batch = this.ready.splice(0, BATCH)
    if (this.ready.length > 0) void this.flush()
    this.waiting -= batch.length
    const { time } = this.world
    const again = (message: Message) => {
      if (message.receives < MAX_RECEIVES) this.later({ ...message, receives: message.receives + 1 }, 0)
    }
    // A worker that dies tells nothing: its messages show up again.
    let isAnswered = false
    time.at(time.now() + VISIBILITY_MS, () => {
      if (!isAnswered) for (const message of batch) again(message)
    })
    const failed = await this.deliver(batch.map(({ job }) => job))
    isAnswered = true
    for (const message of batch)
      if (failed.includes(message.job)) time.at(time.now() + VISIBILITY_MS, () => again(message))
  }
}
