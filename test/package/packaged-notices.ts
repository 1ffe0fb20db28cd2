import type { Inbox, NoticePage, NoticeView } from '@shared/contract/notice'
import type { APIGatewayProxyStructuredResultV2, SQSBatchResponse } from 'aws-lambda'
import type * as z from 'zod/mini'
import { SIMULATED_TEMPLATES } from '../../config/local/simulator/wechat-templates'
import { apiEvent, type Request } from './api-event'
import type { DayWechat } from './day-wechat'
import type { FakeAws } from './fake-aws'
import type { PackagedFunction } from './packaged-function'
import type { FunctionName } from './packaged-stack'

const HOUR = 3_600_000

export interface PackagedWorld {
  functionNamed(name: FunctionName): PackagedFunction
  aws: FakeAws
  wechat: DayWechat
  /** Of somebody who is an operator. */
  token: string
}

/**
 * An operator publishes an outage, a person asks to be told of its end, it ends, the publisher and the workers tell the person
 * (that they asked for it counts at night, too: the functions run in real time), WeChat says that it was delivered, and everybody reads it.
 */
export async function livePackagedNotice({ functionNamed, aws, wechat, token }: PackagedWorld): Promise<void> {
  async function call<T>(name: FunctionName, request: Request, status = 200): Promise<T> {
    const event = apiEvent(request)
    const answer = await functionNamed(name).invoke<APIGatewayProxyStructuredResultV2>(event)
    expect([request.route, answer.statusCode]).toEqual([request.route, status])
    const { body = '{}' } = answer
    return String(answer.headers?.['content-type']).includes('json') ? JSON.parse(body) : (body as T)
  }
  async function tell(): Promise<void> {
    await functionNamed('publish').invoke({})
    while (aws.notices.waiting.some(({ delaySeconds }) => delaySeconds === 0)) {
      const { batchItemFailures } = await aws.notices.deliver(event =>
        functionNamed('deliver').invoke<SQSBatchResponse>(event),
      )
      expect(batchItemFailures).toEqual([])
    }
  }

  const phase = { startsAt: new Date(Date.now() - HOUR).toISOString(), components: ['verification'], impact: 'down' }
  const outage = { type: 'incident', title: '查验平台无法访问', phases: [phase], source: '自有监测' }
  const written = { route: 'POST /v1/operator/notices', token, key: 'outage', body: outage }
  const { id } = await call<NoticeView>('api', written, 201)

  const signedIn = { route: 'POST /v1/sessions', body: { code: 'sim-berta-1' } }
  const person = await call<{ token: string }>('api', signedIn, 201)
  const recovery = SIMULATED_TEMPLATES.filter(({ key }) => key === 'recovery')
  const templates = recovery.map(({ templateId }) => ({ templateId, accepted: true, acceptId: 'tap' }))
  const body = { components: [], recoveries: [id], templates }
  await call('api', { route: 'PUT /v1/subscriptions', token: person.token, body })
  await tell()
  expect(await wechat.messages()).toEqual([])

  const over = { to: 'resolved', text: '已恢复' }
  await call('api', { route: 'POST /v1/operator/notices/{id}/transition', token, id, body: over })
  await tell()
  expect(await wechat.messages()).toMatchObject([{ page: `pages/notice/index?id=${id}` }])

  const [pushed, ...others] = await wechat.pushes()
  expect(others).toEqual([])
  const push = { route: 'POST /v1/wechat/events', query: pushed?.query, body: pushed?.body }
  expect(await call('events', push)).toBe('success')
  await call('events', { ...push, query: { ...pushed?.query, signature: 'forged' } }, 401)

  const inbox = await call<z.infer<typeof Inbox>>('api', { route: 'GET /v1/inbox', token: person.token })
  expect(inbox.items).toMatchObject([{ noticeId: id, occasion: 'ended' }])
  const list = await call<z.infer<typeof NoticePage>>('public', { route: 'GET /v1/notices' })
  expect(list.items).toMatchObject([{ id, state: 'resolved' }])
  expect(await call('public', { route: 'GET /v1/notices.ics' })).toContain('BEGIN:VCALENDAR')
  expect(await functionNamed('sources').invoke({})).toEqual({ proposed: 0 })
}
