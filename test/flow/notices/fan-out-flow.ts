import { randomBytes } from 'node:crypto'
import type { SQSEvent } from 'aws-lambda'
import { SIMULATED_WECHAT } from '../../../config/local/simulator/simulator'
import { SIMULATED_TEMPLATES } from '../../../config/local/simulator/wechat-templates'
import type { NoticeJob, Subscriber } from '../../../functions/notices/fan-out/ports'
import type { StoredNotice } from '../../../functions/notices/ports'
import { deliverFunction } from '../../../functions/wiring/deliver'
import { publishFunction } from '../../../functions/wiring/publish'
import { timedNotice } from '../../simulation/notices/sample-notices'
import type { Command } from '../dynalite-table'
import { accept, type Me, openWechatWorld, subscribe, type WechatWorld } from './wechat-world'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

interface Told {
  openid: string
  templateId: string
  page: string
  at: string
}

/** The publisher and the deliverer as they are wired, over the table and WeChat's simulator. */
export interface FanOutFlow {
  world: WechatWorld
  queue: { job: NoticeJob; at: number }[]
  logs: Record<string, unknown>[]
  publish(): Promise<{ told: number; found: number }>
  deliver(jobs: readonly NoticeJob[]): Promise<number>
  /** Hands out what is due in the queue until nothing is. */
  drain(): Promise<void>
  /** So many minutes of the product's clock, the publisher and the queue in each. */
  pass(minutes: number): Promise<void>
  /** A person of WeChat who follows the tax platform, with so many accepts. */
  follower(name: string, accepts?: number): Promise<Me>
  /** The same written straight into the roster, in a shard of one's choice; events do not find them. */
  followerIn(shard: number, serial: number): Promise<Subscriber>
  /** A maintenance that becomes public now. */
  announce(id: string, changes?: Partial<StoredNotice>): Promise<StoredNotice>
  messages(): Promise<Told[]>
  /** The function dies before the first command of that kind. */
  killed(before: (command: Command) => boolean, start: () => Promise<unknown>): Promise<void>
  close(): Promise<void>
}

const eventOf = (jobs: readonly NoticeJob[]) =>
  ({ Records: jobs.map((job, at) => ({ messageId: String(at), body: JSON.stringify(job) })) }) as SQSEvent

const never = new Promise<never>(() => undefined)

export async function openFanOut(): Promise<FanOutFlow> {
  const world = await openWechatWorld()
  const { clock, table } = world
  const queue: FanOutFlow['queue'] = []
  const logs: Record<string, unknown>[] = []
  const deps = {
    clock,
    random: (bytes: number): Uint8Array => randomBytes(bytes),
    log: (line: Record<string, unknown>) => void logs.push(line),
    dynamo: table.dynamo,
    tableName: table.tableName,
    noticeQueue: { send: async (jobs: FanOutFlow['queue']) => void queue.push(...jobs) } as never,
  }
  const publish = publishFunction(deps)
  const deliver = deliverFunction({
    ...deps,
    secrets: async () => ({ pepper: world.pepper }),
    templates: SIMULATED_TEMPLATES,
    wechat: {
      baseUrl: world.origin,
      appId: SIMULATED_WECHAT.appId,
      secret: async () => SIMULATED_WECHAT.secret,
      state: 'developer',
    },
    wait: async () => undefined,
  })
  const flow: FanOutFlow = {
    world,
    queue,
    logs,
    publish,
    deliver: async jobs => (await deliver(eventOf(jobs))).batchItemFailures.length,
    async drain() {
      for (;;) {
        const due = queue.filter(({ at }) => at <= clock.now())
        if (due.length === 0) break
        queue.splice(0, queue.length, ...queue.filter(({ at }) => at > clock.now()))
        await deliver(eventOf(due.map(({ job }) => job)))
      }
      await world.simulator.settleEvents()
    },
    async pass(minutes) {
      for (let minute = 0; minute < minutes; minute++) {
        clock.advance(MINUTE_MS)
        await publish()
        await flow.drain()
      }
    },
    async follower(name, accepts = 1) {
      const me = await world.signIn(`dev:${name}`)
      const templates = Array.from({ length: accepts }, (_, at) => accept('plan', `${name}-${at}`))
      const { status } = await subscribe(world, me, { components: ['verification'], regions: [], templates })
      if (status !== 200) throw new Error(`subscriptions answered ${status}`)
      return me
    },
    async followerIn(shard, serial) {
      const { roster } = world.stores
      let userId = ''
      for (let at = 0; userId === '' || roster.shardOf(userId) !== shard; at++) userId = `usr_${serial}x${at}`
      const person: Subscriber = {
        userId,
        openid: `odev_${userId}`,
        components: ['verification'],
        regions: [],
        recoveries: {},
        since: clock.now(),
        credits: {},
        accepts: [],
        refused: [],
        told: {},
        events: {},
        readUntil: 0,
        rev: 0,
      }
      await roster.replaceAndAdd(person, { plan: 1 })
      return person
    },
    async announce(id, changes = {}) {
      const now = clock.now()
      const window = { startsAt: now + 72 * HOUR_MS, endsAt: now + 75 * HOUR_MS, components: ['verification'] as const }
      const notice = { ...timedNotice(`ntc_${id.padEnd(20, '0')}`, 'maintenance', now, window), ...changes }
      await world.stores.notices.insert(notice)
      return notice
    },
    async messages() {
      return (await (await fetch(`${world.origin}/control/messages`)).json()) as Told[]
    },
    async killed(before, start) {
      let isDead = false
      await new Promise<void>(reached => {
        table.onCommand(command => {
          if (!isDead && !before(command)) return undefined
          isDead = true
          reached()
          return never
        })
        void start().then(() => reached())
      })
      table.onCommand(null)
    },
    close: () => world.close(),
  }
  return flow
}

/** Of a write to the person: what was told of a send. */
export const isTelling = ({ name, input }: Command) =>
  name.startsWith('Update') && JSON.stringify(input.Key).includes('SUBS#') && JSON.stringify(input).includes('told')
/** Of a chunk that is left. */
export const isLeaving = ({ name, input }: Command) =>
  name.startsWith('Update') &&
  JSON.stringify(input.Key).includes('C#') &&
  !JSON.stringify(input).includes('takenOver +')

export const countBy = (messages: readonly { openid: string }[]) => {
  const counts: Record<string, number> = {}
  for (const { openid } of messages) counts[openid] = (counts[openid] ?? 0) + 1
  return counts
}
