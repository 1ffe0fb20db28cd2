import { COMPONENTS, NOTICE_STATES, NOTICE_TYPES, type Notice, OCCASIONS } from '@shared/notice/notice'
import fc from 'fast-check'
import { SIMULATED_TEMPLATES, templateOf } from '../../../config/local/simulator/wechat-templates'
import { refusedField } from '../../../config/local/simulator/wechat-values'
import { messagesOf } from '../../../functions/notices/fan-out/message'
import type { Template } from '../../../functions/notices/fan-out/ports'
import { AT, HOUR, storedNotice } from '../../flow/notices/stored-samples'

const at = (iso: string) => Date.parse(`${iso}+08:00`)
const messages = messagesOf(SIMULATED_TEMPLATES)
const told = (notice: Notice, occasion: (typeof OCCASIONS)[number]) => ({ notice, telling: { occasion } })
const valuesOf = (message: ReturnType<typeof messages.notice>) =>
  Object.fromEntries(Object.entries(message?.data ?? {}).map(([key, { value }]) => [key, value]))

const [phase] = storedNotice().phases
if (phase === undefined) throw new Error('no phase')
const maintenance = storedNotice({
  id: 'ntc_1',
  title: '发票查验平台升级',
  phases: [{ ...phase, startsAt: at('2026-11-28T18:00'), endsAt: at('2026-11-29T08:00') }],
})

test('a planned window is told with its times, what to do and what it is', () => {
  const message = messages.notice('plan', [told(maintenance, 'published')], AT)
  expect(message).toMatchObject({ templateId: SIMULATED_TEMPLATES[0]?.templateId, page: 'pages/notice/index?id=ntc_1' })
  expect(valuesOf(message)).toEqual({
    thing1: '发票查验平台升级',
    time2: '2026年11月28日 18:00~2026年11月29日 08:00',
    thing3: '急用的票请提前查，别等到当天',
    phrase4: '计划维护',
  })
})

test('several at once are one message: the first leads, the title counts them', () => {
  const others = [told(storedNotice(), 'started'), told(storedNotice(), 'published')]
  const message = messages.notice('plan', [told(maintenance, 'changed'), ...others], AT)
  expect(message?.page).toBe('pages/notice/index?id=ntc_1')
  expect(valuesOf(message)).toMatchObject({ thing1: '发票查验平台升级等 3 条', phrase4: '时间有变' })
})

test('a recovery says when it was over, also when its end was never known', () => {
  const open = storedNotice({
    type: 'incident',
    state: 'resolved',
    title: '查验中断',
    phases: [{ ...phase, endsAt: null }],
  })
  const ended = { ...open, endedAt: at('2026-11-22T09:30') }
  expect(valuesOf(messages.notice('recovery', [told(ended, 'ended')], AT))).toEqual({
    thing1: '查验中断',
    thing2: '发票查验',
    time3: '2026年11月22日 09:30',
    phrase4: '已恢复',
  })
  expect(valuesOf(messages.notice('recovery', [told(open, 'ended')], AT)).time3).toBe('2026年11月22日 10:00')
})

test('an incident, a cancellation and news have words of their own', () => {
  const phrase = (notice: Notice, occasion: (typeof OCCASIONS)[number]) =>
    valuesOf(messages.notice('plan', [told(notice, occasion)], AT)).phrase4
  expect(phrase({ ...maintenance, type: 'incident', state: 'investigating' }, 'published')).toBe('服务中断')
  expect(phrase({ ...maintenance, state: 'cancelled' }, 'changed')).toBe('已取消')
  expect(phrase({ ...maintenance, type: 'policy', phases: [] }, 'published')).toBe('有新消息')
})

test('an unknown end is said in words where words may stand', () => {
  const template: Template = { key: 'plan', templateId: 'x', title: 'x', fields: { thing1: 'ends', thing2: 'window' } }
  const open = { ...maintenance, phases: [{ ...phase, startsAt: at('2026-11-28T18:00'), endsAt: null }] }
  const message = messagesOf([template]).notice('plan', [told(open, 'published')], AT)
  expect(valuesOf(message)).toEqual({ thing1: '待定', thing2: '11月28日18:00起' })
})

test('an own check that ended by itself opens its result', () => {
  const own = { id: 'm', at: AT, verificationId: 'vrf_1', outcome: 'consistent', title: '查验完成：查验一致' }
  const message = messages.check(own, AT)
  expect(message?.page).toBe('pages/detail/index?id=vrf_1')
  expect(valuesOf(message)).toEqual({ thing1: '查验完成：查验一致', phrase2: '已查完', time3: '2026年11月22日 10:00' })
})

test('a stage without a template for it sends nothing', () => {
  expect(messagesOf([]).notice('plan', [told(maintenance, 'published')], AT)).toBeNull()
  expect(messagesOf([]).check({ id: 'm', at: AT, verificationId: 'v', outcome: '', title: '' }, AT)).toBeNull()
})

const odd = fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.stringMatching(/^[一-龥 \n😀]{0,50}$/u))
const moment = fc.integer({ min: AT - 400 * 24 * HOUR, max: AT + 400 * 24 * HOUR })
const anyNotice: fc.Arbitrary<Notice> = fc
  .record({
    title: odd,
    type: fc.constantFrom(...NOTICE_TYPES),
    state: fc.constantFrom(...NOTICE_STATES),
    eta: fc.option(moment, { nil: null }),
    endedAt: fc.option(moment, { nil: null }),
    publishedAt: fc.option(moment, { nil: null }),
    phases: fc.array(
      fc.record({
        startsAt: moment,
        endsAt: fc.option(moment, { nil: null }),
        components: fc.subarray([...COMPONENTS]),
        regions: fc.constant([]),
        impact: fc.constant('down' as const),
        workaround: fc.constant(null),
        channels: fc.constant([]),
      }),
      { maxLength: 3 },
    ),
  })
  .map(changes => storedNotice(changes))

test.each(['plan', 'recovery'] as const)('fault 49: WeChat takes every %s message, whatever the notice says', key => {
  const telling = fc.record({ notice: anyNotice, occasion: fc.constantFrom(...OCCASIONS) })
  fc.assert(
    fc.property(fc.array(telling, { minLength: 1, maxLength: 3 }), tellings => {
      const message = messages.notice(
        key,
        tellings.map(({ notice, occasion }) => told(notice, occasion)),
        AT,
      )
      const field = refusedField(templateOf(message?.templateId ?? '')?.fields ?? {}, message?.data)
      if (field !== null) throw new Error(`${field}: ${JSON.stringify(message?.data)}`)
    }),
    { numRuns: 500 },
  )
})

test('fault 49: WeChat takes every message of an own check', () => {
  fc.assert(
    fc.property(odd, title => {
      const message = messages.check({ id: 'm', at: AT, verificationId: 'v', outcome: '', title }, AT)
      expect(refusedField(templateOf(message?.templateId ?? '')?.fields ?? {}, message?.data)).toBeNull()
    }),
  )
})
