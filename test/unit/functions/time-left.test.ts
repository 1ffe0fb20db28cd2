import { Admission } from '../../../functions/gate/admission'
import { meterOf } from '../../../functions/gate/admission-rule'
import type { MeterStore } from '../../../functions/gate/ports'
import { callOnce } from '../../../functions/gate/provider-round'
import { NOW, sampleAsked, sampleSaid, TODAY } from './gate-samples'

const meters: MeterStore = {
  read: async () => ({ day: TODAY, fen: 0, providers: {} }),
  take: async () => null,
  line: async () => 0,
  report: async () => {},
  beginDay: async () => {},
  days: async () => [],
}
const clock = { now: () => NOW }
const limits = { callsPerPerson: 1, fenPerDay: 1, robotFenPerDay: 1, secondOpinionFromFen: 1 }

test('a call late in its check gets the time that is left in whole milliseconds', async () => {
  const given: number[] = []
  const provider = {
    name: 'one',
    kinds: new Set(['UNKNOWN' as const]),
    order: 1,
    timeoutMs: 12_000,
    callsPerSecond: 10,
    priceFen: 1,
    sameDay: true,
    simulated: true,
    verify: async (_: unknown, timeoutMs: number) => {
      given.push(timeoutMs)
      // As an adapter does: throws unless it is a whole number.
      AbortSignal.timeout(timeoutMs)
      return sampleSaid()
    },
  }
  const admission = new Admission({ meters, clock, limits })
  const ports = { clock, providers: [provider], admission, elapsed: () => 14_000.25, wait: async () => {} }
  const question = {
    asked: sampleAsked,
    invoiceKey: 'i',
    role: 'person',
    waited: false,
    simulated: true,
    endBy: 24_000,
    again: null,
  } as const
  const admitted = { ok: true, slot: NOW, probe: false, day: TODAY, state: meterOf(null, 'one') } as const
  const call = await callOnce(ports, question, provider, admitted)
  expect([given, call?.said.outcome]).toEqual([[9999], 'not_found'])
})
