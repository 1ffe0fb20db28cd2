import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import * as z from 'zod/mini'
import type { CallNotes } from '../gate/ask-providers'
import type { NoticeQueue } from '../notices/fan-out/ports'
import { keyedHash } from '../platform/keyed-hash'
import { once } from '../platform/once'
import { metricsOf } from '../platform/request-log'
import { table } from '../store/table'
import type { Checked } from '../verification/check-record'
import { takeUp } from '../verification/take-up'
import { checkPorts } from './check-ports'
import type { CheckDeps, SessionSecrets } from './deps'

const JobBody = z.object({ userId: z.string(), id: z.string() })

/** It signs nobody in, so the pepper is its only key. */
export interface WorkerDeps extends Omit<CheckDeps, 'secrets'> {
  secrets(): Promise<Pick<SessionSecrets, 'pepper'>>
  /** Of the fan-out: people are told of what ended by itself. */
  noticeQueue: NoticeQueue
}

export type QueueFunction = (event: SQSEvent) => Promise<SQSBatchResponse>

function jobOf({ body }: SQSRecord): z.infer<typeof JobBody> | null {
  try {
    return JobBody.parse(JSON.parse(body))
  } catch {
    return null
  }
}

/**
 * Takes up the checks that wait. Jobs of one event run side by side, so that their calls share places in the provider's
 * rate; a job that fails comes again alone.
 */
export function workerFunction(deps: WorkerDeps): QueueFunction {
  const { noticeQueue } = deps
  const ports = { ...checkPorts(deps, table(deps.dynamo, deps.tableName)), noticeQueue }
  const hash = once(async () => keyedHash((await deps.secrets()).pepper))

  const line = (job: { id: string }, checked: Checked | null, ms: number) => {
    const { record, notes } = checked ?? {}
    const { outcome = null, cause = null } = record?.answer ?? {}
    const state = record === undefined ? 'nothing to do' : record.state
    deps.log({
      level: 'info',
      route: 'worker',
      id: job.id,
      state,
      waiting: record?.waiting,
      outcome,
      cause,
      ms,
      ...told(notes, deps.clock.now()),
    })
  }

  async function serve(message: SQSRecord): Promise<boolean> {
    const job = jobOf(message)
    if (job === null) {
      deps.log({ level: 'error', route: 'worker', error: 'unreadable message' })
      return true
    }
    const began = deps.elapsed()
    try {
      const checked = await takeUp({ ...ports, hash: await hash() }, job)
      line(job, checked, Math.round(deps.elapsed() - began))
      return true
    } catch (error) {
      deps.log({ level: 'error', route: 'worker', id: job.id, error: error instanceof Error ? error.name : 'thrown' })
      return false
    }
  }

  return async ({ Records }) => {
    const served = await Promise.all(Records.map(async message => ({ message, done: await serve(message) })))
    const warning = await ports.traffic.settle()
    if (warning !== null) deps.log({ level: 'warn', route: 'worker', warning })
    const failed = served.filter(({ done }) => !done)
    return { batchItemFailures: failed.map(({ message }) => ({ itemIdentifier: message.messageId })) }
  }
}

function told(notes: CallNotes | undefined, now: number): Record<string, unknown> {
  if (notes === undefined) return {}
  const { unknownCode: _, ...rest } = notes
  return { ...rest, ...metricsOf(notes, now) }
}
