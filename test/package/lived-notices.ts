import { SIMULATED_TEMPLATES } from '../../config/local/simulator/wechat-templates'
import type { HttpFunction } from '../../functions/platform/endpoint'
import { NOT_FOUND } from '../../functions/providers/code-meaning'
import type { TestTable } from '../flow/dynalite-table'
import { apiEvent, type Request } from './api-event'
import type { LivedDay } from './lived-day'
import type { FunctionName } from './packaged-stack'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Runs something as a function, whose calls of the table are noted. */
export type Noting = <T>(name: FunctionName, run: () => Promise<T>) => Promise<T>

const feed = (text: string) =>
  `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>通知</title><link>https://tax.example/</link><description>x</description><item><title>关于系统升级维护的通知</title><link>https://tax.example/1</link><guid isPermaLink="false">1</guid><pubDate>Wed, 25 Nov 2026 08:00:00 +0800</pubDate><description>${text}</description></item></channel></rss>`

const window = (endsAt: string) => ({
  startsAt: '2026-11-25T14:00:00+08:00',
  endsAt,
  components: ['verification'],
  impact: 'down',
})

const NOTICE = {
  type: 'maintenance',
  title: '发票查验平台升级',
  summary: '升级期间不能查验。',
  phases: [window('2026-11-25T18:00:00+08:00')],
  source: '某市税务局',
}

/**
 * A Wednesday from ten in the morning in Shanghai: a source is read, an operator publishes, people subscribe, WeChat pushes its
 * events, waves are told, some of them late, twice or with nobody knowing, a check waits for the end, and everything is read.
 */
export async function liveNotices(day: LivedDay, table: TestTable, noting: Noting): Promise<void> {
  const { clock, wechat, provider } = day
  const call = async (name: FunctionName, to: HttpFunction, request: Request, status: number) => {
    const answer = await noting(name, () => to(apiEvent(request)))
    expect([request.route, answer.statusCode]).toEqual([request.route, status])
    return answer.body ?? ''
  }
  const onApi = async (request: Request, status = 200) =>
    JSON.parse((await call('api', day.api, request, status)) || '{}')
  const onPublic = (route: string, id?: string) => call('public', day.public, { route, ...(id && { id }) }, 200)
  const signIn = (name: string) => onApi({ route: 'POST /v1/sessions', body: { code: `dev:${name}` } }, 201)
  async function push(): Promise<number> {
    const pushes = await wechat.pushes()
    for (const { query, body } of pushes) {
      await call('events', day.events, { route: 'POST /v1/wechat/events', query, body }, 200)
    }
    return pushes.length
  }
  /** Messages go out, and WeChat tells at once that they arrived. */
  async function deliver(): Promise<number> {
    await noting('deliver', day.deliver)
    return push()
  }
  /** Another run is through while this one is at its work. */
  async function overlapped(name: 'publish' | 'sweep'): Promise<void> {
    let isFirst = true
    table.afterCommand(async command => {
      if (!isFirst || !command.name.startsWith('BatchGet')) return
      isFirst = false
      await day.publish()
    })
    await noting<unknown>(name, day[name])
    table.afterCommand(null)
    expect(isFirst).toBe(false)
  }

  const operator = await signIn('operator')
  const anna = await signIn('berta')
  const { token } = anna

  day.source.text = feed('系统将于2026年11月28日18:00至29日08:00升级维护，期间发票查验平台暂停服务。')
  expect(await noting('sources', day.sources)).toEqual({ proposed: 1 })
  day.source.text = feed('系统将于2026年11月28日20:00至29日08:00升级维护，期间发票查验平台暂停服务。')
  expect(await noting('sources', day.sources)).toEqual({ proposed: 0 })

  const write = { route: 'POST /v1/operator/notices', token: operator.token, key: 'notice', body: NOTICE }
  await onApi({ route: 'POST /v1/operator/notices/preview', token: operator.token, body: NOTICE })
  const { id } = await onApi(write, 201)
  await onApi(write, 201)
  const { items } = await onApi({ route: 'GET /v1/operator/notices', token: operator.token })
  expect(items).toHaveLength(2)

  const templates = SIMULATED_TEMPLATES.map(({ templateId }) => ({ templateId, accepted: true, acceptId: templateId }))
  const body = { components: ['verification'], regions: [], recoveries: [id], templates }
  await onApi({ route: 'PUT /v1/subscriptions', token, body })
  for (const { templateId } of SIMULATED_TEMPLATES) await wechat.tap('odev_berta', templateId)
  clock.advance(10 * MINUTE)
  for (const { templateId } of SIMULATED_TEMPLATES) await wechat.tap('odev_berta', templateId)
  expect(await push()).toBe(6)
  await onApi({ route: 'GET /v1/subscriptions', token })

  await overlapped('publish')
  expect(await deliver()).toBe(1)
  expect(await wechat.messages()).toHaveLength(1)

  // The window changes, and WeChat does not say whether it took the message.
  await wechat.answers('-1')
  const change = { phases: [window('2026-11-25T19:00:00+08:00')] }
  await onApi({ route: 'PATCH /v1/operator/notices/{id}', token: operator.token, id, body: change })
  await noting('publish', day.publish)
  await deliver()
  await wechat.answers(null)
  clock.advance(11 * MINUTE)
  await deliver()

  // Nobody publishes when it starts: the sweeper does.
  clock.advance(4 * HOUR)
  await overlapped('sweep')
  await deliver()

  provider.meaning = NOT_FOUND
  const asked = { invoiceNumber: '26312000000012345671', issueDate: '2026-11-25', amount: '100.00' }
  const check = { route: 'POST /v1/verifications', token }
  await call('verify', day.verify, { ...check, key: 'n1', body: asked }, 200)
  const waits = { ...asked, invoiceNumber: '26312000000012345672', afterRecovery: true }
  await call('verify', day.verify, { ...check, key: 'n2', body: waits }, 202)
  async function pass(): Promise<void> {
    clock.advance(HOUR)
    await noting('publish', day.publish)
    await noting('sweep', day.sweep)
    await noting('worker', day.work)
    await deliver()
  }
  for (let hour = 0; hour < 6; hour++) await pass()

  // Its time is up: until the operator says that it is over, the publisher looks at our own traffic.
  expect(JSON.parse(await onPublic('GET /v1/notices/{id}', id))).toMatchObject({ state: 'verifying' })
  const over = { to: 'completed' }
  await onApi({ route: 'POST /v1/operator/notices/{id}/transition', token: operator.token, id, body: over })
  await noting('publish', day.publish)
  expect(await deliver()).toBe(1)
  // What waited for the end runs, and its owner is told.
  await pass()

  const { unread, items: told } = await onApi({ route: 'GET /v1/inbox', token })
  expect(unread).toBe(told.length)
  expect(new Set(told.map(({ kind }: { kind: string }) => kind))).toEqual(new Set(['notice', 'check']))
  await onApi({ route: 'PUT /v1/inbox', token, body: { readUntil: new Date(clock.now()).toISOString() } }, 204)
  await onApi({ route: 'GET /v1/notices/{id}/calendar-link', token, id })
  await onApi({ route: 'GET /v1/operator/notices/{id}', token: operator.token, id })
  expect(JSON.parse(await onPublic('GET /v1/notices')).items).toMatchObject([{ id, state: 'completed' }])
  await onPublic('GET /v1/status')
  for (const form of ['ics', 'atom', 'json']) expect(await onPublic(`GET /v1/notices.${form}`)).toContain(NOTICE.title)
  await onApi({ route: 'DELETE /v1/me', token }, 204)
}
