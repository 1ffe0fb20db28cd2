import {
  componentsOf,
  concerns,
  isOn,
  isOverdue,
  isUpcoming,
  phaseNow,
  phasesInForce,
  plannedEndOf,
  regionsOf,
  startOf,
  stateAt,
} from '@shared/notice/windows'
import { DAY, HOUR, MINUTE, outage, plan, sh, window } from './written'

const night = plan([window('2026-11-28 20:00', '2026-11-29 08:00')])
/** Xiamen's shape: two systems stop at different hours. */
const two = plan([
  window('2026-11-28 18:00', '2026-11-29 08:00', { components: ['digital_sync'], regions: ['94'], impact: 'delayed' }),
  window('2026-11-28 20:00', '2026-11-29 07:00'),
])
/** Two nights with a day between. */
const nights = plan([
  window('2026-11-28 22:00', '2026-11-29 06:00'),
  window('2026-11-29 22:00', '2026-11-30 06:00', { components: ['fiscal'] }),
])

describe('the windows of a notice', () => {
  test('a notice starts with its first window and ends with its last, in whatever order they are written', () => {
    const turned = { ...two, phases: [...two.phases].reverse() }
    for (const notice of [two, turned]) {
      expect(startOf(notice)).toBe(sh('2026-11-28 18:00'))
      expect(plannedEndOf(notice)).toBe(sh('2026-11-29 08:00'))
    }
  })

  test('a plan without windows has no start, and ends when its eta says', () => {
    const bare = plan([], { publishedAt: 0 })
    expect(startOf(bare)).toBeNull()
    expect(plannedEndOf(bare)).toBeNull()
    expect(plannedEndOf({ ...bare, eta: 5 })).toBe(5)
  })

  test('while the end of one window is not known, the end of the notice is its eta', () => {
    const open = plan([window('2026-11-28 18:00', null), window('2026-11-28 20:00', '2026-11-29 08:00')])
    expect(plannedEndOf(open)).toBeNull()
    expect(plannedEndOf({ ...open, eta: 7 })).toBe(7)
  })

  test('of an incident the eta that was last said counts before its windows', () => {
    const incident = outage([window('2026-11-28 18:00', '2026-11-28 20:00')], { eta: sh('2026-11-28 21:00') })
    expect(plannedEndOf(incident)).toBe(sh('2026-11-28 21:00'))
    expect(plannedEndOf({ ...incident, eta: null })).toBe(sh('2026-11-28 20:00'))
  })

  test('a window is on from its first instant to the one before its end', () => {
    const [from, to] = [sh('2026-11-28 20:00'), sh('2026-11-29 08:00')]
    expect([from - 1, from, to - 1].map(now => phaseNow(night, now) !== null)).toEqual([false, true, true])
    expect([from - 1, from].map(now => isUpcoming(night, now))).toEqual([true, false])
    expect([from - 1, from].map(now => isOn(night, now))).toEqual([false, true])
  })

  test('what should be over and is not said to be is overdue, and its last windows are in force still', () => {
    const end = sh('2026-11-29 08:00')
    expect(isOverdue(two, end - 1)).toBe(false)
    expect(isOverdue(two, end)).toBe(true)
    expect(stateAt(two, end)).toBe('verifying')
    expect(phasesInForce(two, end + HOUR).map(({ components }) => components)).toEqual([['digital_sync']])
    expect(isOverdue({ ...two, state: 'completed' }, end + DAY)).toBe(false)
    expect(phasesInForce({ ...two, state: 'completed' }, end + HOUR)).toEqual([])
  })

  test('an incident past its eta is overdue until somebody says that it is over', () => {
    const incident = outage([window('2026-11-28 18:00', null)], { eta: sh('2026-11-28 20:00') })
    expect(isOverdue(incident, sh('2026-11-28 20:00') - MINUTE)).toBe(false)
    expect(isOverdue(incident, sh('2026-11-28 20:00'))).toBe(true)
    expect(isOverdue({ ...incident, state: 'resolved' }, sh('2026-11-28 21:00'))).toBe(false)
    expect(isOverdue({ ...incident, eta: null }, sh('2027-11-28 20:00'))).toBe(false)
  })

  test('between two windows a notice is on and nothing is in force', () => {
    const noon = sh('2026-11-29 12:00')
    expect(isOn(nights, noon)).toBe(true)
    expect(phasesInForce(nights, noon)).toEqual([])
    expect(phaseNow(nights, sh('2026-11-29 23:00'))?.components).toEqual(['fiscal'])
  })

  test('what was started before its time is in its first windows', () => {
    const early = { ...two, state: 'in_progress' as const }
    expect(phasesInForce(early, sh('2026-11-28 17:00')).map(({ components }) => components)).toEqual([['digital_sync']])
  })

  test('of several windows in force the gravest speaks', () => {
    expect(phaseNow(two, sh('2026-11-28 19:00'))?.impact).toBe('delayed')
    expect(phaseNow(two, sh('2026-11-28 21:00'))?.impact).toBe('down')
  })

  test('drafts and cancelled notices are neither on, nor ahead, nor overdue', () => {
    const now = sh('2026-11-28 21:00')
    for (const notice of [
      { ...night, publishedAt: null },
      { ...night, state: 'cancelled' as const },
    ]) {
      for (const at of [now - DAY, now, now + DAY]) {
        expect([isOn(notice, at), isUpcoming(notice, at), isOverdue(notice, at)]).toEqual([false, false, false])
      }
    }
  })

  test('what has nothing to verify is over at its end, or 30 days after it was published', () => {
    const statement = plan([], { type: 'statement', publishedAt: 1_000, state: 'in_progress' })
    expect(stateAt(statement, 1_000 + 30 * DAY - 1)).toBe('in_progress')
    expect(stateAt(statement, 1_000 + 30 * DAY)).toBe('completed')
    const end = { ...night, type: 'provider_end' as const }
    expect(stateAt(end, sh('2026-11-29 08:00'))).toBe('completed')
    const forGood = { ...end, phases: [window('2026-12-01 00:00', null)] }
    expect(stateAt(forGood, sh('2026-12-30 23:59'))).toBe('in_progress')
    expect(stateAt(forGood, sh('2026-12-31 00:00'))).toBe('completed')
  })

  test('components and regions are those of every window; one that is everywhere makes the notice so', () => {
    expect(componentsOf(two)).toEqual(['verification', 'digital_sync'])
    expect(regionsOf(two)).toEqual([])
    const local = plan([
      window('2026-11-28 18:00', null, { regions: ['94', '35'] }),
      window('2026-11-28 18:00', null, { regions: ['35'] }),
    ])
    expect(regionsOf(local)).toEqual(['35', '94'])
    expect(regionsOf(plan([], { publishedAt: 0 }))).toEqual([])
  })

  test('a person is concerned by a window of their components in their regions; no regions on a side is everywhere', () => {
    expect(concerns(two, { components: ['digital_sync'], regions: [] })).toBe(true)
    expect(concerns(two, { components: ['digital_sync'], regions: ['94'] })).toBe(true)
    expect(concerns(two, { components: ['digital_sync'], regions: ['31'] })).toBe(false)
    expect(concerns(two, { components: ['verification'], regions: ['31'] })).toBe(true)
    expect(concerns(two, { components: ['fiscal'], regions: [] })).toBe(false)
    expect(concerns(two, { components: [], regions: ['94'] })).toBe(false)
  })
})
