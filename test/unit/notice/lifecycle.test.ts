import { canMove, firstState, hasEnded, isOver, isPlanned, movesFrom, tellsAnew } from '@shared/notice/lifecycle'
import { NOTICE_STATES, NOTICE_TYPES } from '@shared/notice/notice'

const PLANNED_MOVES = [
  'scheduled>in_progress',
  'scheduled>cancelled',
  'in_progress>verifying',
  'in_progress>completed',
  'in_progress>cancelled',
  'verifying>completed',
  'verifying>in_progress',
  'completed>reviewed',
]

const INCIDENT_MOVES = [
  'suspected>investigating',
  'suspected>identified',
  'suspected>monitoring',
  'suspected>resolved',
  'suspected>cancelled',
  'investigating>identified',
  'investigating>monitoring',
  'investigating>resolved',
  'investigating>cancelled',
  'identified>investigating',
  'identified>monitoring',
  'identified>resolved',
  'identified>cancelled',
  'monitoring>investigating',
  'monitoring>identified',
  'monitoring>resolved',
  'monitoring>cancelled',
  'resolved>investigating',
  'resolved>reviewed',
]

describe('the life of a notice', () => {
  test.each(NOTICE_TYPES)('a %s moves along its own machine and no other way', type => {
    const allowed = NOTICE_STATES.flatMap(from => NOTICE_STATES.map(to => [from, to] as const))
      .filter(([from, to]) => canMove(type, from, to))
      .map(([from, to]) => `${from}>${to}`)
    expect(allowed.sort()).toEqual([...(isPlanned(type) ? PLANNED_MOVES : INCIDENT_MOVES)].sort())
  })

  test('nothing leads out of a cancelled or a reviewed notice', () => {
    for (const type of NOTICE_TYPES) {
      expect(movesFrom(type, 'cancelled')).toEqual([])
      expect(movesFrom(type, 'reviewed')).toEqual([])
    }
  })

  test('what was cancelled is over but has not ended', () => {
    expect(NOTICE_STATES.filter(isOver)).toEqual(['completed', 'cancelled', 'resolved', 'reviewed'])
    expect(NOTICE_STATES.filter(hasEnded)).toEqual(['completed', 'resolved', 'reviewed'])
  })

  test('cancelling and opening again are told anew, going on and ending are not', () => {
    expect(tellsAnew('scheduled', 'cancelled')).toBe(true)
    expect(tellsAnew('monitoring', 'cancelled')).toBe(true)
    expect(tellsAnew('resolved', 'investigating')).toBe(true)
    expect(tellsAnew('in_progress', 'completed')).toBe(false)
    expect(tellsAnew('resolved', 'reviewed')).toBe(false)
    expect(tellsAnew('suspected', 'identified')).toBe(false)
  })

  test('a plan waits for its first window, and is in force when there is none to wait for', () => {
    expect(firstState('maintenance', [{ startsAt: 30 }, { startsAt: 20 }], 10)).toBe('scheduled')
    expect(firstState('maintenance', [{ startsAt: 30 }, { startsAt: 10 }], 10)).toBe('in_progress')
    expect(firstState('statement', [], 10)).toBe('in_progress')
    expect(firstState('policy', [{ startsAt: 11 }], 10, 'suspected')).toBe('scheduled')
  })

  test('an incident begins as it was said, and as investigated otherwise', () => {
    expect(firstState('incident', [], 10)).toBe('investigating')
    expect(firstState('incident', [], 10, 'suspected')).toBe('suspected')
    expect(firstState('incident', [], 10, 'resolved')).toBe('investigating')
  })
})
