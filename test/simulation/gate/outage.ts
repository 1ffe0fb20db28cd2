import type { Notice } from '@shared/notice/notice'
import type { NoticesInForce } from '../../../functions/verification/ports'
import type { Random } from '../random'
import type { VirtualTime } from '../virtual-time'
import { MINUTE_MS, type Profile } from './profile'

interface OutageOptions {
  time: VirtualTime
  random: Random
  profile: Profile
}

/** A notice that the product reads: in a third of the seeds one, whose end comes as announced, sooner or later. */
export class Outage {
  isCalm = false
  private readonly from: number
  private readonly to: number
  private readonly announced: number | null

  constructor(private readonly world: OutageOptions) {
    const { random, profile } = world
    const length = random.between(1, 90) * MINUTE_MS
    this.from = random.chance(0.35) ? profile.startAt + random.int(profile.activeMs) : Number.POSITIVE_INFINITY
    this.to = this.from + length
    this.announced = random.pick([this.to, this.from + length / 2, this.to + length, null])
  }

  /** Without one nothing is read that could fail: the seed is as it was before there were notices. */
  get exists(): boolean {
    return Number.isFinite(this.from)
  }

  isInForce(at: number): boolean {
    return at >= this.from && at < this.to
  }

  private at(now: number): Notice[] {
    if (now < this.from) return []
    const isOver = now >= this.to
    const phase = {
      startsAt: this.from,
      endsAt: this.announced,
      components: ['verification'],
      regions: [],
      impact: 'down',
      workaround: null,
      channels: [],
    } as const
    return [
      {
        id: 'ntc_simulated',
        version: 1,
        type: 'incident',
        state: isOver ? 'resolved' : 'identified',
        title: 'outage',
        summary: '',
        phases: [phase],
        eta: this.announced,
        etaHistory: [],
        source: '',
        sourceUrl: null,
        confidence: 'confirmed',
        updates: [],
        review: null,
        createdAt: this.from,
        publishedAt: this.from,
        changedAt: this.from,
        tellVersion: 1,
        endedAt: isOver ? this.to : null,
      },
    ]
  }

  port(): NoticesInForce {
    const { time, random, profile } = this.world
    return {
      near: async now => {
        if (!this.exists) return []
        await time.after(random.between(1, 10), 'notices')
        if (!this.isCalm && random.chance(profile.table.throttle)) throw new Error('the notices cannot be read')
        return this.at(now)
      },
    }
  }
}
