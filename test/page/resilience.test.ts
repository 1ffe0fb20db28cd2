import { zhCN } from '@shared/copy/zh-cn'
import { PhoneRefusal } from '../hosts/weapp/phone'
import { fillDigitalInvoice, openApp, openOn } from './open-app'

const SUBMIT = { role: 'button', label: zhCN.ui.check.submit }

test('the draft survives a kill of the app', async () => {
  const { app, phone } = await openApp()
  await fillDigitalInvoice(app)
  app.kill()
  const again = await openOn(phone)
  expect(again.find({ role: 'textbox', label: zhCN.ui.check.number }).attributes.value).toBe('25112000000012345678')
  expect(again.find({ role: 'textbox', label: zhCN.ui.check.amount.incl_tax }).attributes.value).toBe('106.00')
})

test('an expired session signs in again by itself and asks under the same key', async () => {
  const { app, api } = await openApp()
  await fillDigitalInvoice(app)
  await app.openTab('记录')
  await app.until(() => api.signIns === 1)
  api.endSessions()
  await app.openTab('查验')
  await app.tap(SUBMIT)
  await app.see(zhCN.outcome.consistent.headline)
  expect(api.signIns).toBe(2)
  expect(api.asked).toHaveLength(1)
})

test('a question lost with the network is asked again under the same key', async () => {
  const { app, api, phone } = await openApp()
  await fillDigitalInvoice(app)
  await app.openTab('记录')
  await app.until(() => api.signIns === 1)
  await app.openTab('查验')
  let lost = true
  phone.serve(request => {
    const answer = api.respond(request)
    if (request.method === 'POST' && lost) throw new PhoneRefusal('request:fail timeout', 5)
    return answer
  })
  await app.tap(SUBMIT)
  await app.see(zhCN.ui.failed.network)
  lost = false
  await app.tap({ role: 'button', label: zhCN.ui.failed.retry })
  await app.see(zhCN.outcome.consistent.headline)
  expect(new Set(api.asked.map(asked => asked.key)).size).toBe(1)
  expect(api.records).toHaveLength(1)
})

test('offline the page opens, checks the form and says what waits; nothing is lost', async () => {
  const { app, api, phone } = await openApp({}, ({ phone }) => {
    phone.online = false
  })
  await app.see(zhCN.ui.offline)
  await app.type(zhCN.ui.check.number, '90000001')
  await app.type(zhCN.ui.check.code, '1100243130')
  expect(app.text).toContain(zhCN.kind.VAT_SPECIAL_PAPER)
  await app.type(zhCN.ui.check.date, '2024-03-15')
  await app.type(zhCN.ui.check.amount.excl_tax, '100.00')
  await app.tap(SUBMIT)
  await app.see(zhCN.ui.failed.network)
  expect(app.text).toContain(zhCN.ui.failed.networkNote)
  phone.online = true
  app.fire('NetworkStatusChange', { isConnected: true, networkType: 'wifi' })
  await app.tap({ role: 'button', label: zhCN.ui.failed.retry })
  await app.see(zhCN.outcome.consistent.headline)
  expect(api.asked).toHaveLength(1)
})

test('a kill while the answer is on its way leads back to it, without a second question', async () => {
  const { app, api, phone } = await openApp({}, ({ api }) => {
    api.answers = [
      { state: 'pending', outcome: null, lifecycle: null, proofNumber: null, nextTryAt: null, provider: null },
    ]
  })
  await fillDigitalInvoice(app)
  await app.tap(SUBMIT)
  await app.see(zhCN.ui.result.pending)
  app.kill()
  const again = await openOn(phone)
  await again.see(zhCN.ui.check.waiting)
  await again.tap({ role: 'button', label: zhCN.ui.check.waitingOpen })
  await again.see(zhCN.ui.result.pending)
  const record = api.records[0]
  if (record) Object.assign(record, { state: 'done', outcome: 'consistent', lifecycle: 'normal' })
  await again.see(zhCN.outcome.consistent.headline)
  expect(new Set(api.asked.map(asked => asked.key)).size).toBe(1)
  expect(api.records).toHaveLength(1)
})

test.each([
  ['RATE_LIMITED', 429],
  ['UNAVAILABLE', 503],
  ['INTERNAL', 500],
] as const)('%s is told in plain words with a request id to copy', async (code, status) => {
  const { app, phone } = await openApp({}, ({ api }) => {
    api.answers = [{ problem: code, status }]
  })
  await fillDigitalInvoice(app)
  await app.tap(SUBMIT)
  await app.see(zhCN.problem[code].title)
  expect(app.text).toContain('req-77ab')
  await app.tap({ role: 'button', label: zhCN.ui.failed.copyId })
  expect(phone.clipboard).toBe('req-77ab')
})

test('an answer this version cannot read is no answer about the invoice', async () => {
  const { app, api, phone } = await openApp()
  phone.serve(request => {
    const answer = api.respond(request)
    return request.path === '/v1/verifications' ? { ...answer, data: { hello: 1 } } : answer
  })
  await fillDigitalInvoice(app)
  await app.tap(SUBMIT)
  await app.see(zhCN.ui.failed.unreadable)
  expect(app.text).toContain('req-0001')
})

test('an outcome of a newer server never looks like a good one', async () => {
  const { app, api, phone } = await openApp()
  phone.serve(request => {
    const answer = api.respond(request)
    return request.path === '/v1/verifications'
      ? { ...answer, data: { ...(answer.data as object), outcome: 'blessed' } }
      : answer
  })
  await fillDigitalInvoice(app)
  await app.tap(SUBMIT)
  await app.see(zhCN.outcome.could_not_check.headline)
})

test('words stand beside the frame of an answer that takes longer than 300 ms', async () => {
  const { app, api, phone } = await openApp()
  phone.serve(async request => {
    if (request.path === '/v1/verifications') await new Promise(resolve => setTimeout(resolve, 700))
    return api.respond(request)
  })
  await fillDigitalInvoice(app)
  await app.tap(SUBMIT)
  await app.see(zhCN.ui.result.asking)
  await app.see(zhCN.outcome.consistent.headline)
})
