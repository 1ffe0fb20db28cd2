import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import * as z from 'zod/mini'
import { tellOfCheck } from '../notices/fan-out/check-message'
import type { Sending } from '../notices/fan-out/decide'
import { messagesOf } from '../notices/fan-out/message'
import { planShard } from '../notices/fan-out/plan-shard'
import type { NoticeJob, NoticeQueue, Template } from '../notices/fan-out/ports'
import { type ChunkEnd, workChunk } from '../notices/fan-out/work-chunk'
import type { TrafficStore } from '../notices/ports'
import { base32 } from '../platform/keyed-hash'
import { noticeMetrics } from '../platform/notice-log'
import { once } from '../platform/once'
import { sealKey } from '../platform/seal'
import { type WechatClientConfig, wechatMessenger } from '../platform/wechat-client'
import { inboxStore } from '../store/inbox-store'
import { noticeStore } from '../store/notice-store'
import { recordStore } from '../store/record-store'
import { rosterStore } from '../store/roster-store'
import { table } from '../store/table'
import { trafficStore } from '../store/traffic-store'
import { waveStore } from '../store/wave-store'
import { wechatTokenStore } from '../store/wechat-token-store'
import type { Deps, SessionSecrets } from './deps'
import { ownMessageOf } from './own-message'

export interface DeliverDeps extends Pick<Deps, 'clock' | 'random' | 'log' | 'dynamo' | 'tableName'> {
  /** The pepper also seals openids. */
  secrets(): Promise<Pick<SessionSecrets, 'pepper'>>
  noticeQueue: NoticeQueue
  templates: readonly Template[]
  wechat: Pick<WechatClientConfig, 'baseUrl' | 'appId' | 'secret' | 'state' | 'timeoutMs'>
  /** Real time, ms. */
  wait(ms: number): Promise<void>
}

/** `context` tells when the function will be stopped; without one it never is. */
export type DeliverFunction = (
  event: SQSEvent,
  context?: { getRemainingTimeInMillis(): number },
) => Promise<SQSBatchResponse>

/** A worker stops sending so long before its function is stopped: one send, and what is written after it. */
const BEFORE_END_MS = 20_000
const MINUTE_MS = 60_000

const Job = z.union([
  z.object({ kind: z.literal('plan'), waveId: z.string(), shard: z.number() }),
  z.object({ kind: z.literal('chunk'), waveId: z.string(), shard: z.number(), to: z.string() }),
  z.object({ kind: z.literal('check'), userId: z.string(), verificationId: z.string() }),
])

function jobOf({ body }: SQSRecord): NoticeJob | null {
  try {
    return Job.parse(JSON.parse(body))
  } catch {
    return null
  }
}

/** Sent and unsent messages of an event, as traffic of the component `messages`. A count that is not written is lost, no message. */
async function countTraffic(traffic: TrafficStore, ends: readonly ChunkEnd[], now: number): Promise<void> {
  const sum = (of: (end: ChunkEnd) => number) => ends.reduce((all, end) => all + of(end), 0)
  const answered = sum(({ count }) => count.sent)
  const failed = sum(({ count }) => count.unknown)
  if (answered + failed === 0) return
  const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS
  await traffic.add([{ minute, component: 'messages', region: '', provider: '', answered, failed }])
}

/** Plans waves, works their chunks and tells of own checks: the jobs of one event side by side; one that failed comes again. */
export function deliverFunction(deps: DeliverDeps): DeliverFunction {
  const { clock, noticeQueue: queue, log } = deps
  const store = table(deps.dynamo, deps.tableName)
  const messages = messagesOf(deps.templates)
  const records = recordStore(store)
  const traffic = trafficStore(store)
  const surroundings = once(async () => {
    const key = sealKey((await deps.secrets()).pepper)
    const tokens = wechatTokenStore(store, key)
    return {
      clock,
      queue,
      notices: noticeStore(store),
      waves: waveStore(store, clock),
      roster: rosterStore(store, key),
      inbox: inboxStore(store),
      messenger: wechatMessenger({ ...deps.wechat, tokens, now: clock.now, wait: deps.wait, log }),
      ownMessage: ownMessageOf(records),
      newFence: () => base32(deps.random(15)),
      messageOf: (sending: Sending) =>
        sending.own === null
          ? messages.notice(sending.template, sending.held, clock.now())
          : messages.check(sending.own, clock.now()),
    }
  })

  function line(job: NoticeJob, end: ChunkEnd | null, ms: number): void {
    const { waveId = undefined, shard = undefined } = { ...('waveId' in job ? job : {}), ...end?.chunk }
    const unresolved = end?.chunk.unresolved.length ?? 0
    const metrics = noticeMetrics(
      {
        MessagesSent: end?.count.sent ?? 0,
        MessagesUnresolved: unresolved,
        TemplateRefused: end?.templateCode == null ? 0 : 1,
      },
      clock.now(),
    )
    const level = end?.templateCode != null || end?.unsentCode != null ? 'error' : unresolved > 0 ? 'warn' : 'info'
    log({ level, route: 'deliver', job: job.kind, waveId, shard, ms, ...told(end), ...metrics })
  }

  async function work(job: NoticeJob, hasTime: () => boolean): Promise<ChunkEnd | null> {
    const ports = { ...(await surroundings()), hasTime }
    if (job.kind === 'chunk') return workChunk(ports, job)
    if (job.kind === 'check') return tellOfCheck(ports, job)
    await planShard(ports, job.waveId, job.shard)
    return null
  }

  async function serve(message: SQSRecord, hasTime: () => boolean): Promise<{ done: boolean; end: ChunkEnd | null }> {
    const job = jobOf(message)
    if (job === null) {
      log({ level: 'error', route: 'deliver', error: 'unreadable message' })
      return { done: true, end: null }
    }
    const began = performance.now()
    try {
      const end = await work(job, hasTime)
      line(job, end, Math.round(performance.now() - began))
      return { done: true, end }
    } catch (error) {
      log({ level: 'error', route: 'deliver', job: job.kind, error: error instanceof Error ? error.name : 'thrown' })
      return { done: false, end: null }
    }
  }

  return async ({ Records }, context) => {
    const hasTime = () => (context?.getRemainingTimeInMillis() ?? Number.POSITIVE_INFINITY) > BEFORE_END_MS
    const served = await Promise.all(Records.map(async message => ({ message, ...(await serve(message, hasTime)) })))
    const ends = served.flatMap(({ end }) => (end === null ? [] : [end]))
    await countTraffic(traffic, ends, clock.now()).catch(() =>
      log({ level: 'warn', route: 'deliver', error: 'traffic' }),
    )
    const failed = served.filter(({ done }) => !done)
    return { batchItemFailures: failed.map(({ message }) => ({ itemIdentifier: message.messageId })) }
  }
}

function told(end: ChunkEnd | null): Record<string, unknown> {
  if (end === null) return {}
  const { state, results, takenOver, floods } = end.chunk
  return { state, results, takenOver, floods, templateCode: end.templateCode, unsentCode: end.unsentCode }
}
