import type { NoticeJob, NoticeQueue } from '../../../functions/notices/fan-out/ports'
import type { Random } from '../random'
import type { VirtualTime } from '../virtual-time'
import type { Report } from './violation'

interface PostboxOptions {
  time: VirtualTime
  random: Random
  report: Report
  isDone(recordId: string): boolean
}

/** The first sending of some checks fails, also when all else is calm: most checks end by themselves later. */
const FAILS = 0.15

/** The fan-out's queue, as far as the gate knows it: who is to be told of which check. */
export class Postbox {
  private readonly tried = new Set<string>()
  private readonly told = new Set<string>()

  constructor(private readonly world: PostboxOptions) {}

  hasToldOf(recordId: string): boolean {
    return this.told.has(recordId)
  }

  private take(job: NoticeJob): void {
    const { report, isDone } = this.world
    if (job.kind !== 'check') report('told', `a job of kind ${job.kind} from a check`)
    else if (!isDone(job.verificationId)) report('told', `${job.verificationId} is told and has not ended`)
    else this.told.add(job.verificationId)
  }

  port(): NoticeQueue {
    const { time, random } = this.world
    return {
      send: async jobs => {
        await time.after(random.between(2, 20), 'notice queue')
        const isFirst = jobs.some(({ job }) => !this.tried.has(JSON.stringify(job)))
        for (const { job } of jobs) this.tried.add(JSON.stringify(job))
        if (isFirst && random.chance(FAILS)) throw new Error('the queue is not there')
        for (const { job } of jobs) this.take(job)
        if (isFirst && random.chance(FAILS)) throw new Error('the answer of the queue was lost')
      },
    }
  }
}
