import { INVOICE_KINDS } from '@shared/invoice/invoice-kind'
import { bannerOf, componentsOfKind, noticeFor, noticeOn, standingOf } from '@shared/notice/relevance'
import { HOUR, outage, plan, sh, window } from './written'

const now = sh('2026-11-28 21:00')
const night = plan([window('2026-11-28 20:00', '2026-11-29 08:00', { impact: 'read_only' })], { id: 'ntc_night' })
const slow = outage([window('2026-11-28 19:00', null, { impact: 'slow' })], { id: 'ntc_slow' })
const local = outage([window('2026-11-28 19:00', null, { regions: ['31'], components: ['digital_sync'] })], {
  id: 'ntc_local',
})
const down = plan([window('2026-11-28 20:30', '2026-11-28 23:00')], { id: 'ntc_down' })

describe('how a component stands', () => {
  test('operational when nothing is in force', () => {
    expect(standingOf('fiscal', null, [night, slow], now)).toEqual({
      standing: 'operational',
      impact: null,
      notice: null,
      until: null,
    })
    expect(standingOf('verification', null, [night], sh('2026-11-28 19:00')).standing).toBe('operational')
  })

  test('an incident outranks maintenance however slight, and the graver impact comes first', () => {
    expect(standingOf('verification', null, [night, down, slow], now)).toMatchObject({
      standing: 'incident',
      impact: 'slow',
    })
    expect(standingOf('verification', null, [night, down], now)).toMatchObject({
      standing: 'maintenance',
      impact: 'down',
      notice: { id: 'ntc_down' },
    })
    expect(standingOf('verification', null, [night], now).until).toBe(sh('2026-11-29 08:00'))
  })

  test('a region is touched by what names it or is everywhere', () => {
    expect(standingOf('digital_sync', '31', [local], now).standing).toBe('incident')
    expect(standingOf('digital_sync', '11', [local], now).standing).toBe('operational')
    expect(standingOf('digital_sync', null, [local], now).standing).toBe('incident')
  })

  test('what is overdue stands on, with nobody knowing until when', () => {
    expect(standingOf('verification', null, [night], sh('2026-11-29 09:00'))).toMatchObject({
      standing: 'maintenance',
      until: null,
    })
  })

  test('an eta says until when an incident lasts', () => {
    const eta = sh('2026-11-28 23:30')
    expect(standingOf('verification', null, [{ ...slow, eta }], now).until).toBe(eta)
  })

  test('news changes how nothing stands', () => {
    const news = plan([window('2026-11-28 20:00', '2026-11-29 08:00')], { type: 'policy' })
    expect(standingOf('verification', null, [news], now).standing).toBe('operational')
  })
})

describe('the banner', () => {
  test('what is on comes before what is near, by standing and impact', () => {
    const soon = plan([window('2026-11-28 22:00', '2026-11-29 02:00')], { id: 'ntc_soon' })
    expect(bannerOf([soon, night, down, slow], now)?.id).toBe('ntc_slow')
    expect(bannerOf([soon, night, down], now)?.id).toBe('ntc_down')
    expect(bannerOf([soon, night], sh('2026-11-29 09:00'))?.id).toBe('ntc_soon')
  })

  test('of what comes within 24 hours the nearest is told', () => {
    const [near, far] = [
      plan([window('2026-11-29 20:00', null)], { id: 'a' }),
      plan([window('2026-11-29 21:01', null)], { id: 'b' }),
    ]
    expect(bannerOf([far, near], now)?.id).toBe('a')
    expect(bannerOf([far], now)).toBeNull()
    expect(bannerOf([far], now + HOUR)?.id).toBe('b')
    expect(bannerOf([{ ...near, state: 'cancelled' }], now)).toBeNull()
  })

  test('between two windows the next one is told', () => {
    const nights = plan([
      window('2026-11-27 22:00', '2026-11-28 06:00'),
      window('2026-11-28 22:00', '2026-11-29 06:00'),
    ])
    expect(bannerOf([nights], now)?.id).toBe(nights.id)
    expect(bannerOf([nights], sh('2026-11-28 12:00'))?.id).toBe(nights.id)
  })

  test('overdue is told, drafts, news and releases never', () => {
    expect(bannerOf([night], sh('2026-11-29 10:00'))?.id).toBe('ntc_night')
    for (const type of ['statement', 'policy', 'release'] as const)
      expect(bannerOf([{ ...night, type }], now)).toBeNull()
    expect(bannerOf([{ ...night, publishedAt: null }], now)).toBeNull()
    expect(bannerOf([], now)).toBeNull()
  })
})

describe('the notice that explains a failed check', () => {
  test('each kind goes through its own components', () => {
    expect(componentsOfKind('VAT_SPECIAL_PAPER')).toEqual(['verification'])
    expect(componentsOfKind('DIGITAL_NORMAL')).toEqual(['verification', 'digital_sync'])
    expect(componentsOfKind('DIGITAL_PAPER_NORMAL')).toEqual(['verification', 'digital_sync'])
    expect(componentsOfKind('DIGITAL_RAILWAY')).toEqual(['verification', 'digital_sync', 'rail_air'])
    expect(componentsOfKind('DIGITAL_AIR')).toEqual(['verification', 'digital_sync', 'rail_air'])
    expect(componentsOfKind('FISCAL_BILL')).toEqual(['fiscal'])
    expect(componentsOfKind('NON_VERIFIABLE')).toEqual([])
    expect(INVOICE_KINDS.filter(kind => componentsOfKind(kind).length === 0)).toEqual([
      'GENERAL_MACHINE',
      'NON_VERIFIABLE',
    ])
  })

  test('it is the gravest in force of a component of the kind, in the region', () => {
    expect(noticeFor('VAT_SPECIAL_PAPER', '31', [local, night], now)?.id).toBe('ntc_night')
    expect(noticeFor('DIGITAL_NORMAL', '31', [local, night], now)?.id).toBe('ntc_local')
    expect(noticeFor('DIGITAL_NORMAL', '11', [local, night], now)?.id).toBe('ntc_night')
    expect(noticeFor('FISCAL_BILL', null, [local, night], now)).toBeNull()
    expect(
      noticeOn(['tencent'], null, [outage([window('2026-11-28 19:00', null, { components: ['tencent'] })])], now),
    ).not.toBeNull()
  })
})
