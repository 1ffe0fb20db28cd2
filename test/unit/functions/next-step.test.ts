import fc from 'fast-check'
import { type Asker, lostSlot, nextStep, TRIES_PER_DAY, triesLeft } from '../../../functions/verification/next-step'
import type { Gate, GateAnswer } from '../../../functions/verification/ports'

const NOW = Date.parse('2026-11-22T10:00:00+08:00')
const HOUR = 3_600_000

const empty: Gate = { day: '', used: 0, turn: '', lease: null, answers: {} }
const asker = (changes: Partial<Asker> = {}): Asker => ({
  questionKey: 'q',
  startedAt: NOW,
  reuse: true,
  simulated: true,
  kind: 'UNKNOWN',
  followed: new Set(),
  ...changes,
})
const answer = (changes: Partial<GateAnswer> = {}): GateAnswer => ({
  outcome: 'consistent',
  lifecycle: 'normal',
  cause: null,
  reasons: [],
  invoice: null,
  requestId: '',
  charged: 'yes',
  counted: 'yes',
  nextTryAt: null,
  provider: 'tencent',
  simulated: true,
  checkedAt: NOW - HOUR,
  fence: 'f',
  askedKind: 'UNKNOWN',
  compared: [],
  ...changes,
})

test('an invoice that nobody asked about is asked, as the first try of the day', () => {
  expect(nextStep(empty, asker(), NOW)).toEqual({ step: 'ask', day: '2026-11-22', used: 1 })
  expect(triesLeft(empty, NOW)).toBe(5)
})

test('a fresh answer is taken before lease and budget are looked at', () => {
  const lease = { fence: 'x', questionKey: 'other', until: NOW + 1 }
  const gate: Gate = { ...empty, day: '2026-11-22', used: 5, lease, answers: { q: answer() } }
  expect(nextStep(gate, asker(), NOW).step).toBe('take')
  expect(nextStep(gate, asker({ questionKey: 'p' }), NOW).step).toBe('queue')
})

test('a recheck takes an answer only when it came while it waited', () => {
  const gate: Gate = { ...empty, answers: { q: answer() } }
  expect(nextStep(gate, asker({ reuse: false }), NOW).step).toBe('ask')
  expect(nextStep(gate, asker({ reuse: false, followed: new Set(['f']) }), NOW).step).toBe('take')
  expect(nextStep(gate, asker({ reuse: false, startedAt: NOW - 2 * HOUR }), NOW).step).toBe('take')
})

test('a simulated answer never stands in for a real one', () => {
  const gate: Gate = { ...empty, answers: { q: answer({ simulated: true }) } }
  expect(nextStep(gate, asker({ simulated: false }), NOW).step).toBe('ask')
})

test('no answer about the invoice is reused only by those who waited for it', () => {
  const gate: Gate = { ...empty, answers: { q: answer({ outcome: 'could_not_check', checkedAt: NOW - 1 }) } }
  expect(nextStep(gate, asker(), NOW).step).toBe('ask')
  expect(nextStep(gate, asker({ followed: new Set(['f']) }), NOW).step).toBe('take')
})

test('a lease is live until its end, then the next asker may take it', () => {
  const gate: Gate = { ...empty, day: '2026-11-22', used: 1, lease: { fence: 'x', questionKey: 'q', until: NOW } }
  expect(nextStep(gate, asker(), NOW - 1)).toEqual({ step: 'follow', fence: 'x' })
  expect(nextStep(gate, asker({ questionKey: 'p' }), NOW)).toEqual({ step: 'ask', day: '2026-11-22', used: 2 })
})

test.each([true, false])('a lost answer stands until its next time, for a recheck too (reuse %s)', reuse => {
  const lost = answer({ outcome: 'could_not_check', cause: 'network', charged: 'unknown', nextTryAt: NOW + 60_000 })
  const gate: Gate = { ...empty, answers: { [lostSlot('q')]: lost } }
  expect(nextStep(gate, asker({ reuse }), NOW + 59_999)).toEqual({ step: 'take', answer: lost })
  expect(nextStep(gate, asker({ reuse }), NOW + 60_000).step).toBe('ask')
  expect(nextStep(gate, asker({ reuse, questionKey: 'p' }), NOW).step).toBe('ask')
  const unsent: Gate = { ...empty, answers: { [lostSlot('q')]: { ...lost, charged: 'no', counted: 'no' } } }
  expect(nextStep(unsent, asker({ reuse }), NOW).step).toBe('ask')
})

test.each([true, false])('the call of a holder that died is a lost answer for a minute (reuse %s)', reuse => {
  const gate: Gate = { ...empty, day: '2026-11-22', used: 1, lease: { fence: 'x', questionKey: 'q', until: NOW } }
  expect(nextStep(gate, asker({ reuse }), NOW + 59_999)).toMatchObject({
    step: 'take',
    answer: { cause: 'network', counted: 'unknown', nextTryAt: NOW + 60_000 },
  })
  expect(nextStep(gate, asker({ reuse }), NOW + 60_000)).toEqual({ step: 'ask', day: '2026-11-22', used: 2 })
})

test('a found invoice answers for every kind, any other answer for the kind it was asked with', () => {
  const kind = 'DIGITAL_SPECIAL'
  const gateWith = (changes: Partial<GateAnswer>): Gate => ({ ...empty, answers: { q: answer(changes) } })
  expect(nextStep(gateWith({}), asker({ kind }), NOW).step).toBe('take')
  const mismatch = { outcome: 'mismatch', lifecycle: null } as const
  expect(nextStep(gateWith(mismatch), asker({ kind }), NOW).step).toBe('ask')
  expect(nextStep(gateWith({ ...mismatch, askedKind: kind }), asker({ kind }), NOW).step).toBe('take')
})

test('a call cut off around midnight counts on the new day', () => {
  const midnight = Date.parse('2026-11-23T00:00:00+08:00')
  const lease = { fence: 'x', questionKey: 'p', until: midnight + 5000 }
  const gate: Gate = { ...empty, day: '2026-11-22', used: 3, lease }
  expect(nextStep(gate, asker(), midnight + 5000)).toEqual({ step: 'ask', day: '2026-11-23', used: 2 })
  const ended: Gate = { ...gate, lease: { ...lease, until: midnight - 1 } }
  expect(nextStep(ended, asker(), midnight)).toEqual({ step: 'ask', day: '2026-11-23', used: 1 })
})

test('a clock behind midnight does not open the old day again', () => {
  const gate: Gate = { ...empty, day: '2026-11-23', used: 5 }
  expect(nextStep(gate, asker(), NOW).step).toBe('limit')
})

test('whatever the gate holds, no step asks beyond the fifth try', () => {
  const days = fc.constantFrom('', '2026-11-21', '2026-11-22', '2026-11-23')
  const lease = fc.option(
    fc.record({ fence: fc.string(), questionKey: fc.constantFrom('q', 'p'), until: fc.integer() }),
  )
  fc.assert(
    fc.property(
      days,
      fc.nat({ max: 9 }),
      lease,
      fc.integer({ min: -2 * HOUR, max: 20 * HOUR }),
      (day, used, held, shift) => {
        const gate: Gate = { ...empty, day, used, lease: held && { ...held, until: NOW + (held.until % HOUR) } }
        const next = nextStep(gate, asker(), NOW + shift)
        const left = triesLeft(gate, NOW + shift)
        expect(left).toBeGreaterThanOrEqual(0)
        expect(left).toBeLessThanOrEqual(TRIES_PER_DAY)
        if (next.step === 'ask') expect(next.used).toBe(TRIES_PER_DAY - left + 1)
        if (next.step === 'limit') expect(left).toBe(0)
      },
    ),
  )
})
