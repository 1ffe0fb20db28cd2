import { type NoticeJob, ROSTER_SHARDS } from '../../../functions/notices/fan-out/ports'
import { indexOf, userIdOf } from './crowd'

const WAVE = 10_000_000

/** Plans and chunks as numbers: a million people make ten thousand of them, and as texts they would fill the heap. */
export class JobCodes {
  private readonly waves: string[] = []

  private waveOf(waveId: string): number {
    const known = this.waves.indexOf(waveId)
    return known >= 0 ? known : this.waves.push(waveId) - 1
  }

  plan(waveId: string, shard: number): number {
    return -1 - (this.waveOf(waveId) * ROSTER_SHARDS + shard)
  }

  chunk(waveId: string, to: string): number {
    return this.waveOf(waveId) * WAVE + indexOf(to)
  }

  /** @throws Error for the message of an own check, which no simulation sends */
  codeOf(job: NoticeJob): number {
    if (job.kind === 'check') throw new Error('no code for a check')
    return job.kind === 'plan' ? this.plan(job.waveId, job.shard) : this.chunk(job.waveId, job.to)
  }

  jobOf(code: number): NoticeJob {
    if (code < 0) {
      const waveId = this.waves[Math.floor((-1 - code) / ROSTER_SHARDS)] ?? ''
      return { kind: 'plan', waveId, shard: (-1 - code) % ROSTER_SHARDS }
    }
    const [waveId, person] = [this.waves[Math.floor(code / WAVE)] ?? '', code % WAVE]
    return { kind: 'chunk', waveId, shard: person % ROSTER_SHARDS, to: userIdOf(person) }
  }
}
