import { nextWake } from '@shared/notice/next-wake'
import { endOfQuiet, isQuiet } from '@shared/notice/quiet-hours'
import * as fc from 'fast-check'
import {
  DAY,
  HOUR,
  MINUTE,
  moved,
  movedAnew,
  outage,
  phase,
  plan,
  publish,
  rewritten,
  type Stored,
  sh,
} from './written'

/** An operator's act at a minute after the beginning of the story. */
interface Scripted {
  minute: number
  act: 'end' | 'cancel' | 'longer' | 'later' | 'title' | 'begin'
}

const BEGIN = sh('2026-11-27 00:00')
const STORY_DAYS = 5
const at = (minute: number) => BEGIN + minute * MINUTE

/** Applies an act as the use cases would: refused where it is not allowed, then advanced. */
function act(stored: Stored, { minute, act: what }: Scripted): Stored {
  const { notice, claims } = stored
  const now = at(minute)
  const over = notice.endedAt !== null
  const [first] = notice.phases
  if (over || first === undefined || notice.publishedAt === null || notice.publishedAt > now) return stored
  const put = (fresh: Stored['notice']): Stored => ({ notice: fresh, claims })
  const plus = (from: number, to: number) =>
    rewritten(notice, [phase(first.startsAt + from, (first.endsAt ?? now) + to)], now)
  if (what === 'title') return put({ ...notice, version: notice.version + 1, title: '改了标题' })
  if (what === 'longer') return put(plus(0, 6 * HOUR))
  if (what === 'later') return notice.type === 'incident' ? stored : put(plus(DAY / 2, DAY / 2))
  if (what === 'begin') return notice.state === 'scheduled' ? put(moved(notice, 'in_progress', now)) : stored
  const to = what === 'cancel' ? 'cancelled' : notice.type === 'incident' ? 'resolved' : 'completed'
  return put(to === 'cancelled' ? movedAnew(notice, to, now) : moved(notice, to, now))
}

type Claims = [key: string, told: boolean, at: number][]

const claimsOf = (stored: Stored): Claims =>
  Object.entries(stored.claims)
    .map(([key, claim]): Claims[number] => [key, claim.waveId !== null, claim.at])
    .sort()

/** Plays a story with runs at the given minutes; acts of a minute come before its run. */
function play(start: Stored, script: readonly Scripted[], minutes: readonly number[]): Stored {
  let stored = start
  let done = 0
  for (const minute of minutes) {
    for (; done < script.length && (script[done]?.minute ?? Infinity) <= minute; done++) {
      const next = script[done]
      if (next) stored = act(stored, next)
    }
    const { notice, claims } = publish(stored, at(minute))
    stored = { notice, claims }
  }
  return stored
}

/** Plays a story with runs only when `nextWake` asks for them; an act makes a run due as a write of `wakeAt` does. */
function playByWakes(start: Stored, script: readonly Scripted[], until: number): { stored: Stored; runs: number } {
  let stored = start
  let done = 0
  let runs = 0
  let minute = 0
  while (minute <= until) {
    for (; done < script.length && (script[done]?.minute ?? Infinity) <= minute; done++) {
      const next = script[done]
      if (next) stored = act(stored, next)
    }
    const after = publish(stored, at(minute))
    stored = { notice: after.notice, claims: after.claims }
    runs++
    const wake = nextWake(stored.notice, stored.claims, at(minute))
    if (wake !== null) expect(wake).toBeGreaterThan(at(minute))
    const byClock = wake === null ? Infinity : Math.ceil((wake - BEGIN) / MINUTE)
    minute = Math.min(byClock, script[done]?.minute ?? Infinity)
  }
  return { stored, runs }
}

/** Other types are told of when they are published alone. */
const TOLD_OFF = ['maintenance', 'incident']
const DAYS = STORY_DAYS * 24 * 60
const notices = fc
  .record({
    published: fc.integer({ min: 0, max: 1_500 }),
    ahead: fc.integer({ min: -200, max: 3_000 }),
    long: fc.integer({ min: 1, max: 2_000 }),
    type: fc.constantFrom('maintenance', 'incident', 'policy', 'release', 'statement'),
  })
  .map(({ published, ahead, long, type }) => {
    const [from, publishedAt] = [at(published + ahead), at(published)]
    const phases = [phase(from, from + long * MINUTE)]
    const kind = { type: type as 'policy', publishedAt, createdAt: publishedAt, changedAt: publishedAt }
    return type === 'incident' ? outage(phases, { ...kind, type }) : plan(phases, kind)
  })

const scripts = fc
  .array(
    fc.record({
      minute: fc.integer({ min: 0, max: DAYS }),
      act: fc.constantFrom<Scripted['act']>('end', 'cancel', 'longer', 'later', 'title', 'begin'),
    }),
    { maxLength: 4 },
  )
  .map(rows => rows.sort((a, b) => a.minute - b.minute))

/** Runs in any number and order of distances, from the beginning to a last one outside quiet hours. */
const runs = fc
  .array(fc.integer({ min: 0, max: DAYS - 1 }), { maxLength: 30 })
  .map(minutes => [...minutes.sort((a, b) => a - b), Math.ceil((endOfQuiet(at(DAYS)) - BEGIN) / MINUTE)])

const fresh = (notice: Stored['notice']): Stored => ({ notice, claims: {} })

describe('runs of the publisher', () => {
  test('late, doubled and split runs claim the same, told or overtaken', () => {
    fc.assert(
      fc.property(notices, runs, runs, (notice, some, others) => {
        const doubled = some.flatMap(minute => [minute, minute])
        const names = [some, others, doubled].map(minutes =>
          claimsOf(play(fresh(notice), [], minutes))
            .map(([key]) => key)
            .filter(key => !key.endsWith('.asked')),
        )
        expect(names[1]).toEqual(names[0])
        expect(names[2]).toEqual(names[0])
      }),
    )
  })

  test('doubled runs claim exactly what single runs claim', () => {
    fc.assert(
      fc.property(notices, scripts, runs, (notice, script, minutes) => {
        const doubled = minutes.flatMap(minute => [minute, minute])
        expect(claimsOf(play(fresh(notice), script, doubled))).toEqual(claimsOf(play(fresh(notice), script, minutes)))
      }),
    )
  })

  test('nothing is told twice, and one run tells at most one thing of a notice', () => {
    fc.assert(
      fc.property(notices, scripts, runs, (notice, script, minutes) => {
        const claims = claimsOf(play(fresh(notice), script, minutes)).filter(([, told]) => told)
        const day = claims.filter(([key]) => !key.endsWith('.asked'))
        expect(new Set(day.map(([, , when]) => when)).size).toBe(day.length)
        expect(day.filter(([key]) => key.endsWith('.published')).length).toBeLessThanOrEqual(1)
        expect(day.filter(([key]) => key.endsWith('.ended')).length).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('in quiet hours nothing is claimed but ends for those who asked', () => {
    fc.assert(
      fc.property(notices, scripts, runs, (notice, script, minutes) => {
        const night = claimsOf(play(fresh(notice), script, minutes)).filter(([, , when]) => isQuiet(when))
        expect(night.filter(([key]) => !key.endsWith('.ended.asked'))).toEqual([])
      }),
    )
  })

  test('after a cancellation is told nothing follows', () => {
    fc.assert(
      fc.property(notices, scripts, runs, (notice, script, minutes) => {
        const seen = play(fresh(notice), script, minutes)
        if (seen.notice.state !== 'cancelled') return
        const since = seen.notice.endedAt ?? 0
        const later = claimsOf(seen).filter(([, told, when]) => told && when > since)
        expect(later.filter(([key]) => !key.endsWith('.changed'))).toEqual([])
        // Whoever was told of it before is told that it is off, when anybody looked since.
        const before = claimsOf(seen).some(([, told, when]) => told && when < since)
        const told = claimsOf(seen).some(([key, was, when]) => was && when >= since && key.endsWith('.changed'))
        expect(told).toBe(before && TOLD_OFF.includes(seen.notice.type))
      }),
    )
  })

  test('edits of the title change nothing of what is told', () => {
    fc.assert(
      fc.property(notices, runs, fc.integer({ min: 0, max: DAYS }), (notice, minutes, minute) => {
        const edited = play(fresh(notice), [{ minute, act: 'title' }], minutes)
        expect(claimsOf(edited)).toEqual(claimsOf(play(fresh(notice), [], minutes)))
      }),
    )
  })
})

describe('the next look at a notice', () => {
  test('looking from wake to wake leaves what looking every minute leaves', () => {
    const minutes = Array.from({ length: DAYS + 1 }, (_, minute) => minute)
    fc.assert(
      fc.property(notices, scripts, (notice, script) => {
        const { stored, runs: looks } = playByWakes(fresh(notice), script, DAYS)
        const every = play(fresh(notice), script, minutes)
        expect(claimsOf(stored)).toEqual(claimsOf(every))
        expect(stored.notice).toEqual(every.notice)
        // Verifying looks every five minutes; everything else is a handful.
        expect(looks).toBeLessThan(DAYS / 5 + 40)
      }),
      { numRuns: 20 },
    )
  })

  test('a draft wakes at its publication, an untimed one never', () => {
    const draft = plan([phase(at(600), at(900))], { publishedAt: null })
    expect(nextWake(draft, {}, at(0))).toBeNull()
    expect(nextWake({ ...draft, publishAt: null }, {}, at(0))).toBeNull()
    expect(nextWake({ ...draft, publishAt: at(100) }, {}, at(0))).toBe(at(100))
    expect(nextWake({ ...draft, publishAt: at(100) }, {}, at(200))).toBe(at(200))
  })

  test('what has something to do at once wakes now', () => {
    const notice = plan([phase(at(3_000), at(3_600))], { publishedAt: at(600), changedAt: at(600) })
    expect(nextWake(notice, {}, at(600))).toBe(at(600))
    expect(nextWake(notice, publish(fresh(notice), at(600)).claims, at(600))).toBe(at(3_000) - DAY)
  })

  test('an incident wakes when its eta passes, and never again without one', () => {
    const incident = outage([phase(at(600), null)], { publishedAt: at(610), changedAt: at(610) })
    const { notice, claims } = publish(fresh(incident), at(610))
    expect(nextWake(notice, claims, at(610))).toBeNull()
    expect(nextWake({ ...notice, eta: at(700) }, claims, at(610))).toBe(at(700))
    expect(nextWake({ ...notice, eta: at(700) }, claims, at(700))).toBeNull()
  })

  test('a statement wakes when its 30 days are over', () => {
    const statement = plan([], { type: 'statement', state: 'in_progress', publishedAt: at(600), changedAt: at(600) })
    const { notice, claims } = publish(fresh(statement), at(600))
    expect(nextWake(notice, claims, at(600))).toBe(at(600) + 30 * DAY)
    expect(nextWake(publish({ notice, claims }, at(600) + 30 * DAY).notice, claims, at(600) + 30 * DAY)).toBeNull()
  })

  test('a maintenance that is verified is looked at every five minutes', () => {
    const notice = plan([phase(at(600), at(900))])
    const seen = publish(fresh(notice), at(901))
    expect(nextWake(seen.notice, seen.claims, at(901))).toBe(at(906))
  })
})
