import { fill } from '@shared/copy/copy'
import { zhCN } from '@shared/copy/zh-cn'
import { manyVerifications, verification } from './canned-verification'
import { openApp, openOn } from './open-app'

const words = zhCN.ui.history
const PATH = 'pages/history/index'

test('an empty history says so and offers the one next step', async () => {
  const { app } = await openApp({ path: PATH })
  await app.see(words.empty)
  await app.tap({ role: 'button', label: words.start })
  expect(app.route).toBe('pages/check/index')
})

test('every row says name, amount, outcome and number to a screen reader', async () => {
  const { app } = await openApp({ path: PATH }, ({ api }) => void api.records.push(verification()))
  await app.see('北京样本餐饮有限公司')
  const row = app.find({ role: 'button', label: /北京样本餐饮有限公司/ })
  expect(row.label).toContain('106.00')
  expect(row.label).toContain(zhCN.lifecycle.normal.badge)
  expect(row.label).toContain('…5678')
})

test('the list goes on as the person scrolls, to the last row', async () => {
  const { app } = await openApp({ path: PATH }, ({ api }) => void api.records.push(...manyVerifications(45)))
  await app.until(() => app.findAll({ class: 'row' }).length === 20)
  expect(app.text).toContain(words.loadingMore)
  await app.reachBottom()
  await app.until(() => app.findAll({ class: 'row' }).length === 40)
  await app.reachBottom()
  await app.until(() => app.findAll({ class: 'row' }).length === 45)
  expect(app.text).toContain(fill(words.end, { n: 45 }))
  await app.reachBottom()
  expect(app.findAll({ class: 'row' })).toHaveLength(45)
})

test('a filter and a search narrow the list, and clearing them brings it back', async () => {
  const { app } = await openApp({ path: PATH }, ({ api }) => {
    api.records.push(verification({ id: 'vrf_2', outcome: 'mismatch', lifecycle: null }), ...manyVerifications(3))
  })
  await app.until(() => app.findAll({ class: 'row' }).length === 4)
  await app.tap({ role: 'radio', label: words.filter.mismatch })
  await app.until(() => app.findAll({ class: 'row' }).length === 1)
  await app.tap({ role: 'radio', label: words.all })
  await app.until(() => app.findAll({ class: 'row' }).length === 4)
  await app.type(words.search, '样本商户00000002')
  await app.until(() => app.findAll({ class: 'row' }).length === 1)
  await app.type(words.search, '没有这样的')
  await app.see(words.emptyFiltered)
  await app.tap({ role: 'button', label: words.clearFilter })
  await app.until(() => app.findAll({ class: 'row' }).length === 4)
})

test('a row opens its record, and back leads to the list', async () => {
  const { app } = await openApp({ path: PATH }, ({ api }) => void api.records.push(...manyVerifications(3)))
  await app.until(() => app.findAll({ class: 'row' }).length === 3)
  await app.tap({ role: 'button', label: /样本商户00000002/ })
  await app.until(() => app.route === 'pages/detail/index')
  await app.see('样本商户00000002有限公司')
  await app.back()
  expect(app.route).toBe(PATH)
})

test('without a network the last list is shown and marked as kept', async () => {
  const { app, phone } = await openApp({ path: PATH }, ({ api }) => void api.records.push(...manyVerifications(3)))
  await app.until(() => app.findAll({ class: 'row' }).length === 3)
  app.kill()
  phone.online = false
  const again = await openOn(phone, { path: PATH })
  await again.until(() => again.findAll({ class: 'row' }).length === 3)
  await again.see(zhCN.ui.offlineCached)
  await again.see(zhCN.ui.offline)
})
