import { copyFor, fill, LOCALES } from '@shared/copy/copy'
import { zhCN } from '@shared/copy/zh-cn'
import { flatten } from '../hosts/weapp/rendered-tree'
import type { Weapp } from '../hosts/weapp/weapp'
import { openAnswer } from './open-answer'

const words = zhCN.ui.result

const marks = (app: Weapp) =>
  flatten(app.tree).flatMap(({ classes }) =>
    classes.includes('try') ? [classes.join(' ').replace('try try-', '')] : [],
  )

/** Left of the invoice, left of the person, the sentence, the five marks. */
const DAYS = [
  [4, 3, 'yours', 'used yours yours yours others'],
  [2, 2, 'same', 'used used used yours yours'],
  [2, 0, 'others', 'used used used others others'],
  [0, 0, 'none', 'used used used used used'],
] as const

test.each(LOCALES.flatMap(locale => DAYS.map(day => [locale, ...day] as const)))(
  'in %s the tries left (%i of the invoice, %i of mine) are said in one line (%s) and drawn',
  async (locale, triesLeftToday, yourTriesLeftToday, said, drawn) => {
    const { tries } = copyFor(locale).ui.result
    const { app } = await openAnswer({ triesLeftToday, yourTriesLeftToday }, locale)
    expect(app.text).toContain(fill(tries[said], { n: yourTriesLeftToday, all: triesLeftToday }))
    expect(marks(app).join(' ')).toBe(drawn)
    const others = triesLeftToday - yourTriesLeftToday
    const label = fill(tries.marks, { used: 5 - triesLeftToday, n: yourTriesLeftToday, others })
    expect(app.findAll({ role: 'img', label })).toHaveLength(1)
  },
)

test('who has used three is offered no further check, though tries are left for others', async () => {
  const { app } = await openAnswer({ outcome: 'not_found', lifecycle: null, triesLeftToday: 2, yourTriesLeftToday: 0 })
  expect(app.findAll({ role: 'button', label: words.recheck })).toHaveLength(0)
  expect(app.text).not.toContain(words.recheckCost)
})

test('a paper that is checked elsewhere costs nothing and shows no tries', async () => {
  const { app } = await openAnswer({ outcome: 'not_checkable', lifecycle: null, provider: null })
  expect(marks(app)).toEqual([])
})

test('a reused answer says when and by whom it was found, and what a new one costs', async () => {
  const { app, api } = await openAnswer({
    fromCache: true,
    provider: { name: 'tencent', requestId: 'p', checkedAt: '2026-11-22T01:03:00.000Z' },
  })
  expect(app.text).toContain('09:03 由腾讯云查得，本次直接沿用，没有扣次数')
  expect(app.text).toContain(words.recheckCost)
  await app.tap({ role: 'button', label: words.recheck })
  await app.until(() => api.asked.length === 1)
  expect(api.heard).toContain('POST /v1/verifications/vrf_1/recheck')
})

test('an answer reused from another day names the day, in both languages', async () => {
  const provider = { name: 'baidu', requestId: 'p', checkedAt: '2026-11-20T06:03:00.000Z' }
  for (const locale of LOCALES) {
    const { reused, provider: names } = copyFor(locale).ui.result
    const { app } = await openAnswer({ fromCache: true, provider }, locale)
    expect(app.text).toContain(fill(reused, { time: '11-20 14:03', provider: names.baidu }))
    app.kill()
  }
})

test('a provider that this version does not know is named as it is', async () => {
  const { app } = await openAnswer({
    provider: { name: 'newcomer', requestId: 'p', checkedAt: '2026-11-22T02:00:00.000Z' },
  })
  expect(app.text).toContain(fill(words.by, { provider: 'newcomer' }))
})
