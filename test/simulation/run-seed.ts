import { finalChecks } from './gate/final-checks'
import { MINUTE_MS } from './gate/profile'
import { questionsOf } from './gate/tax-side'
import type { Violation } from './gate/violation'
import { GateWorld } from './gate-world'
import { seededRandom } from './random'

/** Every outage is over by then, and every planned repetition made. */
const LONGEST_CALM_MS = 5 * 24 * 60 * MINUTE_MS
const MAX_EVENTS = 400_000

export interface SeedResult {
  seed: number
  violation: Violation | null
  /** The last events, oldest first. */
  journal: string[]
  events: number
  calls: number
  records: number
}

/** What people do, spread over the active time and now and then all at once. */
function plan(world: GateWorld): void {
  const { profile, time, people, truths } = world
  const random = world.random.fork('plan')
  const own = seededRandom(~world.seed).fork('plan')
  const bursts = Array.from({ length: 4 }, () => random.int(profile.activeMs))
  for (let count = 0; count < profile.requests; count++) {
    const at =
      profile.startAt +
      (random.chance(0.5) ? random.pick(bursts) + random.int(random.pick([20, 500])) : random.int(profile.activeMs))
    const person = random.pick(people)
    const truth = random.pick(truths)
    const question = random.chance(0.6) ? 0 : random.int(5)
    const asked = questionsOf(truth)[question] ?? truth
    const body = own.chance(0.3) ? { ...asked, afterRecovery: true } : asked
    const draw = random.next()
    const other = random.next()
    time.at(at, () => {
      if (draw < 0.65) void person.ask(body, other < 0.1)
      else if (draw < 0.9) void person.askAgain()
      else void person.spy([...world.shown.done.keys()].at(Math.floor(other * world.shown.done.size)) ?? 'vrf_none')
    })
    if (random.chance(0.15)) time.at(at + random.int(400), () => void random.pick(people).ask(body, false))
  }
  const later = (count: number, act: () => void) => {
    for (let at = 0; at < count; at++) time.at(profile.startAt + random.int(profile.activeMs), act)
  }
  later(profile.strangers, () => world.stranger(random.int(truths.length)))
  later(profile.deletions, () => void random.pick(people).remove())
  later(profile.deletions, () => void random.pick(people).leave())
}

/** The sweeper every minute, as long as anything is due; a sweep that would find nothing is left out. */
function keepSweeping(world: GateWorld): void {
  const { time, records } = world
  const tick = () => {
    const soonest = Math.min(...records.due.values(), ...world.burials.values())
    if (soonest - time.now() < 2 * MINUTE_MS + world.profile.skewMs) void world.sweep()
    time.at(time.now() + MINUTE_MS, tick, 'the next minute')
  }
  time.at(time.now() + 17_000, tick, 'the next minute')
}

/** Everything that goes wrong by itself stops. */
function calm(world: GateWorld): void {
  world.journal.note('calm')
  world.fleet.isCalm = true
  world.fronts.isCalm = true
  world.queue.isCalm = true
  world.outage.isCalm = true
  Object.assign(world.table.faults, { throttle: 0, requestLost: 0, answerLost: 0 })
}

/** One seed: an active time with faults, then peace until nothing is left to do. */
export async function runSeed(seed: number, trace: ((line: string) => void) | null = null): Promise<SeedResult> {
  const world = new GateWorld(seed, trace)
  const { time, profile, records } = world
  const hasFailed = () => world.violation !== null
  try {
    plan(world)
    keepSweeping(world)
    const activeUntil = profile.startAt + profile.activeMs
    await time.run({ until: activeUntil, done: hasFailed, maxEvents: MAX_EVENTS })
    calm(world)
    const isQuiet = () =>
      records.due.size === 0 &&
      world.burials.size === 0 &&
      world.queue.isEmpty &&
      time.now() > activeUntil + 15 * MINUTE_MS
    await time.run({
      until: activeUntil + LONGEST_CALM_MS,
      done: () => hasFailed() || isQuiet(),
      maxEvents: MAX_EVENTS,
    })
    if (!hasFailed()) await finalChecks(world)
  } catch (error) {
    world.report('simulation', error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
  return {
    seed,
    violation: world.violation,
    journal: world.journal.last(),
    events: time.events,
    calls: world.ledger.calls.length,
    records: world.shown.accepted.size,
  }
}
