import { CAUSES } from '@shared/invoice/outcome'
import type { Notice } from '@shared/notice/notice'
import { explainByNotice } from '../../../functions/verification/explain-by-notice'
import { couldNotCheck } from '../../../functions/verification/own-answers'
import type { StoredAnswer } from '../../../functions/verification/ports'
import { HOUR, NOW, sampleAnswer, sampleAsked } from './gate-samples'
import { sampleNotice, samplePhase } from './notice-samples'

const DAY = 24 * HOUR
const answer = (changes: Partial<StoredAnswer> = {}): StoredAnswer => ({
  ...sampleAnswer({ outcome: 'not_found', lifecycle: null }),
  reasons: [{ code: 'NOT_ISSUED', likelihood: 'possible' }],
  notice: null,
  ...changes,
})
const silent = (changes: Partial<StoredAnswer>): StoredAnswer =>
  answer({ outcome: 'could_not_check', cause: 'maintenance', reasons: [], ...changes })

let reads = 0
beforeEach(() => {
  reads = 0
})
const explained = (given: StoredAnswer, notices: Notice[] | null, asked = sampleAsked) =>
  explainByNotice(
    {
      clock: { now: () => NOW },
      notices: {
        async near() {
          reads++
          if (notices === null) throw new Error('no table')
          return notices
        },
      },
    },
    asked,
    given,
  )

test('only silences that an outage looks like are explained by one', async () => {
  const named = []
  for (const cause of CAUSES) {
    const { notice } = await explained(silent({ cause }), [sampleNotice()])
    if (notice !== null) named.push(cause)
  }
  expect([...named].sort()).toEqual(['busy', 'maintenance', 'network', 'too_early'])
  expect(reads).toBe(4)
})

test('a paused provider is a silence of an outage, our own limit is none', async () => {
  const paused = couldNotCheck('provider_account', 'PROVIDER_PAUSED', true, NOW)
  expect((await explained(paused, [sampleNotice()])).notice?.id).toBe('ntc_1')
  const limit = couldNotCheck('provider_account', 'SYSTEM_SPEND_LIMIT', true, NOW)
  expect((await explained(limit, [sampleNotice()])).notice).toBeNull()
})

test('what found the invoice, or another place checks, reads no notice', async () => {
  for (const outcome of ['consistent', 'mismatch', 'not_checkable'] as const) {
    const given = answer({ outcome })
    expect(await explained(given, [sampleNotice()])).toBe(given)
  }
  expect(reads).toBe(0)
})

test('the next time is not before the end, and never earlier than it was', async () => {
  const end = NOW + 9 * HOUR
  expect((await explained(silent({ nextTryAt: NOW + HOUR }), [sampleNotice()])).nextTryAt).toBe(end)
  expect((await explained(silent({ nextTryAt: NOW + DAY }), [sampleNotice()])).nextTryAt).toBe(NOW + DAY)
})

test.each([
  ['is not known', sampleNotice([samplePhase({ endsAt: null })], { type: 'incident', state: 'identified' })],
  ['has passed', sampleNotice([samplePhase({ endsAt: NOW - 1 })])],
  ['lies more than a week ahead', sampleNotice([samplePhase({ endsAt: NOW + 8 * DAY })])],
])('an end that %s moves no time, and the notice is named', async (_, notice) => {
  const told = await explained(silent({ nextTryAt: NOW + HOUR }), [notice])
  expect([told.nextTryAt, told.notice?.id]).toEqual([NOW + HOUR, 'ntc_1'])
})

test('an outage of the tax side goes before one of the provider', async () => {
  const own = sampleNotice([samplePhase({ components: ['tencent'], endsAt: NOW + 20 * HOUR })], { id: 'ntc_own' })
  expect((await explained(silent({}), [own])).notice?.id).toBe('ntc_own')
  expect((await explained(silent({}), [own, sampleNotice()])).notice?.id).toBe('ntc_1')
  expect((await explained(silent({ provider: 'aliyun' }), [own])).notice).toBeNull()
  expect((await explained(silent({ provider: 'other' }), [own])).notice).toBeNull()
})

test('when every provider is paused a notice of any of them explains it', async () => {
  const own = sampleNotice([samplePhase({ components: ['baidu'] })])
  const paused = couldNotCheck('network', 'PROVIDER_PAUSED', true, NOW)
  expect((await explained(paused, [own])).notice?.id).toBe('ntc_1')
})

test('a late upload is the first reason, named once, and the others stay as they were', async () => {
  const notice = sampleNotice([samplePhase({ startsAt: NOW - 3 * DAY, endsAt: NOW - DAY })], {
    state: 'completed',
    endedAt: NOW - DAY,
  })
  const told = await explained(answer(), [notice])
  const twice = await explained(told, [notice])
  for (const { reasons } of [told, twice]) {
    expect(reasons).toEqual([
      { code: 'ISSUED_IN_OUTAGE', likelihood: 'likely' },
      { code: 'NOT_ISSUED', likelihood: 'possible' },
    ])
  }
  expect(told.nextTryAt).toBe(answer().nextTryAt)
})

test('notices that cannot be read leave the answer as it is', async () => {
  for (const given of [answer(), silent({})]) expect(await explained(given, null)).toEqual(given)
})
