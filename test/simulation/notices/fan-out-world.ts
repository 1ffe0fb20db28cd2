import type { Sending } from '../../../functions/notices/fan-out/decide'
import { planShard } from '../../../functions/notices/fan-out/plan-shard'
import type { Message, NoticeJob, Template } from '../../../functions/notices/fan-out/ports'
import { workChunk } from '../../../functions/notices/fan-out/work-chunk'
import type { StoredNotice } from '../../../functions/notices/ports'
import { publishDue } from '../../../functions/notices/publish'
import { takeEvent } from '../../../functions/notices/take-event'
import { type Random, seededRandom } from '../random'
import { Crowd, KEYS, userIdOf } from './crowd'
import { type FanOutProfile, fanOutProfile } from './fan-out-profile'
import { Life } from './life'
import { type Delivery, KEYS_FIELD, MockWechat } from './mock-wechat'
import { NoticeBook } from './notice-book'
import { SimClock } from './sim-clock'
import { SimulatedQueue } from './simulated-queue'
import { WaveBook } from './wave-book'

const MINUTE_MS = 60_000
const TEMPLATES: readonly Template[] = KEYS.map(key => ({ key, templateId: key, title: key, fields: {} }))
/** An invocation of the worker is stopped after so long. */
const LAMBDA_MS = 120_000

const messageOf = ({ template, keys }: Sending): Message => {
  return { templateId: template, page: '', data: { [KEYS_FIELD]: { value: keys.join('|') } } }
}

/** The fan-out whole, with the product's own publisher, planner, worker and events, and everything around it made up. */
export class FanOutWorld {
  readonly random: Random
  readonly profile: FanOutProfile
  readonly clock: SimClock
  readonly crowd: Crowd
  readonly wechat: MockWechat
  readonly notices = new NoticeBook()
  readonly waves: WaveBook
  readonly queue: SimulatedQueue
  kills = 0
  trafficWrites = 0
  eventsOnTheWay = 0
  private serial = 0

  constructor(
    readonly size: number,
    seed: number,
    lost: number,
    change: (profile: FanOutProfile) => FanOutProfile = same => same,
  ) {
    const random = seededRandom(seed)
    this.random = random
    this.profile = change(fanOutProfile(random.fork('profile'), size, lost))
    const { startAt } = this.profile
    this.clock = new SimClock(random.fork('clock'), startAt)
    const now = () => this.clock.now()
    this.crowd = new Crowd(size, startAt, startAt - 86_400_000)
    this.waves = new WaveBook(now)
    this.wechat = new MockWechat(size, random.fork('wechat'), this.profile, now, delivery => this.deliver(delivery))
    this.queue = new SimulatedQueue(this.clock, random.fork('queue'), this.profile, jobs => this.work(jobs))
  }

  get writes(): number {
    return this.crowd.writes + this.waves.writes + this.notices.writes + this.trafficWrites
  }

  private life(): Life {
    return new Life(this.clock, this.random, this.profile, () => {
      this.kills++
    })
  }

  private work(jobs: readonly NoticeJob[]): Promise<readonly NoticeJob[] | null> {
    const life = this.life()
    const { clock, wechat, random } = this
    const until = clock.now() + LAMBDA_MS
    const ports = {
      clock,
      notices: life.port(this.notices),
      waves: life.port(this.waves, { takeChunk: 5, leaveChunk: 5, movePlan: 5, putChunk: 1 }),
      roster: life.port(this.crowd, { tell: 6 }),
      messenger: {
        send: (openid: string, message: Message) =>
          life.step(random.between(40, 120), () => wechat.send(openid, message)),
      },
      queue: this.queue,
      newFence: () => `f${++this.serial}`,
      hasTime: () => clock.now() < until - 20_000,
      messageOf,
      ownMessage: async () => null,
    }
    let sent = 0
    const one = async (job: NoticeJob): Promise<readonly NoticeJob[]> => {
      try {
        if (job.kind === 'plan') await planShard(ports, job.waveId, job.shard)
        if (job.kind === 'chunk') sent += (await workChunk(ports, job))?.count.sent ?? 0
        return []
      } catch {
        return [job]
      }
    }
    return life.run(async () => {
      const failed = await Promise.all(jobs.map(one))
      if (sent > 0) this.trafficWrites++
      return failed.flat()
    })
  }

  /** One run of the publisher; what it does not do the next one does. */
  private async publish(): Promise<void> {
    const life = this.life()
    const { clock, queue } = this
    const ports = {
      clock,
      queue,
      notices: life.port(this.notices, { replace: 10 }),
      waves: life.port(this.waves, { open: 30, due: 5 }),
      traffic: { since: async () => ({}) },
      newWaveId: () => `wav_${++this.serial}`,
    }
    await life.run(() => publishDue(ports, clock.now())).catch(() => null)
  }

  /** The rule fires every minute, but for when it does not, or twice. */
  keepPublishing(): void {
    const { clock, random, profile } = this
    const tick = () => {
      if (!random.chance(profile.skipped)) void this.publish()
      if (random.chance(profile.repeated)) void this.publish()
      clock.at(clock.now() + MINUTE_MS, tick)
    }
    clock.at(profile.startAt + 17_000, tick)
  }

  private deliver(delivery: Delivery): void {
    const { clock, random, profile } = this
    if (random.chance(profile.lost)) return
    const slow = random.chance(0.01)
    const delay = random.chance(profile.early) ? 1 : random.between(500, slow ? 200_000 : 5000)
    this.send(delivery, clock.now() + delay)
    if (random.chance(profile.doubled)) this.send(delivery, clock.now() + delay + random.between(0, 60_000))
  }

  private send(delivery: Delivery, at: number): void {
    this.eventsOnTheWay++
    const sentAt = this.clock.now()
    this.clock.at(at, () => {
      this.eventsOnTheWay--
      void this.hear(delivery, sentAt).then(heard => {
        // WeChat repeats what is not answered.
        if (!heard) this.send(delivery, this.clock.now() + 5000)
      })
    })
  }

  private async hear({ person, template, messageId }: Delivery, sentAt: number): Promise<boolean> {
    const entry = { TemplateId: template, MsgID: messageId, ErrorCode: '0', ErrorStatus: 'success' }
    return this.event({
      FromUserName: `o${person}`,
      CreateTime: Math.floor(sentAt / 1000),
      Event: 'subscribe_msg_sent_event',
      List: this.random.chance(0.3) ? [entry] : entry,
    })
  }

  /** An event of WeChat's push; false when its function died. */
  async event(body: unknown): Promise<boolean> {
    const life = this.life()
    const ports = {
      clock: this.clock,
      roster: {
        read: (userId: string) => life.step(0, () => this.crowd.read(userId)),
        replaceAndAdd: (...given: Parameters<Crowd['replaceAndAdd']>) =>
          life.step(0, () => this.crowd.replaceAndAdd(...given)),
      },
      waves: { confirm: (waveId: string, id: string) => life.step(0, () => this.waves.confirm(waveId, id)) },
      accounts: { isDeleted: async () => true },
      templates: TEMPLATES,
      userOf: async (openid: string) => userIdOf(Number(openid.slice(1))),
    }
    return (await life.run(() => takeEvent(ports, body)).catch(() => null)) !== null
  }

  /** What an operator does to a notice, whatever else happens to it meanwhile. */
  operate(at: number, id: string, change: (notice: StoredNotice, now: number) => StoredNotice): void {
    this.clock.at(at, () => {
      const now = this.clock.now()
      const notice = this.notices.look(id)
      this.notices.put({ ...change(notice, now), rev: notice.rev + 1 })
    })
  }

  get isIdle(): boolean {
    return this.waves.unfinished === 0 && this.queue.isEmpty && this.eventsOnTheWay === 0
  }
}
