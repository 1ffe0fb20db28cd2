import { createHash } from 'node:crypto'
import type { Inbox, NoticeView, Status, Subscriptions } from '@shared/contract/notice'
import type { Verification } from '@shared/contract/verification'
import { call, digitalInvoice, killAll, type RunningStack, signIn, startFresh } from './running-stack'
import { advance, fault, historyOf, ledgerOf } from './stack-reads'

jest.setTimeout(180_000)
afterEach(killAll)

const HOUR = 3600
const DAY = 24 * HOUR

type Person = Record<string, string>

interface Sent {
  openid: string
  templateId: string
  page: string
  data: Record<string, { value: string }>
  at: string
}

/** Asia/Shanghai, `11-24 20:00`. */
const shanghai = (at: string) => new Date(Date.parse(at) + 8 * HOUR * 1000).toISOString().slice(5, 16).replace('T', ' ')

const clockOf = async ({ url }: RunningStack) => Date.parse(String((await call(url, 'GET', '/v1/health')).body.now))

/** Moves product time to an instant. */
async function moveTo(stack: RunningStack, at: number): Promise<void> {
  const seconds = Math.ceil((at - (await clockOf(stack))) / 1000)
  if (seconds > 0) expect((await advance(stack, seconds)).status).toBe(200)
}

const messagesOf = async ({ simulatorUrl }: RunningStack) =>
  (await call(simulatorUrl, 'GET', '/control/messages')).body as unknown as Sent[]

async function subscribe(stack: RunningStack, name: string, components: string[], accepts: Record<string, number>) {
  const person = await signIn(stack.url, name)
  const known = (await call(stack.url, 'GET', '/v1/subscriptions', undefined, person)).body as unknown as Subscriptions
  await call(stack.url, 'PUT', '/v1/subscriptions', { components, regions: [] }, person)
  for (const { templateId, key } of known.templates) {
    for (let at = 0; at < (accepts[key] ?? 0); at++) {
      const templates = [{ templateId, accepted: true, acceptId: `${name}-${key}-${at}` }]
      const put = await call(stack.url, 'PUT', '/v1/subscriptions', { components, regions: [], templates }, person)
      expect(put.status).toBe(200)
    }
  }
  return person
}

/** What was sent to somebody, as `11-22 16:00 plan`, oldest first. */
async function toldTo(stack: RunningStack, name: string, person: Person): Promise<string[]> {
  const { templates } = (await call(stack.url, 'GET', '/v1/subscriptions', undefined, person))
    .body as unknown as Subscriptions
  const keyOf = (id: string) => templates.find(({ templateId }) => templateId === id)?.key ?? id
  const sent = (await messagesOf(stack)).filter(({ openid }) => openid === `odev_${name}`)
  return sent.map(({ at, templateId }) => `${shanghai(at)} ${keyOf(templateId)}`)
}

const inboxOf = async (stack: RunningStack, person: Person) =>
  (await call(stack.url, 'GET', '/v1/inbox', undefined, person)).body as unknown as Inbox

test('an outage of two days is told from its announcement to the last stuck check', async () => {
  const stack = await startFresh()
  const operator = await signIn(stack.url, 'operator-story')
  // Noon in Asia/Shanghai, so that no step meets the quiet hours by accident.
  const today = Math.floor((await clockOf(stack)) / (DAY * 1000)) * DAY * 1000
  await moveTo(stack, today + DAY * 1000 + 4 * HOUR * 1000)
  const noon = today + DAY * 1000 + 4 * HOUR * 1000
  const at = (days: number, hours: number, minutes = 0) => noon + ((days * 24 + hours) * 60 + minutes) * 60_000
  const iso = (ms: number) => new Date(ms).toISOString()

  const plenty = await subscribe(stack, 'plenty', ['verification'], { plan: 9, recovery: 2, check: 2 })
  const scarce = await subscribe(stack, 'scarce', ['verification'], { plan: 1, recovery: 1 })
  const none = await subscribe(stack, 'none', ['verification'], {})
  await subscribe(stack, 'other', ['rail_air'], { plan: 9, recovery: 9 })

  const phase = { components: ['verification', 'digital_sync'], impact: 'down', channels: ['12366'], workaround: null }
  const created = await call(
    stack.url,
    'POST',
    '/v1/operator/notices',
    {
      type: 'maintenance',
      title: '查验平台升级',
      summary: '升级期间不能查验。',
      source: '示例税务局',
      // 18:00 the day after tomorrow to 08:00.
      phases: [{ ...phase, startsAt: iso(at(2, 6)), endsAt: iso(at(2, 20)) }],
    },
    operator,
  )
  expect(created.status).toBe(201)
  const notice = created.body as unknown as NoticeView
  expect(notice).toMatchObject({ state: 'scheduled', version: 1, publishedAt: expect.any(String) })
  const patch = (body: object) => call(stack.url, 'PATCH', `/v1/operator/notices/${notice.id}`, body, operator)
  const move = (body: object) => call(stack.url, 'POST', `/v1/operator/notices/${notice.id}/transition`, body, operator)
  const read = async () => (await call(stack.url, 'GET', `/v1/notices/${notice.id}`)).body as unknown as NoticeView
  await advance(stack, 60)

  // Only words: nobody is told.
  expect((await patch({ title: '查验平台升级维护' })).status).toBe(200)
  await advance(stack, 60)
  // The window moves by two hours: everybody is told.
  const moved = { ...phase, startsAt: iso(at(2, 8)), endsAt: iso(at(2, 20)) }
  await moveTo(stack, at(0, 2))
  expect((await patch({ phases: [moved], text: '开始时间推迟两小时' })).body).toMatchObject({ state: 'scheduled' })
  await moveTo(stack, at(2, 8, 1))
  expect(await read()).toMatchObject({ state: 'in_progress' })

  // Of the providers alone: WeChat works on.
  const providers = (mode: string) =>
    Promise.all(['tencent', 'baidu', 'aliyun'].map(provider => fault(stack, mode, { provider })))
  await providers('maintenance')
  const stuck = digitalInvoice('26112000000000000711')
  const later = digitalInvoice('26112000000000000712')
  await call(stack.simulatorUrl, 'PUT', '/control/invoices', [stuck.invoice, later.invoice])
  const asked = (await call(stack.url, 'POST', '/v1/verifications', stuck.question, plenty))
    .body as unknown as Verification
  expect(asked).toMatchObject({ outcome: 'could_not_check', cause: 'maintenance', notice: { id: notice.id } })
  const put = await call(stack.url, 'POST', '/v1/verifications', { ...later.question, afterRecovery: true }, plenty)
  expect(put).toMatchObject({ status: 202, body: { state: 'pending', waiting: 'outage' } })
  const calls = (await ledgerOf(stack)).filter(({ invoiceNumber }) => invoiceNumber === later.invoice.invoiceNumber)
  expect(calls).toHaveLength(0)

  // Extended in the night by four hours: told at 08:00.
  await moveTo(stack, at(2, 19))
  expect((await patch({ phases: [{ ...moved, endsAt: iso(at(3, 0)) }], text: '延长四小时' })).status).toBe(200)
  await moveTo(stack, at(3, 0, 30))
  expect(await read()).toMatchObject({ state: 'verifying', overdue: true })
  const status = (await call(stack.url, 'GET', '/v1/status')).body as unknown as Status
  expect(status.components.find(({ component }) => component === 'verification')).toMatchObject({
    standing: 'maintenance',
    impact: 'down',
    noticeId: notice.id,
  })
  expect(status.current[0]).toMatchObject({ id: notice.id, overdue: true })

  await moveTo(stack, at(3, 1, 30))
  await providers('none')
  expect((await move({ to: 'completed', text: '已恢复' })).body).toMatchObject({ state: 'completed', overdue: false })
  await advance(stack, 13 * HOUR)

  const ended = await historyOf(stack, plenty)
  const endOf = (number: string) =>
    ended.filter(({ asked: { invoiceNumber } }) => invoiceNumber === number).map(({ outcome }) => outcome)
  expect(endOf(stuck.invoice.invoiceNumber)).toEqual(['consistent', 'could_not_check'])
  expect(endOf(later.invoice.invoiceNumber)).toEqual(['consistent'])

  const day = (offset: number) => shanghai(iso(at(offset, 0))).slice(0, 5)
  const heard = await toldTo(stack, 'plenty', plenty)
  expect(heard.filter(line => !line.endsWith('check')).map(line => line.replace(/:\d\d /, 'h '))).toEqual([
    `${day(0)} 12h plan`,
    `${day(0)} 14h plan`,
    `${day(1)} 20h plan`,
    `${day(2)} 19h plan`,
    `${day(2)} 20h plan`,
    `${day(3)} 08h plan`,
    `${day(3)} 13h recovery`,
  ])
  expect(heard.filter(line => line.endsWith('check'))).toHaveLength(2)
  expect(await toldTo(stack, 'scarce', scarce)).toHaveLength(2)
  expect(await toldTo(stack, 'none', none)).toEqual([])
  expect((await messagesOf(stack)).filter(({ openid }) => openid === 'odev_other')).toEqual([])
  const inbox = await inboxOf(stack, none)
  expect(inbox.items.map(({ occasion }) => occasion)).toEqual([
    'ended',
    'extended',
    'started',
    'before_1h',
    'before_24h',
    'changed',
    'published',
  ])
  const sent = (await messagesOf(stack)).map(row =>
    createHash('sha1')
      .update(JSON.stringify([row.openid, row.data, row.at]))
      .digest('hex'),
  )
  expect(new Set(sent).size).toBe(sent.length)
})
