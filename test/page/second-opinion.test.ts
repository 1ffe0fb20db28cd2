import { copyFor, fill, LOCALES } from '@shared/copy/copy'
import { zhCN } from '@shared/copy/zh-cn'
import { flatten } from '../hosts/weapp/rendered-tree'
import type { Weapp } from '../hosts/weapp/weapp'
import { verification } from './canned-verification'
import { DISPUTED, NEITHER } from './gate-states'
import { openAnswer } from './open-answer'
import { openApp } from './open-app'

const words = zhCN.ui.result

const classes = (app: Weapp) => flatten(app.tree).flatMap(node => node.classes)

test.each(LOCALES)('in %s two sources that both found nothing are named together', async locale => {
  const { neither, provider, and } = copyFor(locale).ui.result
  const { app } = await openAnswer(NEITHER, locale)
  const providers = provider.tencent + and + provider.baidu
  expect(app.find({ role: 'alert' }).text).toContain(fill(neither, { providers }))
})

test.each(LOCALES)('in %s two sources that disagree are a state of its own, with its reason', async locale => {
  const copy = copyFor(locale)
  const { app } = await openAnswer(DISPUTED, locale)
  const alert = app.find({ role: 'alert' })
  expect(alert.text).toContain(copy.ui.result.disagree.headline)
  expect(app.text).toContain(copy.reason.SOURCES_DISAGREE.title)
  expect(app.text).toContain(copy.reason.SOURCES_DISAGREE.message)
  expect(flatten(alert).some(node => node.classes.includes('icon-split'))).toBe(true)
})

test('a disagreement is never green, whatever the outcome says', async () => {
  const { app } = await openAnswer(DISPUTED)
  expect(app.find({ role: 'alert' }).classes).toContain('tone-wait')
  expect(classes(app)).not.toContain('tone-good')
  expect(app.find({ role: 'alert' }).text).not.toContain(zhCN.outcome.consistent.headline)
  expect(classes(app)).toContain('is-disputed')
})

test('both answers stand beside each other with source, time and what was said', async () => {
  const { app } = await openAnswer(DISPUTED)
  const [first, second] = app.findAll({ class: 'opinion' })
  expect(first?.text).toContain('腾讯云')
  expect(first?.text).toContain(zhCN.outcome.not_found.headline)
  expect(first?.text).toContain('2026-11-22 09:12:00')
  expect(second?.text).toContain('百度智能云')
  expect(second?.text).toContain(zhCN.lifecycle.normal.headline)
  expect(second?.text).toContain('2026-11-22 09:12:09')
})

test('one source alone shows no list of opinions', async () => {
  const { app } = await openAnswer({})
  expect(app.text).not.toContain(words.opinions)
})

test('the history marks a disagreement, an automatic re-check, and what a pending check waits for', async () => {
  const pending = { state: 'pending', outcome: null, lifecycle: null } as const
  const { app } = await openApp({ path: 'pages/history/index' }, ({ api }) => {
    api.records.push(
      verification({ id: 'vrf_1', ...DISPUTED }),
      verification({ id: 'vrf_2', follows: 'vrf_0' }),
      verification({ id: 'vrf_3', ...pending, waiting: 'slot', nextTryAt: '2026-11-22T02:05:00.000Z' }),
    )
  })
  await app.until(() => app.findAll({ class: 'row' }).length === 3)
  const [disputed, automatic, waiting] = app.findAll({ class: 'row' })
  expect(disputed?.label).toContain(words.disagree.badge)
  expect(disputed?.label).not.toContain(zhCN.lifecycle.normal.badge)
  expect(automatic?.label).toContain(words.follows)
  expect(waiting?.label).toContain(words.waiting.slot.badge)
  expect(waiting?.label).toContain('约 10:05')
})

test('the history is read again when a pending row is due', async () => {
  let now = Date.parse('2026-11-22T02:00:00.000Z')
  const { app, api } = await openApp({ path: 'pages/history/index', now: () => now }, ({ api }) => {
    const pending = { state: 'pending', outcome: null, lifecycle: null } as const
    api.records.push(verification({ ...pending, waiting: 'slot', nextTryAt: '2026-11-22T02:05:00.000Z' }))
  })
  await app.see(words.waiting.slot.badge)
  const lists = () => api.heard.filter(route => route === 'GET /v1/verifications').length
  const before = lists()
  await app.comeBack()
  expect(lists()).toBe(before)
  now += 6 * 60_000
  Object.assign(api.records[0] ?? {}, verification())
  await app.comeBack()
  await app.until(() => app.find({ class: 'row' }).label.includes(zhCN.lifecycle.normal.badge))
  expect(lists()).toBe(before + 1)
})
