import { zhCN } from '@shared/copy/zh-cn'
import { flatten, type RenderedNode } from '../hosts/weapp/rendered-tree'
import type { Weapp } from '../hosts/weapp/weapp'
import { ended, inboxItem, incident, onNow, status } from './canned-notices'
import { verification } from './canned-verification'
import { GATE_STATES } from './gate-states'
import { openAnswer } from './open-answer'
import { fillDigitalInvoice, openApp } from './open-app'

const OPERATED = ['button', 'textbox', 'radio', 'switch', 'checkbox', 'link', 'slider']

/** Tags that no finger meets, whatever the template binds to them. */
const NOT_TOUCHED = ['input', 'textarea', 'page-meta', 'navigation-bar']

/**
 * Nodes that react to a finger: Taro binds `tap` only where the program listens to something. A box without content has
 * no size (Taro leaves one in the place of page-meta).
 */
function tappable(app: Weapp): RenderedNode[] {
  return flatten(app.tree).filter(
    node => node.events.includes('tap') && node.children.length > 0 && !NOT_TOUCHED.includes(node.tag),
  )
}

function expectSpoken(app: Weapp): void {
  const controls = app.controls.filter(control => OPERATED.includes(control.role ?? ''))
  expect(controls.length).toBeGreaterThan(0)
  expect(controls.filter(control => control.label === '').map(control => control.classes.join(' '))).toEqual([])
  const silent = tappable(app).filter(node => !OPERATED.includes(node.role ?? ''))
  expect(silent.map(node => `${node.tag} ${node.classes.join('.')} ${node.text}`)).toEqual([])
  for (const input of flatten(app.tree).filter(node => node.tag === 'input' || node.tag === 'textarea')) {
    // iOS ignores the label of an input without this role [wechat-platform, accessibility].
    expect(input.attributes['aria-role']).toBe('textbox')
    expect(input.ariaLabel).not.toBeNull()
  }
}

test.each(['check', 'history', 'status', 'me', 'subscribe', 'inbox'].map(name => `pages/${name}/index`))(
  'every control of %s has a role and a label',
  async route => {
    const { app } = await openApp({ path: route }, ({ api }) => {
      api.records.push(verification())
      api.notices.status = status({ current: [onNow()] })
      api.notices.inbox = [inboxItem()]
    })
    await app.see(zhCN.ui.demoBanner)
    await app.see(onNow().title)
    expectSpoken(app)
  },
)

test.each([onNow(), incident(), ended()])(
  'every control of the notice "$title" has a role and a label',
  async shown => {
    const { app } = await openApp({ path: 'pages/notice/index', query: { id: shown.id } }, ({ api }) => {
      api.notices.notices = [shown]
    })
    await app.see(shown.title)
    expectSpoken(app)
  },
)

test.each(['pages/result/index', 'pages/detail/index'])('every control of %s has a role and a label', async route => {
  const { app } = await openApp(
    { path: route, query: { id: 'vrf_1' } },
    ({ api }) => void api.records.push(verification()),
  )
  await app.see(zhCN.outcome.consistent.headline)
  expectSpoken(app)
  expect(app.find({ role: 'alert' }).text).toContain(zhCN.outcome.consistent.headline)
})

test.each(Object.entries(GATE_STATES))('every control of the result %s has a role and a label', async (_, record) => {
  const { app } = await openAnswer(record)
  expectSpoken(app)
})

test('the sheets for pasting and for consent speak too', async () => {
  const { app } = await openApp({}, ({ phone }) => {
    phone.privacyAgreed = false
  })
  await app.tap(zhCN.ui.check.paste)
  expectSpoken(app)
  await app.tap(zhCN.ui.check.pasteFromClipboard)
  await app.see(zhCN.ui.privacySheet.title)
  expectSpoken(app)
})

test('a failure is an alert', async () => {
  const { app } = await openApp({}, ({ api }) => {
    api.answers = [{ problem: 'UNAVAILABLE', status: 503 }]
  })
  await fillDigitalInvoice(app)
  await app.tap({ role: 'button', label: zhCN.ui.check.submit })
  await app.see(zhCN.problem.UNAVAILABLE.title)
  expect(app.find({ role: 'alert' }).text).toContain(zhCN.problem.UNAVAILABLE.title)
  expectSpoken(app)
})

test('with a screen reader on nothing vanishes by itself', async () => {
  const { app, phone } = await openApp({ path: 'pages/result/index', query: { id: 'vrf_1' } }, ({ api, phone }) => {
    api.records.push(verification())
    phone.screenReader = true
  })
  await app.see(zhCN.outcome.consistent.headline)
  await app.tap({ role: 'button', label: `${zhCN.ui.result.copy} ${zhCN.ui.result.proof}` })
  await app.until(() => phone.clipboard !== '')
  expect(phone.callsOf('showToast')).toEqual([])
})
