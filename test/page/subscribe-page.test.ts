import { fill } from '@shared/copy/copy'
import { noticeCopyFor } from '@shared/copy/notice-copy'
import { noticePageCopyFor } from '@shared/copy/notice-page-copy'
import { zhCN } from '@shared/copy/zh-cn'
import { PhoneRefusal } from '../hosts/weapp/phone'
import { subscriptions } from './canned-notices'
import { type OpenApp, openApp, openOn } from './open-app'

const words = noticePageCopyFor('zh-CN').subscribe
const names = noticeCopyFor('zh-CN').component
const PATH = 'pages/subscribe/index'
const IDS = ['tpl_plan', 'tpl_recovery', 'tpl_check']

async function openPage(prepare: (given: Omit<OpenApp, 'app'>) => void = () => {}): Promise<OpenApp> {
  const opened = await openApp({ path: PATH }, prepare)
  await opened.app.see(words.components)
  return opened
}

test('the usual is one tap, a region the second, and both are saved at once and seen to be', async () => {
  const { app, api } = await openPage()
  expect(app.text).toContain(words.none)
  await app.tap({ role: 'button', label: `${words.common} · ${words.commonNote}` })
  await app.tap({ role: 'switch', label: '北京' })
  await app.see(words.saved)
  expect(api.notices.mine).toMatchObject({ components: ['verification', 'digital_sync'], regions: ['11'] })
  expect(app.find({ role: 'switch', label: names.verification }).attributes['aria-checked']).toBe('true')
  expect(app.find({ role: 'switch', label: words.everywhere }).attributes['aria-checked']).toBe('false')
})

test('a component is taken away by the same tap', async () => {
  const { app, api } = await openPage(({ api }) => {
    api.notices.mine = subscriptions({ components: ['verification', 'fiscal'], regions: ['31'] })
  })
  await app.tap({ role: 'switch', label: names.fiscal })
  await app.until(() => api.notices.mine.components.length === 1)
  await app.tap({ role: 'switch', label: words.everywhere })
  await app.until(() => api.notices.mine.regions.length === 0)
  expect(api.notices.mine.components).toEqual(['verification'])
})

test('unsubscribing from everything, single notices too, is one tap', async () => {
  const { app, api } = await openPage(({ api }) => {
    api.notices.mine = subscriptions({ components: ['verification'], recoveries: ['ntc_1'] })
  })
  await app.tap({ role: 'button', label: words.stop })
  await app.see(words.stopped)
  await app.until(() => api.notices.mine.components.length === 0)
  expect(api.notices.mine.recoveries).toEqual([])
})

test('what is left is shown for each template, and why it is limited', async () => {
  const { app } = await openPage()
  expect(app.text).toContain(`服务恢复通知${fill(words.leftOf, { n: 2 })}`)
  expect(app.text).toContain(words.why)
})

test('one tap asks WeChat once for all templates, and each accept is counted with an id of its own', async () => {
  const { app, api, phone } = await openPage()
  await app.tap({ role: 'button', label: words.add })
  await app.see(words.answer.added)
  expect(phone.callsOf('requestSubscribeMessage')).toEqual([{ tmplIds: IDS }])
  const answers = api.notices.put.flatMap(({ templates }) => templates)
  expect(answers.map(({ templateId, accepted, answer }) => ({ templateId, accepted, answer }))).toEqual(
    IDS.map(templateId => ({ templateId, accepted: true, answer: 'accept' })),
  )
  expect(new Set(answers.map(({ acceptId }) => acceptId)).size).toBe(3)
  await app.see(`服务恢复通知${fill(words.leftOf, { n: 3 })}`)
})

test('each answer of WeChat is recorded as it was given, and what came of it is said', async () => {
  const { app, api, phone } = await openPage()
  phone.templateAnswers.set('tpl_plan', 'acceptWithAudio').set('tpl_recovery', 'reject').set('tpl_check', 'ban')
  await app.tap({ role: 'button', label: words.add })
  await app.see(words.answer.some)
  const answers = api.notices.put.flatMap(({ templates }) => templates)
  expect(answers.map(({ accepted, answer }) => `${accepted} ${answer}`)).toEqual([
    'true acceptWithAudio',
    'false reject',
    'false ban',
  ])
})

test('a template whose title WeChat has asked for already is filtered, and recorded as that', async () => {
  const { app, api, phone } = await openPage()
  phone.templateTitles.set('tpl_plan', '同名').set('tpl_check', '同名')
  await app.tap({ role: 'button', label: words.add })
  await app.until(() => api.notices.put.length > 0)
  expect(api.notices.put.flatMap(({ templates }) => templates).map(({ answer }) => answer)).toEqual([
    'accept',
    'accept',
    'filter',
  ])
})

test('who has switched all messages off in WeChat is told where', async () => {
  const { app, phone } = await openPage()
  phone.answer('requestSubscribeMessage', () => {
    throw new PhoneRefusal('requestSubscribeMessage:fail The main switch is switched off', undefined, 20004)
  })
  await app.tap({ role: 'button', label: words.add })
  await app.see(words.answer.off)
})

test('after a lasting no nothing asks by itself: a sentence, and a quiet button that still works', async () => {
  const { app, api, phone } = await openPage(({ api }) => {
    const templates = subscriptions().templates.map(one => ({ ...one, refused: true, left: 0 }))
    api.notices.mine = subscriptions({ templates })
  })
  expect(app.text).toContain(words.refused)
  await app.tap({ role: 'button', label: `${words.common} · ${words.commonNote}` })
  await app.see(words.saved)
  expect(phone.callsOf('requestSubscribeMessage')).toEqual([])
  expect(app.find({ role: 'button', label: words.add }).classes).toContain('button-soft')
  await app.tap({ role: 'button', label: words.add })
  await app.until(() => api.notices.put.some(({ templates }) => templates.length === 3))
})

test('an accept that could not be sent is sent again under the same id, after a kill too, and counts once', async () => {
  const { app, api, phone } = await openPage()
  let isLost = true
  phone.serve(request => {
    const answer = api.respond(request)
    if (isLost && request.method === 'PUT') throw new PhoneRefusal('request:fail timeout', 5)
    return answer
  })
  await app.tap({ role: 'button', label: words.add })
  await app.see(words.waiting)
  app.kill()
  isLost = false
  const again = await openOn(phone, { path: PATH })
  await again.until(() => phone.requests.filter(({ method }) => method === 'PUT').length >= 2)
  await again.see(`服务恢复通知${fill(words.leftOf, { n: 3 })}`)
  expect(new Set(api.notices.put.flatMap(({ templates }) => templates.map(one => one.acceptId))).size).toBe(3)
})

test('what is chosen without a network stays chosen, and is saved when it is back', async () => {
  const { app, api, phone } = await openPage()
  phone.online = false
  await app.tap({ role: 'switch', label: names.fiscal })
  await app.see(words.waiting)
  expect(app.find({ role: 'switch', label: names.fiscal }).attributes['aria-checked']).toBe('true')
  phone.online = true
  app.fire('NetworkStatusChange', { isConnected: true, networkType: 'wifi' })
  await app.until(() => api.notices.mine.components.includes('fiscal'))
})

test('where we know no WeChat identity, inbox, calendar and feeds stand in for messages', async () => {
  const { app } = await openPage(({ api }) => {
    api.notices.mine = subscriptions({ canMessage: false })
  })
  expect(app.text).toContain(words.noMessagesNote)
  expect(app.findAll({ role: 'button', label: words.add })).toEqual([])
  expect(app.text).toContain(zhCN.ui.status.feeds)
})

test('without a network and nothing kept the page fails with a way to try again', async () => {
  const { app } = await openApp({ path: PATH }, ({ phone }) => {
    phone.online = false
  })
  await app.see(zhCN.ui.failed.network)
  expect(app.findAll({ role: 'button', label: zhCN.ui.failed.retry })).not.toEqual([])
})
