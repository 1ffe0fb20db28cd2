import { NOTICE_TYPES } from '@shared/notice/notice'
import { type Claims, certainAhead, rankOf, tellingsAt } from '@shared/notice/tellings'
import {
  DAY,
  HOUR,
  keysOf,
  MINUTE,
  moved,
  movedAnew,
  outage,
  phase,
  plan,
  publish,
  rewritten,
  run,
  type Stored,
  sh,
  window,
} from './written'

const evening = () => plan([window('2026-11-28 20:00', '2026-11-29 12:00')], { publishedAt: sh('2026-11-26 10:00') })
const fresh = (notice = evening()): Stored => ({ notice, claims: {} })
const at = (text: string) => sh(`2026-11-${text}`)
const TOLD = { waveId: 'w', at: 0 }

function told(stored: Stored, ...times: string[]) {
  return run(stored, times.map(at))
}

describe('what is told of a maintenance', () => {
  test('published, a day before, an hour before and started are told when they come, each once', () => {
    const after = told(
      fresh(),
      '26 10:00',
      '26 10:01',
      '27 19:59',
      '27 20:00',
      '27 20:01',
      '28 19:00',
      '28 20:00',
      '28 20:01',
    )
    expect(after.told).toEqual([
      { key: '1.published', at: at('26 10:00') },
      { key: '1.before_24h', at: at('27 20:00') },
      { key: '1.before_1h', at: at('28 19:00') },
      { key: '1.started', at: at('28 20:00') },
    ])
  })

  test('the end is told once, whether an operator or our own traffic found it', () => {
    const on = told(fresh(), '26 10:00', '27 20:00', '28 19:00', '28 20:00', '29 12:00')
    const over = { ...on, notice: moved(on.notice, 'completed', at('29 13:00')) }
    expect(told(over, '29 13:00', '29 13:01').told).toEqual([{ key: '1.ended', at: at('29 13:00') }])
    const reviewed = { ...on, notice: moved(over.notice, 'reviewed', at('29 13:00')) }
    expect(told(reviewed, '29 14:00', '30 14:00').told.map(({ key }) => key)).toEqual(['1.ended'])
  })

  test('of what fell due together only the newest that holds is told, the rest is overtaken', () => {
    expect(keysOf(publish(fresh(), at('28 19:30')).claimed)).toEqual(['(1.published)', '(1.before_24h)', '1.before_1h'])
    expect(keysOf(publish(fresh(), at('28 20:00')).claimed)).toEqual([
      '(1.published)',
      '(1.before_24h)',
      '(1.before_1h)',
      '1.started',
    ])
  })

  test('a start is overtaken when its end has come, too', () => {
    const seen = told(fresh(), '26 10:00', '27 20:00', '28 19:00')
    expect(keysOf(publish(seen, at('29 12:00')).claimed)).toEqual(['(1.started)'])
  })

  test('published less than a day before, the day-before reminder does not exist; published while on, no start', () => {
    const late = fresh(plan([window('2026-11-28 20:00', '2026-11-29 12:00')], { publishedAt: at('28 09:00') }))
    expect(told(late, '28 09:00', '28 19:00').told.map(({ key }) => key)).toEqual(['1.published', '1.before_1h'])
    const on = fresh(plan([window('2026-11-28 20:00', '2026-11-29 12:00')], { publishedAt: at('28 20:00') }))
    expect(told(on, '28 20:00', '28 21:00', '29 11:00').told.map(({ key }) => key)).toEqual(['1.published'])
    const exactly = fresh(plan([window('2026-11-28 20:00', null)], { publishedAt: at('27 20:00') }))
    expect(told(exactly, '27 20:00', '27 20:01').told.map(({ key }) => key)).toEqual(['1.published'])
  })

  test('started before its time it is told then, and its reminders are overtaken', () => {
    const seen = told(fresh(), '26 10:00', '27 20:00')
    const early = { ...seen, notice: moved(seen.notice, 'in_progress', at('28 18:00')) }
    expect(told(early, '28 18:00', '28 19:00', '28 20:00').told).toEqual([{ key: '1.started', at: at('28 18:00') }])
  })

  test('a notice that was not moved by the clock yet is judged by where it stands', () => {
    const { claims, notice } = told(fresh(), '26 10:00', '27 20:00', '28 19:00')
    expect(notice.state).toBe('scheduled')
    expect(keysOf(tellingsAt(notice, claims, at('28 20:00')))).toEqual(['1.started'])
  })

  test('drafts are told of to nobody', () => {
    expect(tellingsAt({ ...evening(), publishedAt: null }, {}, at('28 20:00'))).toEqual([])
  })
})

describe('what is told of a change', () => {
  const seen = told(fresh(), '26 10:00')
  const moveTo = (stored: Stored, from: string, to: string | null, now: string): Stored => ({
    ...stored,
    notice: rewritten(stored.notice, [phase(at(from), to === null ? null : at(to))], at(now)),
  })

  test('a version without a change of windows adds no telling', () => {
    const worded = { ...seen, notice: { ...seen.notice, version: 2, title: '另一个标题' } }
    expect(publish(worded, at('26 11:00')).claimed).toEqual([])
  })

  test('a moved window is told as changed, and its reminders are counted anew', () => {
    const reminded = told(seen, '27 20:00')
    const after = told(
      moveTo(reminded, '29 20:00', '30 12:00', '28 09:00'),
      '28 09:00',
      '28 20:00',
      '29 19:00',
      '29 20:00',
    )
    expect(after.told.map(({ key }) => key)).toEqual(['2.changed', '2.before_24h', '2.before_1h', '2.started'])
  })

  test('a reminder whose moment lies before the change does not exist for that version', () => {
    const after = told(moveTo(seen, '28 21:00', '29 12:00', '27 21:30'), '27 21:30', '28 09:00', '28 20:00')
    expect(after.told.map(({ key }) => key)).toEqual(['2.changed', '2.before_1h'])
    expect(Object.keys(after.claims)).not.toContain('2.before_24h')
  })

  test('a later end of what is on is told as extended, and the start is not told again', () => {
    const on = told(seen, '27 20:00', '28 19:00', '28 20:00')
    expect(
      told(moveTo(on, '28 20:00', '29 18:00', '29 09:00'), '29 09:00', '29 09:30').told.map(({ key }) => key),
    ).toEqual(['2.extended'])
  })

  test('several changes before anybody was told are one: judged against what people know', () => {
    const on = told(seen, '27 20:00', '28 19:00', '28 20:00')
    const twice = moveTo(moveTo(on, '28 20:00', '29 14:00', '28 23:00'), '28 20:00', '29 18:00', '29 02:00')
    expect(told(twice, '28 23:30', '29 02:00', '29 08:00').told).toEqual([{ key: '3.extended', at: at('29 08:00') }])
  })

  test('changed and changed back before anybody was told is no news', () => {
    const twice = moveTo(moveTo(seen, '28 21:00', '29 12:00', '26 22:00'), '28 20:00', '29 12:00', '26 23:00')
    expect(keysOf(publish(twice, at('27 08:00')).claimed)).toEqual(['(3.changed)'])
  })

  test('a change before the first telling is told as published', () => {
    const first = moveTo(fresh(), '28 21:00', '29 12:00', '26 10:30')
    expect(told(first, '26 10:31').told.map(({ key }) => key)).toEqual(['2.published'])
  })

  test('an edit after the end was told tells nothing more', () => {
    const over = told({ ...seen, notice: moved(seen.notice, 'completed', at('28 21:00')) }, '28 21:30')
    const after = moveTo(over, '28 20:00', '28 21:00', '29 09:00')
    expect(publish(after, at('29 09:00')).claimed.filter(({ tell }) => tell)).toEqual([])
  })
})

describe('what is told of a cancellation', () => {
  test('it is told as changed when anything was told, and everything else is overtaken', () => {
    const seen = told(fresh(), '26 10:00')
    const off = { ...seen, notice: moved(seen.notice, 'cancelled', at('28 19:30')) }
    expect(keysOf(publish(off, at('28 19:30')).claimed)).toEqual(['(1.before_24h)', '(1.before_1h)', '1.changed'])
  })

  test('it is not told when nobody was told before', () => {
    const off = fresh(moved(evening(), 'cancelled', at('26 10:30')))
    expect(keysOf(publish(off, at('26 10:31')).claimed)).toEqual(['(1.published)', '(1.changed)'])
  })

  test('it is told under the version that it raises, also after a change, and once', () => {
    const seen = told(fresh(), '26 10:00')
    const changed = told(
      { ...seen, notice: rewritten(seen.notice, [phase(at('28 21:00'), null)], at('27 09:00')) },
      '27 09:00',
    )
    for (const { notice, claims } of [seen, changed]) {
      const off = { notice: movedAnew(notice, 'cancelled', at('27 15:00')), claims }
      const after = told(off, '27 15:00', '27 16:00', '28 21:00')
      expect(after.told.map(({ key }) => key)).toEqual([`${notice.version + 1}.changed`])
    }
  })
})

describe('what is told of an incident', () => {
  const incident = () => outage([window('2026-11-28 14:00', null)])

  test('published, extended and ended are told; it has no reminders and no start', () => {
    const seen = told(fresh(incident()), '28 14:10', '28 15:00')
    const over = { ...seen, notice: moved(seen.notice, 'resolved', at('28 16:00')) }
    expect([...seen.told, ...told(over, '28 16:00').told].map(({ key }) => key)).toEqual(['1.published', '1.ended'])
  })

  test('opened again under a raised version it is told as changed, and its new end again', () => {
    const seen = told(fresh(incident()), '28 14:10')
    const over = told({ ...seen, notice: moved(seen.notice, 'resolved', at('28 16:00')) }, '28 16:00')
    const again = movedAnew(over.notice, 'investigating', at('28 17:00'))
    const open = told({ ...over, notice: again }, '28 17:00')
    const end = told({ ...open, notice: moved(open.notice, 'resolved', at('28 18:00')) }, '28 18:00')
    expect([...open.told, ...end.told].map(({ key }) => key)).toEqual(['2.changed', '2.ended'])
  })
})

describe('what is told of news', () => {
  test.each(NOTICE_TYPES.filter(type => type !== 'maintenance' && type !== 'incident'))(
    'a %s is told when it is published',
    type => {
      const seen = told(fresh({ ...evening(), type }), '26 10:00', '27 20:00', '28 19:00', '28 20:00', '29 12:00')
      const reminded = type === 'policy' || type === 'provider_end' ? ['1.before_24h'] : []
      expect(seen.told.map(({ key }) => key)).toEqual(['1.published', ...reminded])
    },
  )
})

describe('quiet hours', () => {
  const night = plan([window('2026-11-28 23:00', '2026-11-29 09:00')], { publishedAt: sh('2026-11-26 10:00') })

  test('what falls into them is told at 08:00 as it stands then', () => {
    const seen = told(
      fresh(night),
      '26 10:00',
      '27 23:00',
      '28 03:00',
      '28 08:00',
      '28 22:00',
      '28 23:00',
      '29 07:59',
      '29 08:00',
    )
    expect(seen.told).toEqual([
      { key: '1.published', at: at('26 10:00') },
      { key: '1.before_24h', at: at('28 08:00') },
      { key: '1.started', at: at('29 08:00') },
    ])
    expect(seen.claims['1.before_1h']).toEqual({ waveId: null, at: at('29 08:00') })
  })

  test('an end at night is told at once to those who asked for it, and to the others at 08:00', () => {
    const seen = told(fresh(night), '26 10:00', '28 08:00')
    const over = { ...seen, notice: moved(seen.notice, 'completed', at('29 03:00')) }
    const [asked] = publish(over, at('29 03:00')).claimed
    expect(asked).toEqual({ key: '1.ended.asked', occasion: 'ended', onlyAsked: true, tell: true })
    const after = told(over, '29 03:00', '29 03:01', '29 08:00', '29 22:30')
    expect(after.told.map(({ key }) => key)).toEqual(['1.ended.asked', '1.ended'])
    expect(after.claims['1.started']?.waveId).toBeNull()
  })

  test('a cancellation waits for 08:00', () => {
    const seen = told(fresh(night), '26 10:00')
    const off = { ...seen, notice: moved(seen.notice, 'cancelled', at('26 23:00')) }
    expect(told(off, '26 23:00', '27 08:00').told).toEqual([{ key: '1.changed', at: at('27 08:00') }])
  })
})

describe('scarce messages', () => {
  test('recovery that was asked for comes first, then changes, ends, starts and reminders', () => {
    const [maintenance, incident] = [{ type: 'maintenance' }, { type: 'incident' }] as const
    const ranks = [
      rankOf('ended', maintenance, true),
      rankOf('published', maintenance, false),
      rankOf('ended', maintenance, false),
      rankOf('started', maintenance, false),
      rankOf('before_1h', maintenance, false),
    ]
    expect(ranks).toEqual([...ranks].sort((a, b) => b - a))
    expect(new Set(ranks).size).toBe(5)
    expect(rankOf('ended', incident, false)).toBe(rankOf('ended', maintenance, true))
    expect(rankOf('extended', maintenance, false)).toBe(rankOf('changed', maintenance, false))
    expect(rankOf('before_24h', maintenance, false)).toBe(rankOf('before_1h', maintenance, false))
  })

  test('before a start that will be told, one message is kept for it', () => {
    const notice = evening()
    const now = at('27 20:00')
    expect(certainAhead(notice, now, 'before_24h')).toBe(1)
    expect(certainAhead(notice, now, 'published')).toBe(0)
    expect(certainAhead(notice, now, 'started')).toBe(0)
    expect(certainAhead(notice, now, 'ended')).toBe(0)
    expect(certainAhead({ ...notice, state: 'in_progress' }, at('28 21:00'), 'before_1h')).toBe(0)
    expect(certainAhead({ ...notice, type: 'policy' }, now, 'before_24h')).toBe(0)
  })

  test('a start in the night that is over by 08:00 is not certain to be told', () => {
    const short = plan([window('2026-11-28 23:00', '2026-11-29 08:00')])
    const long = plan([window('2026-11-28 23:00', '2026-11-29 08:01')])
    expect(certainAhead(short, at('28 08:00'), 'before_24h')).toBe(0)
    expect(certainAhead(long, at('28 08:00'), 'before_24h')).toBe(1)
  })
})

test('a two-day outage is told by its story, no message more and none less', () => {
  const first = fresh(plan([window('2026-11-28 18:00', '2026-11-29 08:00')], { publishedAt: at('26 10:00') }))
  const announced = told(first, '26 10:00', '26 12:00')
  const later = rewritten(announced.notice, [window('2026-11-28 20:00', '2026-11-29 08:00')], at('26 15:00'))
  const on = told({ ...announced, notice: later }, '26 15:00', '27 20:00', '28 19:00', '28 20:00', '28 22:00')
  const longer = rewritten(on.notice, [window('2026-11-28 20:00', '2026-11-29 12:00')], at('29 07:00'))
  const late = told({ ...on, notice: longer }, '29 07:00', '29 08:00', '29 12:00', '29 13:00')
  const over = told({ ...late, notice: moved(late.notice, 'completed', at('29 13:40')) }, '29 13:40', '30 10:00')
  expect([announced, on, late, over].flatMap(part => part.told.map(({ key }) => key))).toEqual([
    '1.published',
    '2.changed',
    '2.before_24h',
    '2.before_1h',
    '2.started',
    '3.extended',
    '3.ended',
  ])
  expect(late.notice.state).toBe('verifying')
  const claims: Claims = over.claims
  expect(Object.values(claims).every(({ at: when }) => when >= at('26 10:00'))).toBe(true)
  expect(tellingsAt(over.notice, claims, over.notice.changedAt + 40 * DAY + 5 * HOUR + MINUTE)).toEqual([])
  expect(tellingsAt(evening(), { '1.published': TOLD }, at('26 11:00'))).toEqual([])
})
