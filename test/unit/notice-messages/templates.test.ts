import { SIMULATED_TEMPLATES } from '../../../config/local/simulator/wechat-templates'
import { parseTemplates } from '../../../functions/platform/templates'

const plan = { key: 'plan', templateId: 'id-1', title: '维护通知', fields: { thing1: 'title', time2: 'window' } }
const check = { key: 'check', templateId: 'id-2', title: '结果通知', fields: { thing1: 'title' } }
const parse = (...templates: object[]) => parseTemplates(JSON.stringify(templates))

test('the templates of a stage are read as they are written, the simulated ones, too', () => {
  expect(parse(plan, check)).toEqual([plan, check])
  expect(parseTemplates(JSON.stringify(SIMULATED_TEMPLATES))).toEqual(SIMULATED_TEMPLATES)
  expect(parse()).toEqual([])
})

test.each([
  ['two of the same title, of which WeChat leaves one out', [plan, { ...check, title: plan.title }], /same title/],
  ['two of the same id', [plan, { ...check, templateId: plan.templateId }], /same templateId/],
  ['two for one use', [plan, { ...check, key: 'plan' }], /same key/],
  ['no field', [{ ...plan, fields: {} }], /plan has no field/],
  ['a type that WeChat does not have', [{ ...plan, fields: { words1: 'title' } }], /plan\.words1 has no type/],
  ['a key without its number', [{ ...plan, fields: { thing: 'title' } }], /plan\.thing has no type/],
  ['a time that cannot hold words', [{ ...plan, fields: { time1: 'title' } }], /plan\.time1 cannot hold title/],
  ['an end that may be unknown in a time', [{ ...plan, fields: { time1: 'ends' } }], /plan\.time1 cannot hold ends/],
  ['an unknown use', [{ ...plan, key: 'other' }], /key/],
  ['an unknown content', [{ ...plan, fields: { thing1: 'body' } }], /thing1/],
  ['an odd id', [{ ...plan, templateId: 'a b' }], /templateId/],
])('%s fails at the start, saying what is wrong', (_, templates, message) => {
  expect(() => parse(...templates)).toThrow(message)
})

test('what is no JSON or no list fails at the start', () => {
  expect(() => parseTemplates('x')).toThrow()
  expect(() => parseTemplates('{}')).toThrow()
})
