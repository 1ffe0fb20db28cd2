import type { NoticeQueue } from '../../../functions/notices/fan-out/ports'
import type { Random } from '../random'
import type { VirtualTime } from '../virtual-time'
import type { Profile } from './profile'
import type { Report } from './violation'

interface PostboxOptions {
  time: VirtualTime
  random: Random
  profile: Profile
  report: Report
  isDone(recordId: string): boolean
}

/** The fan-out's queue, as far as the gate knows it: who is to be told of which check. */
export class Postbox {
  isCalm = false
  private readonly told = new Set<string>()

  constructor(private readonly world: PostboxOptions) {}

  hasToldOf(recordId: string): boolean {
    return this.told.has(recordId)
  }

  port(): NoticeQueue {
    const { time, random, profile, report, isDone } = this.world
    const fail = () => !this.isCalm && random.chance(profile.queue.refused)
    return {
      send: async jobs => {
        await time.after(random.between(2, 20), 'notice queue')
        if (fail()) throw new Error('the queue is not there')
        for (const { job } of jobs) {
          if (job.kind !== 'check') report('told', `a job of kind ${job.kind} from a check`)
          else if (!isDone(job.verificationId)) report('told', `${job.verificationId} is told and has not ended`)
          else this.told.add(job.verificationId)
        }
        if (fail()) throw new Error('the answer of the queue was lost')
      },
    }
  }
}
