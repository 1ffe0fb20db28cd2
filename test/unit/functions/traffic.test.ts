import { TrafficCounter } from '../../../functions/gate/traffic'
import { trafficOf } from '../../../functions/gate/traffic-of'
import type { TrafficCount } from '../../../functions/notices/ports'
import { couldNotCheck } from '../../../functions/verification/own-answers'
import type { InvoiceProvider } from '../../../functions/verification/ports'
import { NOW, sampleAsked, sampleSaid } from './gate-samples'

const asking = { components: ['verification', 'tencent'], region: '33', provider: 'tencent', answered: true } as const

/** A counter with the writes that it made; a write that is to fail throws. */
function counter() {
  const state = { now: NOW, fails: false, writes: [] as (readonly TrafficCount[])[] }
  const traffic = {
    async add(counts: readonly TrafficCount[]) {
      if (state.fails) throw new TypeError('away')
      state.writes.push(counts)
    },
  }
  return { state, counter: new TrafficCounter({ traffic, clock: { now: () => state.now } }) }
}

test('counts wait for five seconds and are written together', async () => {
  const { state, counter: counts } = counter()
  counts.note(asking)
  counts.note({ ...asking, answered: false })
  state.now += 4999
  expect([await counts.settle(), state.writes]).toEqual([null, []])
  state.now += 1
  await counts.settle()
  const count = { minute: NOW, region: '33', provider: 'tencent', answered: 1, failed: 1 }
  expect(state.writes).toEqual([
    [
      { component: 'verification', ...count },
      { component: 'tencent', ...count },
    ],
  ])
  await counts.settle()
  expect(state.writes).toHaveLength(1)
})

test('twenty askings do not wait', async () => {
  const { state, counter: counts } = counter()
  for (let one = 0; one < 19; one++) counts.note(asking)
  await counts.settle()
  expect(state.writes).toHaveLength(0)
  counts.note(asking)
  await counts.settle()
  expect(state.writes[0]?.[0]?.answered).toBe(20)
})

test('each count belongs to the minute in which it was noted', async () => {
  const { state, counter: counts } = counter()
  counts.note(asking)
  state.now += 60_000
  counts.note(asking)
  await counts.settle()
  expect(state.writes[0]?.map(({ minute }) => minute - NOW)).toEqual([0, 0, 60_000, 60_000])
})

test('what could not be written comes with the next write, five seconds later at the earliest', async () => {
  const { state, counter: counts } = counter()
  counts.note(asking)
  state.now += 5000
  state.fails = true
  expect(await counts.settle()).toBe('TypeError')
  state.fails = false
  counts.note(asking)
  await counts.settle()
  expect(state.writes).toHaveLength(0)
  state.now += 5000
  await counts.settle()
  expect(state.writes[0]?.[0]).toMatchObject({ answered: 2, failed: 0 })
})

test('what is noted while a write fails is kept, too', async () => {
  const { state, counter: counts } = counter()
  counts.note(asking)
  state.now += 5000
  state.fails = true
  const written = counts.settle()
  counts.note(asking)
  await written
  state.fails = false
  state.now += 5000
  await counts.settle()
  expect(state.writes[0]?.[0]?.answered).toBe(2)
})

test('a table that stays away costs no endless memory', async () => {
  const { state, counter: counts } = counter()
  state.fails = true
  for (let minute = 0; minute < 3000; minute++) {
    state.now += 60_000
    counts.note(asking)
    await counts.settle()
  }
  state.fails = false
  state.now += 60_000
  await counts.settle()
  expect(state.writes[0]).toHaveLength(2000)
})

const provider = (name: string) => ({ name }) as InvoiceProvider

test('a limit of our own, and a provider that wants fewer calls at a time, are no failures of theirs', () => {
  const limit = couldNotCheck('provider_account', 'SYSTEM_SPEND_LIMIT', true, NOW)
  const busy = { provider: provider('tencent'), said: sampleSaid({ outcome: 'could_not_check', cause: 'busy' }) }
  expect(trafficOf(sampleAsked, limit, [busy], NOW)).toEqual([])
  const waited = couldNotCheck('busy', 'PROVIDER_BUSY', true, NOW)
  expect(trafficOf(sampleAsked, waited, [], NOW)).toMatchObject([{ components: ['verification'], answered: false }])
})

test('a provider that is no component of the status page counts for the tax side alone', () => {
  const answer = { ...sampleSaid({ outcome: 'mismatch' }), provider: 'fourth' }
  const noted = trafficOf(sampleAsked, answer, [{ provider: provider('fourth'), said: answer }], NOW)
  expect(noted.map(({ components }) => components)).toEqual([['verification'], ['digital_sync']])
  expect(noted[0]?.provider).toBe('fourth')
})

test('railway and air are judged like the platform, the sync by fresh invoices alone', () => {
  const asked = { ...sampleAsked, kind: 'DIGITAL_RAILWAY' as const }
  const missing = { ...sampleSaid(), provider: 'tencent' }
  expect(trafficOf(asked, missing, [], NOW).map(({ components, answered }) => [components, answered])).toEqual([
    [['verification', 'rail_air'], true],
    [['digital_sync'], false],
  ])
  const old = trafficOf({ ...asked, issueDate: '2026-11-18' }, missing, [], NOW)
  expect(old.map(({ components }) => components)).toEqual([['verification', 'rail_air']])
})
