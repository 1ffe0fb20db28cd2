import { IMPACTS } from '@shared/notice/notice'
import * as fc from 'fast-check'
import { nextLook, recoveryOf } from '../../../functions/verification/recovery'
import { HOUR, MINUTE, NOW, sampleAsked } from './gate-samples'
import { sampleNotice, samplePhase } from './notice-samples'

const asked = { ...sampleAsked, invoiceNumber: `2633${'0'.repeat(16)}` }
const recovery = (expectedAt: number | null) => ({ notice: { id: 'n', title: 't' }, expectedAt, begunAt: null })
const WEEK = 7 * 24 * HOUR

test('only an impact under which no answer can come is waited for', () => {
  const waited = IMPACTS.filter(impact => recoveryOf(asked, [sampleNotice([samplePhase({ impact })])], NOW) !== null)
  expect(waited).toEqual(['down', 'read_only'])
})

test('what is waited for is named, with its expected end', () => {
  expect(recoveryOf(asked, [sampleNotice()], NOW)).toEqual({
    notice: { id: 'ntc_1', title: '查验平台升级' },
    expectedAt: NOW + 9 * HOUR,
    begunAt: null,
  })
})

test('a grave outage is not hidden by a slight incident', () => {
  const slight = sampleNotice([samplePhase({ impact: 'slow' })], {
    id: 'slight',
    type: 'incident',
    state: 'identified',
  })
  expect(recoveryOf(asked, [slight, sampleNotice()], NOW)?.notice.id).toBe('ntc_1')
})

test('another region or component is no reason to wait; the sync of digital invoices is one for a digital invoice', () => {
  expect(recoveryOf(asked, [sampleNotice([samplePhase({ regions: ['31'] })])], NOW)).toBeNull()
  expect(recoveryOf(asked, [sampleNotice([samplePhase({ components: ['fiscal'] })])], NOW)).toBeNull()
  const sync = sampleNotice([samplePhase({ components: ['digital_sync'] })])
  expect(recoveryOf(asked, [sync], NOW)).not.toBeNull()
  expect(recoveryOf({ ...asked, invoiceNumber: '12345678' }, [sync], NOW)).toBeNull()
})

test('a known end that is near is looked at within ten minutes after it', () => {
  expect(nextLook(recovery(NOW + 10 * MINUTE), NOW, NOW, 0)).toBe(NOW + 10 * MINUTE)
  expect(nextLook(recovery(NOW + 10 * MINUTE), NOW, NOW, 1)).toBe(NOW + 20 * MINUTE)
})

test('somebody looks every half hour at the latest but for that, never before now, and not beyond a week', () => {
  const end = fc.option(fc.integer({ min: 1, max: 10 * WEEK }), { nil: null })
  const waited = fc.integer({ min: 0, max: WEEK })
  fc.assert(
    fc.property(end, waited, fc.double({ min: 0, max: 1, noNaN: true }), (until, since, jitter) => {
      const created = NOW - since
      const at = nextLook(recovery(until === null ? null : NOW + until), created, NOW, jitter)
      expect(at).toBeGreaterThanOrEqual(NOW)
      expect(at).toBeLessThanOrEqual(Math.min(NOW + 40 * MINUTE, created + WEEK))
      if (until !== null && at < NOW + 20 * MINUTE && at < created + WEEK)
        expect(at).toBeGreaterThanOrEqual(NOW + until)
    }),
  )
})
