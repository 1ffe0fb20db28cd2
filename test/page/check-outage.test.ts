import { fill } from '@shared/copy/copy'
import { zhCN } from '@shared/copy/zh-cn'
import { hoursFromNow, notice, onNow, phase, status } from './canned-notices'
import { verification } from './canned-verification'
import { afterNow, pendingRecord } from './gate-states'
import { fillDigitalInvoice, type OpenApp, openApp } from './open-app'

const words = zhCN.ui.check
const LATER = { role: 'button', label: words.afterRecovery }

async function openDuring(current = onNow(), prepare: (given: Omit<OpenApp, 'app'>) => void = () => {}) {
  const opened = await openApp({}, given => {
    given.api.notices.status = status({ current: [current] })
    prepare(given)
  })
  await opened.app.until(() => opened.phone.storage.has('yp.status'))
  return opened
}

test('while nobody can check, running it after the recovery is the one filled button and now the quiet one', async () => {
  const { app } = await openDuring()
  expect(app.findAll(LATER)).toEqual([])
  await fillDigitalInvoice(app)
  await app.see(fill(words.outage, { title: onNow().title }))
  expect(app.find(LATER).classes).toContain('button-main')
  expect(app.find({ role: 'button', label: words.anyway }).classes).toContain('button-soft')
})

test('it asks for one message within the tap, sends afterRecovery, and the page says when it will run', async () => {
  const { app, api, phone } = await openDuring(onNow(), ({ api }) => {
    api.answers = [
      pendingRecord({ waiting: 'outage', nextTryAt: afterNow(37_200), notice: { id: 'ntc_1', title: '升级' } }),
    ]
  })
  await fillDigitalInvoice(app)
  await app.until(() => api.heard.includes('GET /v1/subscriptions'))
  await app.tap(LATER)
  await app.see(zhCN.ui.result.waiting.outage.text)
  expect(phone.callsOf('requestSubscribeMessage')).toEqual([{ tmplIds: ['tpl_check'] }])
  expect(api.asked.map(({ body }) => body.afterRecovery)).toEqual([true])
  expect(app.text).toContain('约 20:20，还有 10 小时 2')
  await app.tap({ role: 'button', label: `${zhCN.ui.result.noticeOpen} 升级` })
  expect(app.query.id).toBe('ntc_1')
})

test('to check now all the same is one tap and asks nothing of WeChat', async () => {
  const { app, api, phone } = await openDuring()
  await fillDigitalInvoice(app)
  await app.tap({ role: 'button', label: words.anyway })
  await app.see(zhCN.outcome.consistent.headline)
  expect(api.asked.map(({ body }) => 'afterRecovery' in body)).toEqual([false])
  expect(phone.callsOf('requestSubscribeMessage')).toEqual([])
})

test('a form that cannot be asked asks nothing of WeChat, either', async () => {
  const { app, api, phone } = await openDuring()
  await app.type(words.number, '25112000000012345678')
  await app.tap(LATER)
  await app.see(fill(words.toFill, { n: 2 }))
  expect(api.asked).toEqual([])
  expect(phone.callsOf('requestSubscribeMessage')).toEqual([])
})

test.each([
  ['that has not begun', notice()],
  ['that only slows', onNow({ phases: [phase({ startsAt: hoursFromNow(-1), impact: 'slow' })] })],
  ['of another component', onNow({ phases: [phase({ startsAt: hoursFromNow(-1), components: ['fiscal'] })] })],
  ['of another region', onNow({ phases: [phase({ startsAt: hoursFromNow(-1), regions: ['31'] })] })],
])('a notice %s changes nothing', async (_, view) => {
  const { app } = await openDuring(view)
  await fillDigitalInvoice(app)
  expect(app.findAll(LATER)).toEqual([])
  expect(app.find({ role: 'button', label: words.submit }).classes).toContain('button-main')
})

test.each(['not_found', 'could_not_check'] as const)(
  '%s names the notice that explains it, with a way to it',
  async outcome => {
    const { app } = await openApp({ path: 'pages/result/index', query: { id: 'vrf_1' } }, ({ api }) => {
      const reason = { code: 'ISSUED_IN_OUTAGE', likelihood: 'likely', message: '' } as const
      api.records.push(
        verification({ outcome, lifecycle: null, notice: { id: 'ntc_1', title: '查验平台升级' }, reasons: [reason] }),
      )
    })
    await app.see('查验平台升级')
    expect(app.text).toContain(zhCN.reasonTitle.ISSUED_IN_OUTAGE)
    await app.tap({ role: 'button', label: `${zhCN.ui.result.noticeOpen} 查验平台升级` })
    expect(app.route).toBe('pages/notice/index')
  },
)
