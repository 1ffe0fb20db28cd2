import { IMPACTS, type Phase } from '@shared/notice/notice'
import { windowChange } from '@shared/notice/window-change'
import * as fc from 'fast-check'
import { HOUR, outage, phase, plan, sh, window } from './written'

const first = window('2026-11-28 18:00', '2026-11-29 08:00')
const second = window('2026-11-28 20:00', '2026-11-29 06:00', {
  components: ['digital_sync', 'fiscal'],
  regions: ['31', '11'],
})
const before = plan([first, second])
const [ahead, during] = [sh('2026-11-28 12:00'), sh('2026-11-28 21:00')]

const change = (phases: Phase[], now = during) => windowChange(before, { phases }, now)

describe('a change of windows', () => {
  test('texts, channels and order are no change', () => {
    const words = { ...first, workaround: '请等一等', channels: ['12366'] }
    const turned = { ...second, components: [...second.components].reverse(), regions: ['11', '31', '11'] }
    expect(change([turned, words])).toBe('none')
    expect(change([first, second, first])).toBe('none')
  })

  test('start, components, regions, impact, a window more or less are changes', () => {
    expect(change([{ ...first, startsAt: first.startsAt - HOUR }, second])).toBe('changed')
    expect(change([{ ...first, components: ['fiscal'] }, second])).toBe('changed')
    expect(change([{ ...first, regions: ['31'] }, second])).toBe('changed')
    expect(change([{ ...first, impact: 'slow' }, second])).toBe('changed')
    expect(change([first])).toBe('changed')
    expect(change([first, second, window('2026-11-30 18:00', null)])).toBe('changed')
  })

  test('a later end of what is on is an extension, before it begins a change', () => {
    const longer = [first, { ...second, endsAt: sh('2026-11-29 10:00') }]
    expect(change(longer)).toBe('extended')
    expect(change(longer, ahead)).toBe('changed')
    expect(change([first, { ...second, endsAt: null }])).toBe('extended')
  })

  test('an earlier end is a change, also beside a later one', () => {
    const earlier = { ...first, endsAt: sh('2026-11-29 07:00') }
    expect(change([earlier, second])).toBe('changed')
    expect(change([earlier, { ...second, endsAt: sh('2026-11-29 10:00') }])).toBe('changed')
  })

  test('a later end of a running incident is an extension, of one that is over a change', () => {
    const incident = outage([first])
    const after = { phases: [{ ...first, endsAt: sh('2026-11-29 12:00') }] }
    expect(windowChange(incident, after, during)).toBe('extended')
    expect(windowChange({ ...incident, state: 'resolved' }, after, during)).toBe('changed')
  })

  const anyPhase = fc
    .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 5 }), fc.constantFrom(...IMPACTS))
    .map(([start, length, impact]) => phase(ahead + start * HOUR, ahead + (start + length) * HOUR, { impact }))

  test('the order of windows never matters, and nothing is a change of itself', () => {
    fc.assert(
      fc.property(fc.array(anyPhase, { maxLength: 5 }), fc.array(anyPhase, { maxLength: 5 }), (some, others) => {
        const [a, b] = [plan(some, { publishedAt: 0 }), plan(others, { publishedAt: 0 })]
        const turned = { ...b, phases: [...b.phases].reverse() }
        expect(windowChange(a, turned, during)).toBe(windowChange(a, b, during))
        expect(windowChange(b, turned, during)).toBe('none')
        if (windowChange(a, b, during) === 'none') expect(windowChange(b, a, during)).toBe('none')
      }),
    )
  })
})
