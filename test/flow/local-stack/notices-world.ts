import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { NoticeView, Subscriptions } from '@shared/contract/notice'
import { call, type RunningStack, signIn } from './running-stack'
import { advance } from './stack-reads'

export type Person = Record<string, string>

/** A row of `GET /control/messages`. */
export interface Sent {
  openid: string
  templateId: string
  page: string
  data: Record<string, { value: string }>
  at: string
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

export const iso = (ms: number) => new Date(ms).toISOString()

/** Product time, ms. */
export const clockOf = async ({ url }: Pick<RunningStack, 'url'>) =>
  Date.parse(String((await call(url, 'GET', '/v1/health')).body.now))

/** Somebody who wants to be told of components, with so many accepts of each template. */
export async function subscribeWith(
  url: string,
  name: string,
  choice: { components: string[]; regions?: string[]; accepts?: Record<string, number> },
): Promise<Person> {
  const person = await signIn(url, name)
  const { components, regions = [], accepts = {} } = choice
  const known = (await call(url, 'GET', '/v1/subscriptions', undefined, person)).body as unknown as Subscriptions
  const templates = known.templates.flatMap(({ templateId, key }) =>
    Array.from({ length: accepts[key] ?? 0 }, (_, at) => ({
      templateId,
      accepted: true,
      acceptId: `${name}-${key}-${at}`,
    })),
  )
  const put = await call(url, 'PUT', '/v1/subscriptions', { components, regions, templates }, person)
  expect(put.status).toBe(200)
  return person
}

/** What an operator of the stack does, and its clock. */
export async function noticesWorld(stack: RunningStack) {
  const { url } = stack
  const operator = await signIn(url, 'operator-world')
  const post = (body: unknown, more: Person = {}) =>
    call(url, 'POST', '/v1/operator/notices', body, { ...operator, ...more })
  return {
    operator,
    post,
    patch: (id: string, body: unknown, person = operator) =>
      call(url, 'PATCH', `/v1/operator/notices/${id}`, body, person),
    move: (id: string, body: unknown, person = operator) =>
      call(url, 'POST', `/v1/operator/notices/${id}/transition`, body, person),
    /** Noon in Asia/Shanghai, far from the quiet hours. */
    async toNoon(): Promise<void> {
      const now = await clockOf(stack)
      const noon = Math.floor((now + 8 * HOUR_MS) / DAY_MS) * DAY_MS + 4 * HOUR_MS
      const seconds = Math.ceil(((noon > now ? noon : noon + DAY_MS) - now) / 1000)
      expect((await advance(stack, seconds)).status).toBe(200)
    },
    /** An outage that began a minute ago, public at once. */
    async outage(component: string): Promise<NoticeView> {
      const startsAt = iso((await clockOf(stack)) - 60_000)
      const created = await post({
        type: 'incident',
        title: '查验中断',
        summary: '正在查找原因。',
        source: '示例',
        phases: [{ startsAt, components: [component], impact: 'down' }],
      })
      expect(created.status).toBe(201)
      return created.body as unknown as NoticeView
    },
    /** An event of WeChat's message push, signed as in plain mode. */
    async push(event: Record<string, unknown>, signature?: string): Promise<{ status: number; text: string }> {
      const { pushToken } = JSON.parse(readFileSync(join(stack.dataDir, 'keys.json'), 'utf8')) as { pushToken: string }
      const [timestamp, nonce] = [String(Math.floor(Date.now() / 1000)), `n${Math.random()}`]
      const signed = createHash('sha1').update([pushToken, timestamp, nonce].sort().join('')).digest('hex')
      const query = new URLSearchParams({ signature: signature ?? signed, timestamp, nonce })
      const answer = await fetch(`${url}/v1/wechat/events?${query}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ToUserName: 'gh_x', MsgType: 'event', ...event }),
      })
      return { status: answer.status, text: await answer.text() }
    },
  }
}
