import { fill } from '@shared/copy/copy'
import { noticeCopyFor } from '@shared/copy/notice-copy'
import { zhCN } from '@shared/copy/zh-cn'
import { flatten } from '../hosts/weapp/rendered-tree'
import { ended, incident, notice, onNow, RESTLESS, status } from './canned-notices'
import { CANNED_NOW } from './canned-now'
import { openApp, openOn } from './open-app'

const words = zhCN.ui.status
const PATH = 'pages/status/index'

test('when nothing is on or near the page says so, without a green that would look like an answer', async () => {
  const { app } = await openApp({ path: PATH })
  await app.see(words.normal)
  expect(app.text).toContain(words.normalNote)
  expect(flatten(app.tree).flatMap(node => node.classes)).not.toContain('tone-good')
})

test('the state now stands in one card with headline, time zone, what is left and what it touches', async () => {
  const { app } = await openApp({ path: PATH }, ({ api }) => {
    api.notices.status = status({ current: [onNow()] })
  })
  await app.see(zhCN.ui.notice.headline.in_progress)
  expect(app.text).toContain('税务数字账户与查验平台升级')
  expect(app.text).toContain(noticeCopyFor('zh-CN').time.zone)
  expect(app.text).toContain('还有 10 小时 20 分')
  expect(app.text).toContain(fill(words.impact, { names: '发票查验、数电票同步' }))
  await app.tap({ role: 'button', label: words.open })
  expect(app.route).toBe('pages/notice/index')
  expect(app.query.id).toBe('ntc_1')
})

test('an incident leads before a maintenance, which stands among the others', async () => {
  const { app } = await openApp({ path: PATH }, ({ api }) => {
    api.notices.status = status({
      current: [onNow(), incident()],
      upcoming: [notice({ id: 'ntc_9', title: '下周的升级' })],
    })
  })
  await app.see(zhCN.ui.notice.headline.identified)
  await app.see(words.upcoming)
  expect(app.text).toContain('下周的升级')
  expect(app.text).toContain('税务数字账户与查验平台升级')
})

test('each row is one element whose label tells the share, the days and that the rest has no data', async () => {
  const { app } = await openApp({ path: PATH })
  await app.see(noticeCopyFor('zh-CN').group.ours)
  const rows = app.findAll({ class: 'bars' })
  expect(rows).toHaveLength(10)
  expect(rows[0]?.role).toBe('img')
  expect(rows[0]?.label).toBe(fill(words.barLabel, { name: '发票查验', n: 60, share: '98.3', bad: 2 }))
  expect(rows[9]?.label).toBe(fill(words.barNone, { name: '微信登录与消息' }))
  expect(rows[0]?.children).toEqual([])
})

test.each([
  [{ checks: 214, failedShare: 0.03 }, '214 次查验，3% 没有答复，属正常'],
  [{ checks: 40, failedShare: 0.25 }, '40 次查验，25% 没有答复，比平时多'],
  [{ checks: 40, failedShare: 0.9 }, '40 次查验，90% 没有答复，大家都这样'],
  [{ checks: 19, failedShare: null }, '只有 19 次查验，数据不足'],
])('"only me?" is answered from the counters: %j', async (recent, said) => {
  const { app } = await openApp({ path: PATH }, ({ api }) => {
    const base = status()
    const components = base.components.map(row => (row.component === 'verification' ? { ...row, recent } : row))
    api.notices.status = { ...base, components }
  })
  await app.see(words.everyone)
  expect(app.text).toContain(said)
})

test('notices that are over are read page by page, with how long they took', async () => {
  const { app } = await openApp({ path: PATH }, ({ api }) => {
    api.notices.notices = Array.from({ length: 13 }, (_, at) => ended({ id: `ntc_${at}`, title: `第 ${at} 次维护` }))
  })
  await app.see(words.historyOpen)
  await app.tap({ role: 'button', label: words.historyOpen })
  await app.see('第 9 次维护')
  expect(app.text).not.toContain('第 12 次维护')
  expect(app.text).toContain('历时 11 小时 0 分')
  await app.tap({ role: 'button', label: words.historyMore })
  await app.see('第 12 次维护')
})

test('a red dot tells of unread messages to who has signed in before, and nobody is signed in by looking', async () => {
  const { app, api, phone } = await openApp({ path: PATH })
  await app.see(words.normal)
  expect(api.signIns).toBe(0)
  await app.openTab('记录')
  await app.until(() => api.signIns === 1)
  api.notices.mine = { ...api.notices.mine, unread: 3 }
  app.kill()
  const again = await openOn(phone, { path: PATH })
  await again.see(fill(words.unread, { n: 3 }))
})

test('without a network the last state stays and says of when it is', async () => {
  const { app, phone } = await openApp({ path: PATH })
  await app.see(words.normal)
  app.kill()
  phone.online = false
  const again = await openOn(phone, { path: PATH })
  await again.see(fill(words.kept, { time: '10:00' }))
  expect(again.text).toContain(words.normal)
})

test('a first look without a network fails with a way to try again', async () => {
  const { app, phone } = await openApp({ path: PATH }, ({ phone }) => {
    phone.online = false
  })
  await app.see(zhCN.ui.failed.network)
  phone.online = true
  await app.tap({ role: 'button', label: zhCN.ui.failed.retry })
  await app.see(words.normal)
})

test('feeds are copied as whole addresses', async () => {
  const { app, phone } = await openApp({ path: PATH })
  await app.see(words.feeds)
  await app.tap({ role: 'button', label: `${words.copy} ${words.feed.atom}` })
  await app.until(() => phone.clipboard !== '')
  expect(phone.clipboard).toMatch(/^http.*\/v1\/notices\.atom$/)
})

test('the first screen is one setData of at most 16 KB, also when no day was like the day before', async () => {
  const { app } = await openApp({ path: PATH }, ({ api }) => {
    api.notices.status = status({ current: [onNow(), incident()], now: CANNED_NOW }, RESTLESS)
  })
  await app.see(noticeCopyFor('zh-CN').group.ours)
  expect(Math.max(...app.setDataLog.map(call => call.bytes))).toBeLessThanOrEqual(16 * 1024)
  expect(flatten(app.tree).length).toBeLessThan(500)
})
