import { FIELD_TYPES, fieldTypeOf } from '@shared/notice/field-type'
import fc from 'fast-check'
import { takesValue } from '../../../config/local/simulator/wechat-values'
import { type FieldValue, fitField, fitTitle } from '../../../functions/notices/fan-out/message-field'

const NOW = Date.parse('2026-11-22T10:00:00+08:00')
const at = (iso: string) => Date.parse(`${iso}+08:00`)

const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.stringMatching(/^[一-龥，。、0-9A-Za-z ]{0,60}$/),
  fc.constantFrom(
    '',
    ' ',
    '\n',
    '\u0000',
    '\ud800',
    '👩‍👩‍👧‍👦'.repeat(9),
    '维护'.repeat(40),
    '<script>',
    '\u2028',
    '𠮷'.repeat(30),
  ),
)
const moment = fc.integer({ min: at('2020-01-01T00:00'), max: at('2099-12-31T23:59') })
const value: fc.Arbitrary<FieldValue> = fc.oneof(odd, fc.record({ from: moment, to: fc.option(moment, { nil: null }) }))

test.each(FIELD_TYPES)('WeChat takes every value that was fitted to a field of type %s', type => {
  fc.assert(
    fc.property(value, given => {
      const fitted = fitField(type, given, NOW)
      if (!takesValue(`${type}1`, fitted)) throw new Error(`${type}: ${JSON.stringify(fitted)}`)
    }),
    { numRuns: 400 },
  )
})

test.each([
  ['thing', '税局系统升级期间暂停查验', '税局系统升级期间暂停查验'],
  ['thing', '国家税务总局全国增值税发票查验平台系统升级公告', '国家税务总局全国增值税发票查验平台系统…'],
  ['thing', '第一行\n第二行\t第三', '第一行 第二行 第三'],
  ['phrase', '已恢复', '已恢复'],
  ['phrase', 'OK 已经恢复正常了 100%', '已经恢复正'],
  ['phrase', 'fixed', '有更新'],
  ['time', { from: at('2026-11-28T18:00'), to: null }, '2026年11月28日 18:00'],
  ['time', { from: at('2026-11-28T18:00'), to: at('2026-11-29T08:00') }, '2026年11月28日 18:00~2026年11月29日 08:00'],
  ['date', { from: at('2026-12-31T23:59'), to: at('2027-01-01T00:00') }, '2026年12月31日 23:59~2027年1月1日 00:00'],
  ['time', '不知道', '2026年11月22日 10:00'],
  ['thing', { from: at('2026-11-28T18:00'), to: at('2026-11-29T08:00') }, '11月28日18:00至29日08:00'],
  ['thing', { from: at('2026-11-28T18:00'), to: at('2026-11-28T22:30') }, '11月28日18:00至22:30'],
  ['thing', { from: at('2026-01-31T18:00'), to: at('2026-02-01T08:00') }, '1月31日18:00至2月1日08:00'],
  ['thing', { from: at('2026-11-30T18:30'), to: at('2026-12-31T08:30') }, '11月30日18:30起'],
  ['thing', { from: at('2026-11-28T18:00'), to: null }, '11月28日18:00起'],
  ['character_string', { from: at('2026-11-28T18:00'), to: at('2026-11-29T08:00') }, '11-28/18:00~11-29/08:00'],
] as const)('%s: %j becomes %s', (type, given, expected) => {
  expect(fitField(type, given, NOW)).toBe(expected)
})

test('a sign of two units is left whole or left out', () => {
  expect(fitField('thing', `${'一'.repeat(18)}😀二三四`, NOW)).toBe(`${'一'.repeat(18)}…`)
})

test('what counts the others stays at the end of a long title', () => {
  expect(fitTitle('国家税务总局全国增值税发票查验平台系统升级公告', '等 2 条')).toBe(
    '国家税务总局全国增值税发票查…等 2 条',
  )
})

test('types are read from the letters of a key', () => {
  expect(
    ['thing1', 'character_string12', 'phone_number3', 'thing', 'thing123', 'things1', '1thing'].map(fieldTypeOf),
  ).toEqual(['thing', 'character_string', 'phone_number', null, null, null, null])
})
