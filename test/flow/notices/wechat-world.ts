import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ScanCommand } from '@aws-sdk/client-dynamodb'
import type { Inbox, Subscriptions } from '@shared/contract/notice'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import type * as z from 'zod/mini'
import { devIdentities, localIdentityOf } from '../../../config/local/local-identities'
import { openSimulator, SIMULATED_WECHAT, type Simulator } from '../../../config/local/simulator/simulator'
import type { SignedPush } from '../../../config/local/simulator/wechat-push'
import { SIMULATED_TEMPLATES } from '../../../config/local/simulator/wechat-templates'
import type { Roster, Subscriber, WaveStore } from '../../../functions/notices/fan-out/ports'
import type { InboxStore, NoticeStore } from '../../../functions/notices/ports'
import type { HttpFunction } from '../../../functions/platform/endpoint'
import { sealKey } from '../../../functions/platform/seal'
import { wechatSession } from '../../../functions/platform/wechat-session'
import { inboxStore } from '../../../functions/store/inbox-store'
import { noticeStore } from '../../../functions/store/notice-store'
import { rosterStore } from '../../../functions/store/roster-store'
import { table } from '../../../functions/store/table'
import { waveStore } from '../../../functions/store/wave-store'
import { apiFunction } from '../../../functions/wiring/api'
import { eventsFunction } from '../../../functions/wiring/events'
import { openTable, type TestTable } from '../dynalite-table'
import { type TestClock, testClock } from '../given'

export interface Reply<T = Record<string, unknown>> {
  status: number
  body: T
  text: string
}

export interface Ask {
  headers?: Record<string, string>
  query?: Record<string, string>
  params?: Record<string, string>
  body?: unknown
}

export interface Me {
  userId: string
  openid: string
  headers: { authorization: string }
}

/** The API and the events function over a table of their own, and WeChat as the simulator plays it. */
export interface WechatWorld {
  clock: TestClock
  table: TestTable
  simulator: Simulator
  /** Origin of the simulator. */
  origin: string
  /** Seals openids. */
  pepper: Uint8Array
  logs: Record<string, unknown>[]
  stores: { notices: NoticeStore; roster: Roster; waves: WaveStore; inbox: InboxStore }
  /** Whether events reach the product; a test takes them by hand otherwise. */
  push: { reaches: boolean; taken: SignedPush[] }
  api(route: string, ask?: Ask): Promise<Reply>
  /** The push as WeChat sends it, with the token of the test. */
  event(ask: Ask): Promise<Reply>
  /** WeChat's check of the push address. */
  check(query: Record<string, string>): Promise<Reply>
  phone(path: 'subscribe' | 'settings', body: object): Promise<Record<string, unknown>>
  signIn(code: string): Promise<Me>
  /** A person of WeChat, with the session key that came with the sign-in. */
  sessionOf(code: string): Promise<{ me: Me; sessionKey: string }>
  fault(fault: object): Promise<void>
  /** Everything that stands in the table. */
  items(): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

export const PUSH_TOKEN = 'token-of-the-test'
export const TEMPLATE = Object.fromEntries(
  SIMULATED_TEMPLATES.map(({ key, templateId }) => [key, templateId]),
) as Record<'plan' | 'recovery' | 'check', string>

function eventOf(routeKey: string, { headers, query, params, body }: Ask): APIGatewayProxyEventV2 {
  const [method = 'GET', path = '/'] = routeKey.split(' ')
  const http = { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'jest' }
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: '',
    headers: { 'content-type': 'application/json', ...headers },
    ...(query && { queryStringParameters: query }),
    ...(params && { pathParameters: params }),
    requestContext: { http, requestId: 'req', routeKey, stage: '$default' } as APIGatewayProxyEventV2['requestContext'],
    ...(body !== undefined && { body: JSON.stringify(body) }),
    isBase64Encoded: false,
  }
}

async function call(serve: HttpFunction, routeKey: string, ask: Ask): Promise<Reply> {
  const { statusCode = 0, body: text = '' } = await serve(eventOf(routeKey, ask))
  return { status: statusCode, body: /^[[{]/.test(text) ? JSON.parse(text) : {}, text }
}

export async function openWechatWorld({ pushKey = null as string | null } = {}): Promise<WechatWorld> {
  const opened = await openTable()
  const clock = testClock()
  const logs: Record<string, unknown>[] = []
  const push: WechatWorld['push'] = { reaches: true, taken: [] }
  const pepper = randomBytes(32)
  const simulator = openSimulator({
    dataDir: mkdtempSync(join(tmpdir(), 'yanpiao-wechat-')),
    realNow: clock.now,
    random: Math.random,
    wait: async () => {},
  })
  const deps = {
    clock,
    random: (bytes: number): Uint8Array => randomBytes(bytes),
    log: (line: Record<string, unknown>) => void logs.push(line),
    dynamo: opened.dynamo,
    tableName: opened.tableName,
    version: '0.0.0-test',
    simulated: true,
    isExempt: () => true,
  }
  const events = eventsFunction({
    ...deps,
    secrets: async () => ({ pepper, token: PUSH_TOKEN, key: pushKey }),
    appId: SIMULATED_WECHAT.appId,
    templates: SIMULATED_TEMPLATES,
    realNow: clock.now,
    identityOf: localIdentityOf,
  })
  const server = await simulator.listen({
    port: 0,
    productPort: null,
    pushToken: PUSH_TOKEN,
    takePush: async signed => {
      push.taken.push(signed)
      return push.reaches && (await call(events, 'POST /v1/wechat/events', signed)).text === 'success'
    },
  })
  const origin = `http://127.0.0.1:${server.port}`
  const secret = async () => SIMULATED_WECHAT.secret
  const api = apiFunction({
    ...deps,
    secrets: async () => ({ pepper, cursorKey: randomKey, sessionKeys: [{ kid: 'k', key: randomKey }] }),
    identities: [devIdentities, wechatSession({ baseUrl: origin, appId: SIMULATED_WECHAT.appId, secret })],
    operators: new Set<string>(),
    fenPerDay: 0,
    templates: SIMULATED_TEMPLATES,
  })
  const store = table(opened.dynamo, opened.tableName)
  const roster = rosterStore(store, sealKey(pepper))
  async function signIn(code: string): Promise<Me> {
    const { status, body } = await call(api, 'POST /v1/sessions', { body: { code } })
    if (status !== 201) throw new Error(`sign-in answered ${status}`)
    const name = code.replace('dev:', '')
    const openid = code.startsWith('dev:') ? `odev_${name}` : ''
    return { userId: String(body.userId), openid, headers: { authorization: `Bearer ${body.token}` } }
  }
  return {
    clock,
    table: opened,
    simulator,
    origin,
    pepper,
    logs,
    push,
    stores: { notices: noticeStore(store), roster, waves: waveStore(store, clock), inbox: inboxStore(store) },
    api: (route, ask = {}) => call(api, route, ask),
    event: ask => call(events, 'POST /v1/wechat/events', ask),
    check: query => call(events, 'GET /v1/wechat/events', { query }),
    async phone(path, body) {
      const answer = await fetch(`${origin}/wechat/client/${path}`, { method: 'POST', body: JSON.stringify(body) })
      const told = (await answer.json()) as Record<string, unknown>
      await simulator.settleEvents()
      return told
    },
    signIn,
    async sessionOf(code) {
      const me = await signIn(code)
      return { me, sessionKey: createHash('sha256').update(code).digest().subarray(0, 16).toString('base64') }
    },
    async fault(fault) {
      await fetch(`${origin}/control/faults`, { method: 'PUT', body: JSON.stringify(fault) })
    },
    async items() {
      const { Items = [] } = await opened.dynamo.send(new ScanCommand({ TableName: opened.tableName }))
      return Items
    },
    async close() {
      await server.close()
      simulator.close()
      await opened.close()
    },
  }
}

const randomKey = new Uint8Array(randomBytes(32))

export const subscribe = async (world: WechatWorld, me: Me, body: object) =>
  (await world.api('PUT /v1/subscriptions', { headers: me.headers, body })) as unknown as Reply<Subscriptions>

export const subscriptions = async (world: WechatWorld, me: Me) =>
  ((await world.api('GET /v1/subscriptions', { headers: me.headers })) as unknown as Reply<Subscriptions>).body

export const inbox = async (world: WechatWorld, me: Me, query: Record<string, string> = {}) =>
  (await world.api('GET /v1/inbox', { headers: me.headers, query })) as unknown as Reply<z.infer<typeof Inbox>>

export const leftOf = ({ templates }: Subscriptions) =>
  Object.fromEntries(templates.map(({ key, left }) => [key, left]))

/** An accept as the client tells of it. */
export const accept = (key: keyof typeof TEMPLATE, acceptId: string) => ({
  templateId: TEMPLATE[key],
  accepted: true,
  acceptId,
})

export async function personOf(world: WechatWorld, me: Me): Promise<Subscriber> {
  const person = await world.stores.roster.read(me.userId)
  if (person === null) throw new Error('nobody on the roster')
  return person
}
