import { zhCN } from '@shared/copy/zh-cn'
import { verification } from './canned-verification'
import { openApp } from './open-app'

const PATH = 'pages/detail/index'

test('a record shows what was answered then', async () => {
  const { app } = await openApp({ path: PATH, query: { id: 'vrf_1' } }, ({ api }) => {
    api.records.push(verification({ outcome: 'consistent', lifecycle: 'red_full' }))
  })
  await app.see(zhCN.lifecycle.red_full.headline)
  expect(app.text).toContain('7K2M9-QXR4T-WB83')
})

test('a record that is not there says so with a request id that can be copied', async () => {
  const { app, phone } = await openApp({ path: PATH, query: { id: 'vrf_nobody' } })
  await app.see(zhCN.problem.NOT_FOUND.title)
  expect(app.text).toContain('req-77ab')
  await app.tap({ role: 'button', label: zhCN.ui.failed.copyId })
  expect(phone.clipboard).toBe('req-77ab')
})

test('deleting asks first and then leaves the page', async () => {
  let agreed = false
  const { app, api, phone } = await openApp({ path: 'pages/history/index' }, ({ api, phone }) => {
    api.records.push(verification())
    phone.answer('showModal', () => ({ confirm: agreed, cancel: !agreed }))
  })
  await app.open(`/${PATH}?id=vrf_1`)
  await app.see(zhCN.outcome.consistent.headline)
  await app.tap({ role: 'button', label: zhCN.ui.result.delete })
  expect(api.records).toHaveLength(1)
  expect(phone.callsOf('showModal')[0]?.content).toBe(zhCN.ui.result.deleteAsk)
  agreed = true
  await app.tap({ role: 'button', label: zhCN.ui.result.delete })
  await app.until(() => app.route === 'pages/history/index')
  expect(api.records).toHaveLength(0)
})
