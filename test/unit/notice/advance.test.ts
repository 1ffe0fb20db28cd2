import { advance, stateSince, trafficSince } from '@shared/notice/advance'
import { NOTICE_STATES } from '@shared/notice/notice'
import * as fc from 'fast-check'
import { DAY, HOUR, MINUTE, moved, outage, phase, plan, publish, rewritten, sh, window } from './written'

const [start, end] = [sh('2026-11-28 20:00'), sh('2026-11-29 08:00')]
const night = plan([window('2026-11-28 20:00', '2026-11-29 08:00')])
const on = publish({ notice: night, claims: {} }, start).notice
const verifying = publish({ notice: on, claims: {} }, end).notice
const GOOD = { answered: 5, failed: 1 }

describe('what the clock does to a notice', () => {
  test('a maintenance begins at its start, is verified from its end, and waits there', () => {
    expect(advance(night, start - 1, null)).toEqual({ state: 'scheduled', endedAt: null, moves: [] })
    expect(advance(night, start, null)).toMatchObject({ state: 'in_progress', moves: [{ at: start }] })
    expect(advance(on, end, null)).toMatchObject({ state: 'verifying', moves: [{ at: end }] })
    expect(advance(verifying, end + 10 * DAY, null)).toEqual({ state: 'verifying', endedAt: null, moves: [] })
  })

  test('a publisher that comes late makes all moves at once, each at its own time', () => {
    const late = advance(night, end + HOUR, GOOD)
    expect(late.moves).toEqual([
      { at: start, state: 'in_progress' },
      { at: end, state: 'verifying' },
      { at: end + HOUR, state: 'completed' },
    ])
    expect(late).toMatchObject({ state: 'completed', endedAt: end + HOUR })
  })

  test('own traffic ends a maintenance with five answers and less than a fifth failed', () => {
    const ends = (answered: number, failed: number) => advance(verifying, end + HOUR, { answered, failed }).state
    expect(ends(5, 0)).toBe('completed')
    expect(ends(5, 1)).toBe('completed')
    expect(ends(4, 0)).toBe('verifying')
    expect(ends(8, 2)).toBe('verifying')
    expect(ends(81, 19)).toBe('completed')
    expect(ends(0, 0)).toBe('verifying')
  })

  test('traffic counts while it is being verified and only after the end, whole minutes of the last fifteen', () => {
    expect(trafficSince(night, start + HOUR)).toBeNull()
    expect(trafficSince(on, end)).toBe(end)
    expect(trafficSince(verifying, end + 5 * MINUTE)).toBe(end)
    expect(trafficSince(verifying, end + HOUR)).toBe(end + 45 * MINUTE)
    const early = moved(on, 'verifying', start + HOUR + 1)
    expect(trafficSince(early, start + HOUR + 5 * MINUTE)).toBe(start + HOUR + MINUTE)
    expect(trafficSince(moved(verifying, 'in_progress', end + HOUR), end + 2 * HOUR)).toBeNull()
    expect(trafficSince(outage([phase(start, end)]), end + HOUR)).toBeNull()
    expect(advance(on, end - 1, GOOD).state).toBe('in_progress')
  })

  test('a start that was moved ahead puts it back, an early start by an operator does not', () => {
    const later = rewritten(on, [phase(start + 2 * DAY, end + 2 * DAY)], start + HOUR)
    expect(advance(later, start + HOUR, null)).toMatchObject({ state: 'scheduled', moves: [{ at: start + HOUR }] })
    expect(advance(rewritten(on, [phase(start + HOUR, end)], start + HOUR), start + HOUR, null).state).toBe(
      'in_progress',
    )
    const early = moved(night, 'in_progress', start - 3 * HOUR)
    expect(advance(early, start - HOUR, null)).toMatchObject({ state: 'in_progress', moves: [] })
    const worded = {
      ...early,
      updates: [{ at: start - 2 * HOUR, state: 'in_progress' as const, text: '进展' }, ...early.updates],
    }
    expect(advance(worded, start - HOUR, null).state).toBe('in_progress')
    const put = rewritten(early, [phase(start + DAY, end + DAY)], start - 2 * HOUR)
    expect(advance(put, start - HOUR, null).state).toBe('scheduled')
  })

  test('a later end of what an operator started early leaves it on', () => {
    const early = moved(night, 'in_progress', start - 3 * HOUR)
    const longer = rewritten(early, [phase(start, end + HOUR)], start - 2 * HOUR)
    expect(advance(longer, start - HOUR, null)).toMatchObject({ state: 'in_progress', moves: [] })
  })

  test('an end that was moved ahead takes it out of verifying', () => {
    const longer = rewritten(verifying, [phase(start, end + 4 * HOUR)], end + HOUR)
    expect(advance(longer, end + HOUR, null)).toMatchObject({ state: 'in_progress' })
    const early = moved(on, 'verifying', end - HOUR)
    expect(advance(early, end - HOUR, null).state).toBe('verifying')
  })

  test('what an operator puts back after the end goes on until the operator ends it', () => {
    const back = moved(verifying, 'in_progress', end + HOUR)
    expect(advance(back, end + 2 * HOUR, GOOD)).toMatchObject({ state: 'in_progress', moves: [] })
  })

  test('statements are over after 30 days, other news at its end', () => {
    const statement = plan([], { type: 'statement', state: 'in_progress', publishedAt: start })
    expect(advance(statement, start + 30 * DAY - 1, null).state).toBe('in_progress')
    expect(advance(statement, start + 31 * DAY, null)).toMatchObject({ state: 'completed', endedAt: start + 30 * DAY })
    expect(advance({ ...night, type: 'release' }, end, null)).toMatchObject({ state: 'completed', endedAt: end })
  })

  test('incidents, drafts and what is over are left alone', () => {
    for (const state of NOTICE_STATES) {
      const incident = outage([phase(start, end)], { state })
      expect(advance(incident, end + DAY, GOOD)).toEqual({ state, endedAt: null, moves: [] })
    }
    expect(advance({ ...night, publishedAt: null }, end, null).moves).toEqual([])
    for (const state of ['completed', 'cancelled', 'reviewed'] as const) {
      const over = { ...night, state, endedAt: start + 1 }
      expect(advance(over, end + DAY, GOOD)).toEqual({ state, endedAt: start + 1, moves: [] })
    }
  })

  test('its updates say since when it is in its state', () => {
    expect(stateSince(night)).toBeNull()
    expect(stateSince(verifying)).toEqual({ at: end, before: 'in_progress' })
    expect(stateSince({ ...verifying, state: 'completed' })).toBeNull()
  })
})

describe('the clock, whatever the windows', () => {
  const ORDER = ['scheduled', 'in_progress', 'verifying', 'completed']
  const spans = fc.array(fc.tuple(fc.integer({ min: 0, max: 5_000 }), fc.option(fc.integer({ min: 1, max: 3_000 }))), {
    minLength: 1,
    maxLength: 4,
  })
  const notices = fc
    .tuple(spans, fc.constantFrom('maintenance', 'policy', 'release', 'provider_end'))
    .map(([rows, type]) =>
      plan(
        rows.map(([from, long]) => phase(start + from * MINUTE, long === null ? null : start + (from + long) * MINUTE)),
        { type: type as 'maintenance' },
      ),
    )
  const times = fc.array(fc.integer({ min: -5_000, max: 50_000 }), { minLength: 1, maxLength: 8 })

  test('advancing twice is advancing once, and goes forwards only', () => {
    fc.assert(
      fc.property(notices, times, (notice, minutes) => {
        let seen = notice
        for (const minute of [...minutes].sort((a, b) => a - b)) {
          const now = start + minute * MINUTE
          const before = ORDER.indexOf(seen.state)
          seen = publish({ notice: seen, claims: {} }, now).notice
          expect(advance(seen, now, null).moves).toEqual([])
          expect(ORDER.indexOf(seen.state)).toBeGreaterThanOrEqual(before)
        }
      }),
    )
  })

  test('many runs between two times leave what one run leaves', () => {
    fc.assert(
      fc.property(notices, times, (notice, minutes) => {
        const sorted = [...minutes].sort((a, b) => a - b).map(minute => start + minute * MINUTE)
        const stepped = sorted.reduce((seen, now) => publish({ notice: seen, claims: {} }, now).notice, notice)
        const once = publish({ notice, claims: {} }, sorted.at(-1) ?? start).notice
        expect(stepped).toEqual(once)
      }),
    )
  })
})
