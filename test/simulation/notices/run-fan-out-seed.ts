import type { Chunk, Telling } from '../../../functions/notices/fan-out/ports'
import { COMPONENTS } from '../../../shared/notice/notice'
import { holds } from '../../../shared/notice/tellings'
import { KEYS, userIdOf } from './crowd'
import { auditFanOut, isClean, type Verdict } from './fan-out-audit'
import { FanOutWorld } from './fan-out-world'
import { cancelled, movedBy, resolved, timedNotice } from './sample-notices'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const LOOKS = 60

export interface FanOutResult {
  seed: number
  verdict: Verdict
  clean: boolean
  /** Not everything was done in the time that there was. */
  unfinished: number
  writesPerMessage: number
  writes: number
  kills: number
  takenOver: number
  events: number
}

const bit = (component: (typeof COMPONENTS)[number]) => 1 << COMPONENTS.indexOf(component)
const CREDITS = { plan: 3, recovery: 1, check: 0 } as const

/** Everybody follows the tax platform, some the fiscal one, a few one region alone. */
function settle(world: FanOutWorld): void {
  const { crowd, random } = world
  for (let person = 0; person < crowd.size; person++) {
    crowd.components[person] = bit('verification') | (random.chance(0.3) ? bit('fiscal') : 0)
    crowd.region[person] = random.chance(0.1) ? 33 : 0
    for (const key of KEYS) crowd.credits[key][person] = CREDITS[key]
    if (random.chance(0.01)) crowd.flags[person] = 1
  }
  world.wechat.fill(CREDITS, world.profile.refused)
}

/** People live on while they are told: accept more, say no, leave. */
function people(world: FanOutWorld, until: number): ReadonlySet<number> {
  const { crowd, random, clock, wechat, profile } = world
  const moved = new Set<number>()
  const events = Math.floor(crowd.size / 100)
  for (let count = 0; count < events; count++) {
    const person = random.int(crowd.size)
    if (moved.has(person)) continue
    moved.add(person)
    const kind = random.pick(['accept', 'accept', 'reject', 'leave'] as const)
    clock.at(random.between(profile.startAt, until), () => {
      if (kind === 'leave') return void crowd.remove(userIdOf(person))
      const answer = kind === 'accept' ? 'popup' : 'change'
      if (kind === 'accept') {
        wechat.quota.plan[person] = (wechat.quota.plan[person] ?? 0) + 1
        wechat.bought.plan[person] = (wechat.bought.plan[person] ?? 0) + 1
      } else {
        wechat.quota.plan[person] = 0
        wechat.voided.plan[person] = 1
      }
      const body = {
        FromUserName: `o${person}`,
        CreateTime: Math.floor(clock.now() / 1000),
        Event: `subscribe_msg_${answer}_event`,
        List: { TemplateId: 'plan', SubscribeStatusString: kind, PopupScene: '0' },
      }
      const hear = (): void => void world.event(body).then(heard => void (heard || clock.at(clock.now() + 1000, hear)))
      hear()
    })
  }
  return moved
}

/**
 * One seed: a maintenance announced and moved while it is still being told, an outage and its end, and a maintenance that is
 * called off in the middle of its announcement; with everything going wrong that the profile names.
 */
export async function runFanOutSeed(seed: number, size: number, lost: number): Promise<FanOutResult> {
  const world = new FanOutWorld(size, seed, lost)
  const { clock, crowd, profile, notices } = world
  const { startAt } = profile
  settle(world)
  const window = {
    startsAt: startAt + 72 * HOUR_MS,
    endsAt: startAt + 75 * HOUR_MS,
    components: ['verification'] as const,
  }
  notices.put(timedNotice('ntc_a', 'maintenance', startAt + MINUTE_MS, window))
  const outage = { startsAt: startAt, endsAt: null, components: ['verification'] as const, regions: ['33'] }
  notices.put(timedNotice('ntc_b', 'incident', startAt + 2 * MINUTE_MS, outage))
  notices.put(timedNotice('ntc_c', 'maintenance', startAt + 3 * MINUTE_MS, { ...window, components: ['fiscal'] }))
  world.operate(startAt + world.random.between(3, 8) * MINUTE_MS, 'ntc_c', cancelled)
  world.operate(startAt + 40 * MINUTE_MS, 'ntc_a', (notice, now) => movedBy(notice, HOUR_MS, now))
  world.operate(startAt + 90 * MINUTE_MS, 'ntc_b', resolved)
  const moved = people(world, startAt + 60 * MINUTE_MS)
  world.keepPublishing()
  const until = startAt + 36 * HOUR_MS
  await clock.run(until, () => clock.now() > startAt + 3 * HOUR_MS && world.isIdle)

  // Overtaken before everybody had heard of it.
  const isOff = ({ noticeId, occasion, tellVersion }: Telling) => {
    const { state, tellVersion: newest } = notices.look(noticeId)
    return tellVersion < newest || !holds(occasion, state)
  }
  const mayMiss = (telling: Telling, person: number, chunk: Chunk | undefined) =>
    moved.has(person) ||
    // A doubt in one wave holds a credit that another then has not got.
    crowd.doubted.has(person) ||
    (isOff(telling) && (chunk === undefined || (chunk.results.overtaken ?? 0) > 0))
  const verdict = auditFanOut(world, { initial: CREDITS, mayMiss, isOff })
  const takenOver = world.waves.allChunks().reduce((sum, chunk) => sum + chunk.takenOver, 0)
  return {
    seed,
    verdict,
    clean: isClean(verdict) && (lost > 0 || verdict.unresolved === 0),
    unfinished: world.waves.unfinished,
    writes: world.writes,
    writesPerMessage: world.writes / (size * 2),
    kills: world.kills,
    takenOver,
    events: clock.events,
  }
}

/** One notice told to everybody, for the bench; `watch` is asked now and then how much memory there is. */
export async function runOneWave(seed: number, size: number, lost: number, watch: () => void): Promise<FanOutResult> {
  const world = new FanOutWorld(size, seed, lost)
  const { clock, crowd, profile, notices } = world
  const { startAt } = profile
  const credits = { plan: 1, recovery: 0, check: 0 }
  crowd.components.fill(bit('verification'))
  crowd.credits.plan.fill(1)
  world.wechat.fill(credits, profile.refused)
  const window = {
    startsAt: startAt + 96 * HOUR_MS,
    endsAt: startAt + 99 * HOUR_MS,
    components: ['verification'] as const,
  }
  notices.put(timedNotice('ntc_a', 'maintenance', startAt + MINUTE_MS, window))
  world.keepPublishing()
  // As often in a short run as in a long one, so that both show their busiest moments.
  const step = Math.max(2000, (2 * MINUTE_MS * size) / 1_000_000)
  let looks = 0
  const look = () => {
    watch()
    if (++looks < LOOKS) clock.at(clock.now() + step, look)
  }
  clock.at(startAt + MINUTE_MS, look)
  await clock.run(startAt + 60 * HOUR_MS, () => clock.now() > startAt + 10 * MINUTE_MS && world.isIdle)
  watch()
  const verdict = auditFanOut(world, {
    initial: credits,
    mayMiss: (_, person) => crowd.doubted.has(person),
    isOff: () => false,
  })
  return {
    seed,
    verdict,
    clean: isClean(verdict) && (lost > 0 || verdict.unresolved === 0),
    unfinished: world.waves.unfinished,
    writes: world.writes,
    writesPerMessage: world.writes / size,
    kills: world.kills,
    takenOver: world.waves.allChunks().reduce((sum, chunk) => sum + chunk.takenOver, 0),
    events: clock.events,
  }
}
