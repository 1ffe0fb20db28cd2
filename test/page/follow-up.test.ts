import { copyFor, fill, LOCALES } from '@shared/copy/copy'
import { zhCN } from '@shared/copy/zh-cn'
import { verification } from './canned-verification'
import { openAnswer } from './open-answer'
import { openApp } from './open-app'

const words = zhCN.ui.result
const LOST = { outcome: 'could_not_check', lifecycle: null, cause: 'network' } as const

test.each(LOCALES)(
  'in %s a check that will be repeated by itself says when and where its answer appears',
  async locale => {
    const { app } = await openAnswer({ ...LOST, followUpAt: '2026-11-22T06:33:00.000Z' }, locale)
    expect(app.text).toContain(fill(copyFor(locale).ui.result.followUp, { time: '14:33' }))
  },
)

test('once that time is past it is said as past', async () => {
  const { app } = await openAnswer({ ...LOST, followUpAt: '2026-11-21T06:33:00.000Z' })
  expect(app.text).toContain(fill(words.followUpPast, { time: '11-21 14:33' }))
  expect(app.text).not.toContain('14:33 自动再查一次')
})

test('what is repeated by itself does not push the person to spend a try', async () => {
  const { app } = await openAnswer({ ...LOST, followUpAt: '2026-11-22T06:33:00.000Z' })
  expect(app.find({ class: 'button-main' }).text).toBe(words.another)
})

test('an automatic re-check says so and leads to the check that it repeats', async () => {
  const { app } = await openApp({ path: 'pages/detail/index', query: { id: 'vrf_2' } }, ({ api }) => {
    api.records.push(verification({ id: 'vrf_2', follows: 'vrf_1' }), verification({ id: 'vrf_1', ...LOST }))
  })
  await app.see(words.follows)
  await app.tap({ role: 'button', label: words.followsOpen })
  await app.until(() => app.query.id === 'vrf_1')
  await app.see(zhCN.outcome.could_not_check.headline)
})

test('a record kept by an older version of the app is still shown', async () => {
  const { app } = await openApp({ path: 'pages/detail/index', query: { id: 'vrf_1' } }, ({ phone }) => {
    const { yourTriesLeftToday, waiting, opinions, disagreement, place, follows, followUpAt, ...old } = verification()
    expect([yourTriesLeftToday, waiting, opinions, disagreement, place, follows, followUpAt]).toHaveLength(7)
    phone.storage.set('yp.history', JSON.stringify([old]))
    phone.online = false
  })
  await app.see(zhCN.outcome.consistent.headline)
})
