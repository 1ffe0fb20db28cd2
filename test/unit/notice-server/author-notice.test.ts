import type { NoticePatch } from '@shared/contract/operator-notice'
import { isOver } from '@shared/notice/lifecycle'
import { COMPONENTS, NOTICE_STATES, NOTICE_TYPES } from '@shared/notice/notice'
import * as fc from 'fast-check'
import { ServiceError } from '../../../functions/errors'
import { writtenNotice } from '../../../functions/notices/author-notice-draft'
import { movedNotice } from '../../../functions/notices/author-notice-move'
import { patchedNotice } from '../../../functions/notices/author-notice-patch'
import { BodyProblems } from '../../../functions/notices/author-notice-problems'
import type { StoredNotice } from '../../../functions/notices/ports'

const HOUR = 3_600_000
const START = Date.parse('2026-11-22T10:00:00+08:00')
const iso = (ms: number) => new Date(ms).toISOString()

const phases = fc.array(
  fc.record({
    startsAt: fc.integer({ min: -48, max: 96 }).map(hours => iso(START + hours * HOUR)),
    endsAt: fc.option(fc.integer({ min: 97, max: 200 }).map(hours => iso(START + hours * HOUR))),
    components: fc.subarray([...COMPONENTS], { minLength: 1 }),
    regions: fc.subarray(['11', '31']),
    impact: fc.constantFrom('down' as const, 'slow' as const),
    workaround: fc.constant(null),
    channels: fc.constant<string[]>([]),
  }),
  { maxLength: 3 },
)

const body = fc.record({
  type: fc.constantFrom(...NOTICE_TYPES),
  title: fc.string({ minLength: 1 }),
  summary: fc.string(),
  phases,
  source: fc.constant('s'),
  draft: fc.boolean(),
})

const patch = fc.record(
  {
    title: fc.constantFrom('a', 'b'),
    phases,
    eta: fc.option(fc.integer({ min: -10, max: 300 }).map(hours => iso(START + hours * HOUR))),
    publishAt: fc.constantFrom(iso(START), iso(START + 50 * HOUR)),
    text: fc.constantFrom('one', 'two'),
    review: fc.constantFrom('r', null),
  },
  { requiredKeys: [] },
)

type Act = { patch: NoticePatch } | { to: (typeof NOTICE_STATES)[number]; eta?: string | null }
const acts = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 24 }),
    fc.oneof(
      patch.map((given): Act => ({ patch: given as NoticePatch })),
      fc.constantFrom(...NOTICE_STATES).map((to): Act => ({ to })),
    ),
  ),
  { maxLength: 12 },
)

function refusedOr(make: () => StoredNotice): StoredNotice | null {
  try {
    return make()
  } catch (error) {
    expect(error).toBeInstanceOf(ServiceError)
    return null
  }
}

const apply = (notice: StoredNotice, act: Act, now: number) => {
  const hand = { by: 'operator', now }
  return 'patch' in act ? patchedNotice(notice, act.patch, hand) : movedNotice(notice, act, hand)
}

test('whatever operators do: versions and acts only grow, the same act twice is one, and what is over has an end', () => {
  fc.assert(
    fc.property(body, acts, (first, done) => {
      let now = START
      let notice = refusedOr(() => writtenNotice(first, { id: 'ntc_1', bodyHash: '' }, { by: 'operator', now }))
      if (notice === null) return
      for (const [hours, act] of done) {
        now += hours * HOUR + 1
        const before: StoredNotice = notice
        const after = refusedOr(() => apply(before, act, now))
        if (after === null) continue
        expect(after.version).toBeGreaterThanOrEqual(before.version)
        expect(after.acts.length).toBeGreaterThanOrEqual(before.acts.length)
        expect(after.tellVersion).toBeLessThanOrEqual(after.version)
        expect(after.versions.map(({ version }) => version)).toEqual(
          Array.from({ length: after.version - 1 }, (_, at) => after.version - 1 - at),
        )
        if (after.tellVersion > before.tellVersion) expect(after.changedAt).toBe(now)
        else expect(after.changedAt).toBe(before.changedAt)
        expect(isOver(after.state)).toBe(after.endedAt !== null)
        if (before.publishedAt !== null) expect(after.publishedAt).toBe(before.publishedAt)
        expect(refusedOr(() => apply(after, act, now)) ?? after).toBe(after)
        notice = after
      }
    }),
    { numRuns: 300 },
  )
})

test('an instant that the calendar has not is named with its field', () => {
  const problems = new BodyProblems()
  expect(problems.instant('phases.0.startsAt', '2026-02-30T00:00:00+08:00')).toBe(0)
  expect(problems.instant('phases.0.startsAt', '2028-02-29T00:00:00+08:00')).toBeGreaterThan(0)
  expect(() => problems.end()).toThrow(ServiceError)
})
