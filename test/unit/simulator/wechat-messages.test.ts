import { SIMULATED_WECHAT } from '../../../config/local/simulator/simulator'
import { SIMULATED_TEMPLATES, TWIN_TEMPLATE } from '../../../config/local/simulator/wechat-templates'
import { samples } from '../../contract/wire-samples'
import { type RunningWechat, startWechat } from './wechat-bench'

let now = Date.parse('2026-11-22T10:00:00+08:00')
const clock = { now: () => now }
let wechat: RunningWechat
beforeEach(async () => {
  wechat = await startWechat(clock)
})
afterEach(() => wechat.stop())

const { appId, secret } = SIMULATED_WECHAT
const [plan = '', recovery = '', check = ''] = SIMULATED_TEMPLATES.map(({ templateId }) => templateId)
const OPENID = 'odev_ann'
const DATA = {
  thing1: { value: '发票查验服务维护' },
  time2: { value: '2026年11月22日 22:00~2026年11月23日 08:00' },
  thing3: { value: '税局系统升级期间暂停查验' },
  phrase4: { value: '计划维护' },
}

const askToken = (over: object = {}) =>
  wechat.post('/cgi-bin/stable_token', { grant_type: 'client_credential', appid: appId, secret, ...over })
const tokenOf = async (over: object = {}) => String((await askToken(over)).body.access_token)

async function send(over: object = {}, token?: string) {
  const used = token ?? (await tokenOf())
  const body = { touser: OPENID, template_id: plan, page: 'pages/notice/index?id=ntc_1', data: DATA, ...over }
  const answer = await wechat.post(`/cgi-bin/message/subscribe/send?access_token=${used}`, body)
  return answer.body as { errcode: number; errmsg: string }
}
const codeOf = async (over: object = {}, token?: string) => (await send(over, token)).errcode
const subscribe = (body: object) => wechat.post('/wechat/client/subscribe', { openid: OPENID, ...body })

/** WeChat's own samples name the codes of each case, and every answer has their shape. */
const sampleCode = (name: string) => {
  const [, sample] = samples('wechat.').find(([known]) => known === name) ?? []
  return (sample?.response.body as { errcode: number } | undefined)?.errcode
}

test('everybody gets the same token, with what is left of its two hours', async () => {
  const first = await askToken()
  expect(first.body).toEqual({ access_token: expect.any(String), expires_in: 7200 })
  now += 60_000
  expect((await askToken()).body).toEqual({ ...first.body, expires_in: 7140 })
})

test('five minutes before its end a token is followed by the next, and both work until it ends', async () => {
  const old = await tokenOf()
  now += 7200_000 - 300_000
  const next = await tokenOf()
  expect(next).not.toBe(old)
  expect([await codeOf({}, old), await codeOf({}, next)]).toEqual([0, 0])
  now += 300_000
  expect([await codeOf({}, old), await codeOf({}, next)]).toEqual([sampleCode('subscribe_send.error.token-expired'), 0])
})

test('a forced token ends the others at once; it is limited to one in 30 s and 20 a day', async () => {
  const old = await tokenOf()
  const forced = await tokenOf({ force_refresh: true })
  expect([await codeOf({}, old), await codeOf({}, forced)]).toEqual([
    sampleCode('subscribe_send.error.token-invalid'),
    0,
  ])
  expect((await askToken({ force_refresh: true })).body.errcode).toBe(45011)
  for (let turn = 1; turn < 20; turn++) {
    now += 30_000
    expect((await askToken({ force_refresh: true })).body).toHaveProperty('access_token')
  }
  now += 30_000
  expect((await askToken({ force_refresh: true })).body.errcode).toBe(sampleCode('stable_token.error.daily'))
})

test.each([
  [{ appid: 'wx1' }, 40013],
  [{ secret: 'odd' }, 40125],
  [{ grant_type: 'x' }, 40002],
  [{ appid: undefined }, 41002],
  [{ secret: undefined }, 41004],
])('a token for %j answers %i', async (over, errcode) => {
  expect((await askToken(over)).body.errcode).toBe(errcode)
})

test('a message that is taken stands in the list, with an id of 19 digits', async () => {
  const token = await tokenOf()
  const before = wechat.messages().length
  const answer = await fetch(`${wechat.url}/cgi-bin/message/subscribe/send?access_token=${token}`, {
    method: 'POST',
    body: JSON.stringify({
      touser: OPENID,
      template_id: plan,
      page: 'pages/notice/index?id=1',
      data: DATA,
      lang: 'zh_CN',
    }),
  })
  expect(answer.headers.get('content-type')).toBe('application/json; encoding=utf-8')
  expect(await answer.text()).toMatch(/^\{"errcode":0,"errmsg":"ok","msgid":1\d{18}\}$/)
  expect(wechat.messages().slice(before)).toEqual([
    {
      openid: OPENID,
      templateId: plan,
      page: 'pages/notice/index?id=1',
      data: DATA,
      at: new Date(now).toISOString(),
    },
  ])
})

test.each([
  ['no such person', { touser: 'nobody' }, 'bad-openid'],
  ['no such template', { template_id: 'x' }, 'bad-template'],
  ['a page that is not ours', { page: 'pages/none/index' }, 'bad-page'],
  ['a page with a slash before it', { page: '/pages/notice/index' }, 'bad-page'],
  ['a missing field', { data: { thing1: DATA.thing1 } }, 'bad-value'],
  ['a field too many', { data: { ...DATA, thing9: { value: 'x' } } }, 'bad-value'],
  ['a long thing', { data: { ...DATA, thing1: { value: '一'.repeat(21) } } }, 'bad-value'],
  ['emoji beyond 20 units', { data: { ...DATA, thing1: { value: '😀'.repeat(11) } } }, 'bad-value'],
  ['a line break', { data: { ...DATA, thing1: { value: '一\n二' } } }, 'bad-value'],
  ['a phrase with a letter', { data: { ...DATA, phrase4: { value: '已OK' } } }, 'bad-value'],
  ['a phrase of six', { data: { ...DATA, phrase4: { value: '一二三四五六' } } }, 'bad-value'],
  ['an empty value', { data: { ...DATA, phrase4: { value: ' ' } } }, 'bad-value'],
  ['a day that is none', { data: { ...DATA, time2: { value: '2026年2月30日 08:00' } } }, 'bad-value'],
  ['an hour that is none', { data: { ...DATA, time2: { value: '24:01' } } }, 'bad-value'],
  ['a number for text', { data: { ...DATA, thing1: { value: 5 } } }, 'bad-value'],
])('%s is refused and not sent', async (_, over, sample) => {
  const token = await tokenOf()
  const before = wechat.messages().length
  expect(await codeOf(over, token)).toBe(sampleCode(`subscribe_send.error.${sample}`))
  expect(wechat.messages()).toHaveLength(before)
})

test('47003 names the field', async () => {
  expect((await send({ data: { ...DATA, thing3: { value: '' } } })).errmsg).toContain('data.thing3.value invalid')
})

test('what is no call of WeChat, no JSON or no body is refused', async () => {
  const path = `/cgi-bin/message/subscribe/send?access_token=${await tokenOf()}`
  expect((await wechat.get(path)).body.errcode).toBe(43302)
  expect((await wechat.post(path, '{"a":')).body.errcode).toBe(sampleCode('subscribe_send.error.data-format'))
  const empty = await fetch(`${wechat.url}${path}`, { method: 'POST' })
  expect(((await empty.json()) as { errcode: number }).errcode).toBe(44002)
  expect((await wechat.post('/cgi-bin/none', {})).status).toBe(404)
})

test('a person whose phone never answered may be sent to; after an answer each accept is one message', async () => {
  expect([await codeOf(), await codeOf()]).toEqual([0, 0])
  await subscribe({ tmplIds: [plan, recovery], answers: { [recovery]: 'reject' } })
  await subscribe({ tmplIds: [plan] })
  const refused = sampleCode('subscribe_send.error.user-refused')
  expect([await codeOf(), await codeOf(), await codeOf()]).toEqual([0, 0, refused])
  expect(await codeOf({ touser: 'odev_bob' })).toBe(0)
  const data = { thing1: DATA.thing1, thing2: DATA.thing1, time3: DATA.time2, phrase4: DATA.phrase4 }
  expect(await codeOf({ template_id: recovery, data })).toBe(refused)
})

test('the dialog leaves out a second template of the same title and refuses more than five, none and unknown ones', async () => {
  const twin = await subscribe({ tmplIds: [plan, TWIN_TEMPLATE.templateId, check] })
  expect(twin.body).toEqual({
    errMsg: 'requestSubscribeMessage:ok',
    [plan]: 'accept',
    [TWIN_TEMPLATE.templateId]: 'filter',
    [check]: 'accept',
  })
  const many = ['a', 'b', 'c', 'd', 'e', 'f']
  expect((await subscribe({ tmplIds: many })).body.errCode).toBe(20003)
  expect((await subscribe({ tmplIds: [] })).body.errCode).toBe(10001)
  expect((await subscribe({ tmplIds: ['a'] })).body.errCode).toBe(20001)
  expect((await subscribe({ openid: '', tmplIds: [plan] })).status).toBe(422)
  expect((await subscribe({ tmplIds: 5 })).status).toBe(422)
})

test('taps and messages are told by signed events: List is an object for one and an array for several', async () => {
  await subscribe({ tmplIds: [plan] })
  await subscribe({ tmplIds: [plan, check], answers: { [check]: 'reject' } })
  await wechat.post('/wechat/client/settings', { openid: OPENID, tmplIds: [check] })
  await codeOf()
  await wechat.settle()
  const one = { TemplateId: plan, SubscribeStatusString: 'accept', PopupScene: '0' }
  expect(wechat.pushes.map(({ body }) => [body.Event, body.List])).toEqual([
    ['subscribe_msg_popup_event', one],
    ['subscribe_msg_popup_event', [one, { ...one, TemplateId: check, SubscribeStatusString: 'reject' }]],
    ['subscribe_msg_change_event', { TemplateId: check, SubscribeStatusString: 'reject' }],
    [
      'subscribe_msg_sent_event',
      { TemplateId: plan, MsgID: expect.stringMatching(/^1\d{18}$/), ErrorCode: '0', ErrorStatus: 'success' },
    ],
  ])
  expect(wechat.pushes[0]).toMatchObject({
    query: { signature: expect.stringMatching(/^[0-9a-f]{40}$/), openid: OPENID },
    body: { FromUserName: OPENID, CreateTime: now / 1000, MsgType: 'event' },
  })
})

test('an event that is not taken is repeated three times, kept over a restart, and then delivered', async () => {
  wechat.takes.events = false
  await subscribe({ tmplIds: [plan] })
  await wechat.settle()
  expect(wechat.pushes.length).toBeGreaterThanOrEqual(4)
  expect((await wechat.get('/control/pushes')).body.pending).toHaveLength(1)
  const folder = wechat.dataDir
  await wechat.stop()
  wechat = await startWechat(clock, folder)
  await wechat.settle()
  expect(wechat.pushes.map(({ body }) => body.Event)).toEqual(['subscribe_msg_popup_event'])
  expect((await wechat.get('/control/pushes')).body.pending).toEqual([])
})

test('events come twice or never on demand', async () => {
  const put = (body: object) =>
    fetch(`${wechat.url}/control/pushes`, { method: 'PUT', body: JSON.stringify(body) }).then(answer => answer.status)
  expect(await put({ copies: 2 })).toBe(200)
  await subscribe({ tmplIds: [plan] })
  await wechat.settle()
  expect(wechat.pushes).toHaveLength(2)
  expect(await put({ lose: 1 })).toBe(200)
  await subscribe({ tmplIds: [plan] })
  await wechat.settle()
  expect(wechat.pushes).toHaveLength(2)
  for (const odd of [{ copies: 0 }, { copies: 1.5 }, { lose: 2 }, { lose: 'x' }]) expect(await put(odd)).toBe(422)
})

test('quotas, tokens and messages live on after a restart', async () => {
  const token = await tokenOf()
  await subscribe({ tmplIds: [plan] })
  expect(await codeOf({}, token)).toBe(0)
  const folder = wechat.dataDir
  await wechat.stop()
  wechat = await startWechat(clock, folder)
  expect(await codeOf({}, token)).toBe(sampleCode('subscribe_send.error.user-refused'))
  expect(wechat.messages()).toHaveLength(1)
})

test.each([
  ['maintenance', -1, 0],
  ['rate_limited', 45009, 0],
  ['unknown_code', 49999, 0],
] as const)('a fault of mode %s answers %i', async (mode, errcode, sent) => {
  const token = await tokenOf()
  await wechat.fault({ provider: 'wechat', mode })
  expect([await codeOf({}, token), wechat.messages().length]).toEqual([errcode, sent])
})

test.each(['43101', '45009', '47003', '42001', '-1'])('code %s can be demanded of the send, at a rate', async code => {
  const token = await tokenOf()
  await wechat.fault({ provider: 'wechat', mode: 'code', code })
  expect(await codeOf({}, token)).toBe(Number(code))
  expect(wechat.messages()).toEqual([])
  await wechat.fault({ provider: 'wechat', mode: 'code', code, rate: 0 })
  expect(await codeOf({}, token)).toBe(0)
})

test('half an answer comes after the message went out, a broken line before', async () => {
  const token = await tokenOf()
  const path = `${wechat.url}/cgi-bin/message/subscribe/send?access_token=${token}`
  const body = JSON.stringify({ touser: OPENID, template_id: plan, page: 'pages/notice/index?id=1', data: DATA })
  await wechat.fault({ provider: 'wechat', mode: 'malformed' })
  expect(await (await fetch(path, { method: 'POST', body })).text()).toBe('{"errcode":0')
  expect(wechat.messages()).toHaveLength(1)
  await wechat.fault({ provider: 'wechat', mode: 'down' })
  await expect(fetch(path, { method: 'POST', body })).rejects.toThrow()
  expect(wechat.messages()).toHaveLength(1)
  await wechat.fault({ provider: 'wechat', mode: 'hang_after_charge' })
  await expect(fetch(path, { method: 'POST', body, signal: AbortSignal.timeout(300) })).rejects.toThrow()
  expect(wechat.messages()).toHaveLength(2)
})
