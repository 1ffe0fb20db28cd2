import { fill } from '@shared/copy/copy'
import { zhCN } from '@shared/copy/zh-cn'
import { subscriptions } from './canned-notices'
import { openApp, openOn } from './open-app'

const words = zhCN.ui.me
const PATH = 'pages/me/index'

test('the page about oneself leads to reminders and inbox, with a red dot for what is unread', async () => {
  const { app, api, phone } = await openApp({ path: 'pages/history/index' }, ({ api }) => {
    api.notices.mine = subscriptions({ unread: 2 })
  })
  await app.until(() => api.signIns === 1)
  app.kill()
  const again = await openOn(phone, { path: PATH })
  await again.see(fill(words.unread, { n: 2 }))
  await again.tap({ role: 'button', label: new RegExp(words.inbox) })
  expect(again.route).toBe('pages/inbox/index')
  await again.back()
  await again.tap({ role: 'button', label: words.subscribe })
  expect(again.route).toBe('pages/subscribe/index')
})

test('deleting everything forgets what was chosen, what WeChat answered and the messages', async () => {
  const { app, phone } = await openApp({ path: 'pages/subscribe/index' })
  await app.see(zhCN.ui.status.feeds)
  await app.openTab('我的')
  await app.tap({ role: 'button', label: words.deleteAll })
  await app.see(words.deleted)
  for (const key of ['yp.mine', 'yp.choice', 'yp.accepts', 'yp.inbox']) expect(phone.storage.has(key)).toBe(false)
})
