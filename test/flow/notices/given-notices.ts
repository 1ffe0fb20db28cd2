import { randomBytes } from 'node:crypto'
import type { NoticeView } from '@shared/contract/notice'
import type { OperatorNotice } from '@shared/contract/operator-notice'
import type { Problem } from '@shared/contract/problem'
import { SIMULATED_TEMPLATES } from '../../../config/local/simulator/wechat-templates'
import type { NoticeJob } from '../../../functions/notices/fan-out/ports'
import type { NoticeStore, TrafficStore } from '../../../functions/notices/ports'
import { noticeStore } from '../../../functions/store/notice-store'
import { table } from '../../../functions/store/table'
import { trafficStore } from '../../../functions/store/traffic-store'
import { apiFunction } from '../../../functions/wiring/api'
import { publicFunction } from '../../../functions/wiring/public'
import { publishFunction } from '../../../functions/wiring/publish'
import { openTable, type TestTable } from '../dynalite-table'
import { type TestClock, testClock } from '../given'
import { event, type Person, type Request } from '../when'

export interface Reply<T> {
  status: number
  headers: Record<string, unknown>
  text: string
  body: T
}

/** What serves notices, over a table of its own; WeChat and the fan-out have worlds of their own. */
export interface NoticeWorld {
  clock: TestClock
  table: TestTable
  notices: NoticeStore
  traffic: TrafficStore
  /** Sent by the publisher. */
  jobs: NoticeJob[]
  operator: Person
  person: Person
  send<T = NoticeView>(route: string, request?: Request): Promise<Reply<T>>
  publish(): Promise<unknown>
  /** A session lasts a week. */
  renewSessions(): Promise<void>
  close(): Promise<void>
}

export const PUBLIC_URL = 'https://yanpiao.example'

/** `person-<name>` signs in as that name; names that begin with `operator` are operators. */
const identities = [
  {
    async identify(code: string) {
      const subject = code.replace(/^person-/, '')
      return {
        ok: true,
        identity: { issuer: 'wechat', subject, operator: subject.startsWith('operator') },
      } as const
    },
  },
]

export async function openNotices(): Promise<NoticeWorld> {
  const opened = await openTable()
  const clock = testClock()
  const jobs: NoticeJob[] = []
  const sessionKeys = [{ kid: 'k1', key: new Uint8Array(randomBytes(32)) }]
  const secrets = { pepper: randomBytes(32), sessionKeys, cursorKey: randomBytes(32) }
  const deps = {
    clock,
    random: (bytes: number): Uint8Array => randomBytes(bytes),
    log: () => undefined,
    secrets: async () => secrets,
    dynamo: opened.dynamo,
    tableName: opened.tableName,
    version: '0.0.0-test',
    simulated: true,
    isExempt: () => true,
    publicUrl: PUBLIC_URL,
  }
  const noticeQueue = {
    send: async (sent: readonly { job: NoticeJob }[]) => void jobs.push(...sent.map(({ job }) => job)),
  }
  const api = apiFunction({
    ...deps,
    identities,
    operators: new Set<string>(),
    fenPerDay: 1,
    templates: SIMULATED_TEMPLATES,
  })
  const functions = [api, publicFunction(deps)]
  const send: NoticeWorld['send'] = async (route, request = {}) => {
    const serves = functions.find(one => one.endpoints.some(({ method, path }) => `${method} ${path}` === route))
    if (serves === undefined) throw new Error(`nobody serves ${route}`)
    const { statusCode = 0, headers = {}, body: text = '' } = await serves(event(route, request))
    const isJson = String(headers['content-type'] ?? '').endsWith('json')
    return { status: statusCode, headers, text, body: isJson ? JSON.parse(text) : null }
  }
  const signIn = async (name: string): Promise<Person> => {
    const { body } = await send<{ token: string; userId: string }>('POST /v1/sessions', {
      body: { code: `person-${name}` },
    })
    return { ...body, headers: { authorization: `Bearer ${body.token}` } }
  }
  const store = table(opened.dynamo, opened.tableName)
  const world: NoticeWorld = {
    clock,
    table: opened,
    notices: noticeStore(store),
    traffic: trafficStore(store),
    jobs,
    operator: await signIn('operator'),
    person: await signIn('somebody'),
    send,
    publish: publishFunction({ ...deps, noticeQueue }),
    async renewSessions() {
      world.operator = await signIn('operator')
      world.person = await signIn('somebody')
    },
    close: opened.close,
  }
  return world
}

type Body = Record<string, unknown>

/** A maintenance of Saturday evening, six days after the start of the world. */
export const saturday = (changes: Body = {}): Body => ({
  type: 'maintenance',
  title: '发票查验平台升级',
  summary: '升级期间不能查验。',
  phases: [phase()],
  source: '国家税务总局',
  ...changes,
})

export const phase = (changes: Body = {}): Body => ({
  startsAt: '2026-11-28T18:00:00+08:00',
  endsAt: '2026-11-29T08:00:00+08:00',
  components: ['verification'],
  regions: [],
  impact: 'down',
  ...changes,
})

const asOperator = (world: NoticeWorld, key?: string) => ({
  ...world.operator.headers,
  ...(key !== undefined && { 'idempotency-key': key }),
})

export const write = (world: NoticeWorld, body: Body, key?: string) =>
  world.send<NoticeView & Problem>('POST /v1/operator/notices', { body, headers: asOperator(world, key) })

export const patch = (world: NoticeWorld, id: string, body: Body) =>
  world.send<NoticeView & Problem>('PATCH /v1/operator/notices/{id}', {
    params: { id },
    body,
    headers: asOperator(world),
  })

export const move = (world: NoticeWorld, id: string, body: Body) =>
  world.send<NoticeView & Problem>('POST /v1/operator/notices/{id}/transition', {
    params: { id },
    body,
    headers: asOperator(world),
  })

export const desk = async (world: NoticeWorld, id: string) =>
  (
    await world.send<OperatorNotice>('GET /v1/operator/notices/{id}', {
      params: { id },
      headers: asOperator(world),
    })
  ).body

export const see = (world: NoticeWorld, id: string) =>
  world.send<NoticeView & Problem>('GET /v1/notices/{id}', { params: { id } })

export const listed = (world: NoticeWorld, query: Record<string, string> = {}) =>
  world.send<{ items: NoticeView[]; nextCursor: string | null } & Problem>('GET /v1/notices', { query })

/** Fields of a problem with their codes. */
export const fieldsOf = ({ body }: Reply<Problem>) => body.fields?.map(({ field, code }) => [field, code])
