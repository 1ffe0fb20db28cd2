import { fill } from '@shared/copy/copy'
import { noticeCopyFor } from '@shared/copy/notice-copy'
import { noticePageCopyFor } from '@shared/copy/notice-page-copy'
import { zhCN } from '@shared/copy/zh-cn'
import { inboxItem, onNow, subscriptions } from './canned-notices'
import { verification } from './canned-verification'
import { openApp, openOn } from './open-app'

const words = noticePageCopyFor('zh-CN').inbox
const PATH = 'pages/inbox/index'

const CHECK = inboxItem({
  id: 'inb_2',
  kind: 'check',
  occasion: null,
  title: '北京样本餐饮 · 尾号 5678',
  text: '恢复后已自动查验：一致。',
  noticeId: null,
  verificationId: 'vrf_1',
  read: true,
})

test('messages tell what and when, and the unread ones say so', async () => {
  const { app } = await openApp({ path: PATH }, ({ api }) => {
    api.notices.inbox = [inboxItem(), CHECK]
  })
  await app.see('已开始，预计明天 08:20 恢复。')
  expect(app.text).toContain(`${noticeCopyFor('zh-CN').occasion.started} · 今天 09:00`)
  expect(app.find({ class: 'dot' }).text).toBe(words.unread)
  const [first, second] = app.findAll({ class: 'inbox-row' })
  expect(first?.label).toContain(words.unread)
  expect(second?.label).not.toContain(words.unread)
})

test('opening the inbox makes what it shows read, up to the newest, and the red dot goes', async () => {
  const { app, api } = await openApp({ path: PATH }, ({ api }) => {
    api.notices.inbox = [inboxItem()]
    api.notices.mine = subscriptions({ unread: 1 })
  })
  await app.until(() => api.notices.readUntil.length === 1)
  expect(api.notices.readUntil).toEqual([inboxItem().at])
  await app.openTab('我的')
  await app.see(zhCN.ui.me.inbox)
  expect(app.text).not.toContain(fill(zhCN.ui.me.unread, { n: 1 }))
})

test('a message opens its notice, or the record it is about', async () => {
  const { app } = await openApp({ path: PATH }, ({ api }) => {
    api.notices.inbox = [inboxItem(), CHECK]
    api.notices.notices = [onNow()]
    api.records.push(verification())
  })
  await app.see('恢复后已自动查验：一致。')
  await app.tap({ role: 'button', label: /已开始/ })
  expect(app.route).toBe('pages/notice/index')
  expect(app.query.id).toBe('ntc_1')
  await app.back()
  await app.tap({ role: 'button', label: /自动查验/ })
  expect(app.route).toBe('pages/detail/index')
  expect(app.query.id).toBe('vrf_1')
})

test('an empty inbox says what would be here and leads to the reminders', async () => {
  const { app } = await openApp({ path: PATH })
  await app.see(words.empty)
  await app.tap({ role: 'button', label: words.subscribe })
  expect(app.route).toBe('pages/subscribe/index')
})

test('without a network the last messages stay readable; without any it fails with a way to try again', async () => {
  const { app, phone } = await openApp({ path: PATH }, ({ api }) => {
    api.notices.inbox = [inboxItem()]
  })
  await app.see('已开始')
  app.kill()
  phone.online = false
  const again = await openOn(phone, { path: PATH })
  await again.see(words.kept)
  expect(again.text).toContain('已开始')
  again.kill()
  phone.storage.delete('yp.inbox')
  const bare = await openOn(phone, { path: PATH })
  await bare.see(words.offlineNote)
})
