import { en } from '@shared/copy/en'
import { zhCN } from '@shared/copy/zh-cn'
import type { Weapp } from '../hosts/weapp/weapp'
import { verification } from './canned-verification'
import { gatedTable } from './gated-table'
import { openApp, openOn } from './open-app'

const words = zhCN.ui.me
const PATH = 'pages/me/index'

test('the language changes at once, on every surface, and stays after a kill', async () => {
  const { app, phone } = await openApp({ path: PATH })
  await app.tap({ role: 'radio', label: `${words.language} ${words.en}` })
  expect(app.text).toContain(en.ui.me.deleteAll)
  expect(phone.callsOf('setNavigationBarTitle').at(-1)?.title).toBe(en.ui.title.me)
  expect(
    phone
      .callsOf('setTabBarItem')
      .slice(-4)
      .map(call => call.text),
  ).toEqual([en.ui.tab.check, en.ui.tab.history, en.ui.tab.status, en.ui.tab.me])
  app.kill()
  const again = await openOn(phone)
  expect(again.text).toContain(en.ui.check.scanTitle)
})

test('large type raises the root font size and stays after a kill', async () => {
  const { app, phone } = await openApp({ path: PATH })
  expect(rootFontPx(app)).toBe(16)
  await app.tap({ role: 'switch', label: words.largeType })
  expect(rootFontPx(app)).toBe(20)
  app.kill()
  expect(rootFontPx(await openOn(phone, { path: PATH }))).toBe(20)
})

test("our switch never lowers the person's own WeChat type size", async () => {
  const { app } = await openApp({ path: PATH }, ({ phone }) => {
    phone.fontSizeSetting = 23.8
  })
  expect(rootFontPx(app)).toBe(23.8)
  await app.tap({ role: 'switch', label: words.largeType })
  expect(rootFontPx(app)).toBe(23.8)
})

test('the privacy text names every gated call with its purpose and what works without it', async () => {
  const { app } = await openApp({ path: PATH })
  const gates: Record<string, { what: string; purpose: string; fallback: string }> = zhCN.ui.gated
  for (const { text } of gatedTable()) {
    expect(app.text).toContain(gates[text]?.what)
    expect(app.text).toContain(gates[text]?.purpose)
    expect(app.text).toContain(gates[text]?.fallback)
  }
})

test('deleting my data asks first, then leaves nothing on the server or the phone', async () => {
  let agreed = false
  const { app, api, phone } = await openApp({ path: PATH }, ({ api, phone }) => {
    api.records.push(verification())
    phone.answer('showModal', () => ({ confirm: agreed, cancel: !agreed }))
  })
  await app.tap({ role: 'button', label: words.deleteAll })
  expect(api.deletedMe).toBe(false)
  agreed = true
  await app.tap({ role: 'button', label: words.deleteAll })
  await app.until(() => api.deletedMe)
  await app.see(words.deleted)
  expect([...phone.storage.keys()].filter(key => !/settings|clock|draft|status/.test(key))).toEqual([])
})

test('a deletion that fails says so with its request id', async () => {
  const { app, phone } = await openApp({ path: PATH })
  phone.serve(request =>
    request.method === 'DELETE'
      ? {
          statusCode: 503,
          data: { type: 'about:blank', status: 503, code: 'UNAVAILABLE', title: '', detail: '', requestId: 'req-9' },
        }
      : { statusCode: 201, data: { token: 't', expiresAt: '2026-11-29T00:00:00Z', userId: 'usr_1' } },
  )
  await app.tap({ role: 'button', label: words.deleteAll })
  await app.see(zhCN.problem.UNAVAILABLE.title)
  expect(app.text).toContain('req-9')
})

/** What `<page-meta root-font-size>` says on the open page. */
function rootFontPx(app: Weapp): number {
  return Number.parseFloat(String(app.find({ tag: 'page-meta' }).attributes['root-font-size']))
}
