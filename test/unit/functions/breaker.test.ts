import { CAUSES } from '@shared/invoice/outcome'
import fc from 'fast-check'
import { healthAfter, PROBE_MS } from '../../../functions/gate/breaker'
import type { Pause, Trouble } from '../../../functions/gate/ports'
import { MINUTE, NOW, sampleSaid } from './gate-samples'

interface Health {
  trouble: Trouble | null
  pause: Pause | null
}

const WELL: Health = { trouble: null, pause: null }
const silent = (cause: (typeof CAUSES)[number], codeKnown = true) =>
  sampleSaid({ outcome: 'could_not_check', cause, codeKnown })
const failed = silent('network')
const call = (invoice: string, probe = false) => ({ invoice, probe })

/** The health after calls about these invoices, `stepMs` apart. */
function after(invoices: readonly string[], said = failed, stepMs = 1000): Health {
  let health = WELL
  for (const [at, invoice] of invoices.entries()) {
    health = { ...health, ...healthAfter(said, health, call(invoice), NOW + at * stepMs) }
  }
  return health
}

test('five failures in a row about three invoices pause a provider for a quarter of a minute', () => {
  const four = after(['a', 'b', 'c', 'a'])
  expect(four).toMatchObject({ pause: null, trouble: { failures: 4, invoices: ['a', 'b', 'c'] } })
  expect(after(['a', 'b', 'c', 'a', 'b'])).toEqual({
    trouble: null,
    pause: { level: 0, cause: 'network', until: NOW + 4000 + 15_000 },
  })
})

test('one or two odd invoices never pause it, however often they fail', () => {
  expect(after(Array.from({ length: 50 }, (_, at) => (at % 2 === 0 ? 'a' : 'b'))).pause).toBeNull()
  expect(after(['a', 'b', 'a', 'b', 'a', 'b', 'c']).pause).not.toBeNull()
})

test('one answer between the failures begins the count anew, and costs a write only then', () => {
  const four = after(['a', 'b', 'c', 'd'])
  expect(healthAfter(sampleSaid(), four, call('a'), NOW)).toEqual({ trouble: null })
  expect(healthAfter(sampleSaid(), WELL, call('a'), NOW)).toEqual({})
})

test('failures that are spread over more than two minutes are no outage', () => {
  expect(after(['a', 'b', 'c', 'd', 'e', 'f'], failed, 31_000).pause).toBeNull()
  expect(after(['a', 'b', 'c', 'd', 'e', 'f'], failed, 30_000).pause).not.toBeNull()
})

test.each([
  ['network', true, 'trouble'],
  ['maintenance', true, 'trouble'],
  ['unknown_answer', false, 'trouble'],
  ['unknown_answer', true, 'well'],
  ['too_early', true, 'well'],
  ['daily_limit', true, 'well'],
  ['input_refused', true, 'well'],
] as const)('%s (code known: %s) counts as %s', (cause, codeKnown, as) => {
  const change = healthAfter(silent(cause, codeKnown), WELL, call('a'), NOW)
  expect(change).toEqual(as === 'well' ? {} : { trouble: { failures: 1, invoices: ['a'], since: NOW, cause } })
})

test('an account that is closed or out of money pauses it at once, for five minutes', () => {
  expect(healthAfter(silent('provider_account'), WELL, call('a'), NOW)).toEqual({
    pause: { level: 0, cause: 'provider_account', until: NOW + 5 * MINUTE },
  })
})

test('a provider that refuses for its rate is left alone for a second, and paused when it goes on, whatever the invoice', () => {
  const busy = silent('busy')
  const once = healthAfter(busy, WELL, call('a'), NOW)
  expect(once).toMatchObject({ slowUntil: NOW + 1000, trouble: { failures: 1, cause: 'busy' } })
  expect(once).not.toHaveProperty('pause')
  expect(after(['a', 'a', 'a', 'a', 'a'], busy).pause).toEqual({ level: 0, cause: 'busy', until: NOW + 19_000 })
})

test('a probe that fails doubles the pause up to five minutes, one that is answered ends it', () => {
  let pause: Pause | null = { level: 0, cause: 'network', until: NOW }
  const lengths: number[] = []
  for (let probes = 0; probes < 7; probes++) {
    const change = healthAfter(failed, { trouble: null, pause }, call('a', true), NOW)
    pause = change.pause ?? null
    lengths.push(((pause?.until ?? 0) - NOW) / 1000)
  }
  expect(lengths).toEqual([30, 60, 120, 240, 300, 300, 300])
  expect(healthAfter(sampleSaid(), { trouble: null, pause }, call('a', true), NOW)).toEqual({ pause: null })
  expect(healthAfter(silent('busy'), { trouble: null, pause }, call('a', true), NOW).pause).toMatchObject({
    cause: 'busy',
  })
})

test('a probe is given up later than any call ends', () => {
  expect(PROBE_MS).toBeGreaterThan(12_000)
})

test('whatever a provider says, its pause ends within five minutes and its trouble names three invoices at most', () => {
  const said = fc.oneof(
    fc.constant(sampleSaid()),
    fc.constantFrom(...CAUSES).map(cause => silent(cause)),
  )
  const calls = fc.array(fc.record({ said, invoice: fc.constantFrom('a', 'b', 'c', 'd'), pause: fc.nat(200_000) }))
  fc.assert(
    fc.property(calls, list => {
      let health = WELL
      let now = NOW
      for (const { said: answer, invoice, pause } of list) {
        now += pause
        if (health.pause !== null && health.pause.until > now) continue
        const probe = health.pause !== null
        health = { ...health, ...healthAfter(answer, health, call(invoice, probe), now) }
        expect((health.pause?.until ?? now) - now).toBeLessThanOrEqual(5 * MINUTE)
        expect(health.trouble?.invoices.length ?? 0).toBeLessThanOrEqual(3)
        expect(health.trouble?.failures ?? 0).toBeLessThan(list.length + 1)
        // An answer about the invoice always ends the pause.
        if (answer.outcome !== 'could_not_check') expect(health).toMatchObject(WELL)
      }
    }),
  )
})
