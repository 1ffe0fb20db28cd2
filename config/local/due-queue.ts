import { randomUUID } from 'node:crypto'
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda'

export interface DueQueuePorts {
  /** Of the queue, for the event's source. */
  name: string
  /** Product time, ms. */
  now(): number
  /** Runs the worker on an event of SQS; throws when the worker dies. */
  work(event: SQSEvent): Promise<SQSBatchResponse>
  onFault(error: unknown): void
}

export interface DueQueue<Job> {
  send(jobs: readonly { job: Job; at: number }[]): Promise<void>
  /** Hands over everything that is due now and resolves when it is done. */
  settle(): Promise<void>
  stop(): Promise<void>
}

interface Message<Job> {
  job: Job
  at: number
}

const POLL_MS = 100
const BATCH = 10
/** Workers at a time, as the event source mapping allows in the cloud. */
const WORKERS = 4
/** A job that failed is hidden for so long. */
const HIDDEN_MS = 5000

function eventOf<Job>(
  queue: string,
  messages: readonly Message<Job>[],
): { event: SQSEvent; byId: Map<string, Message<Job>> } {
  const byId = new Map(messages.map(message => [randomUUID() as string, message]))
  const Records = [...byId].map(([messageId, { job }]) => ({
    messageId,
    receiptHandle: messageId,
    body: JSON.stringify(job),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: 'local',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:local:0:${queue}`,
    awsRegion: 'local',
  }))
  return { event: { Records }, byId }
}

/** The queue of due work in this process: SQS's event shape and at-least-once, in product time. Not kept on disk: the sweeper finds what a kill lost. */
export function openDueQueue<Job>(ports: DueQueuePorts): DueQueue<Job> {
  const waiting = new Map<string, Message<Job>>()
  const running = new Set<Promise<void>>()
  let stopped = false

  /** The sweeper names again what waits already; the same job at another time is another message. */
  const put = (message: Message<Job>) => waiting.set(`${JSON.stringify(message.job)}@${message.at}`, message)

  const takeDue = (): Message<Job>[] => {
    const now = ports.now()
    const due = [...waiting].filter(([, { at }]) => at <= now).slice(0, BATCH)
    for (const [name] of due) waiting.delete(name)
    return due.map(([, message]) => message)
  }

  const hide = ({ job }: Message<Job>) => put({ job, at: ports.now() + HIDDEN_MS })

  async function hand(messages: readonly Message<Job>[]): Promise<void> {
    const { event: sent, byId } = eventOf(ports.name, messages)
    try {
      const { batchItemFailures } = await ports.work(sent)
      for (const { itemIdentifier } of batchItemFailures) {
        const failed = byId.get(itemIdentifier)
        if (failed !== undefined) hide(failed)
      }
    } catch (error) {
      ports.onFault(error)
      messages.forEach(hide)
    }
  }

  const start = () => {
    while (!stopped && running.size < WORKERS) {
      const due = takeDue()
      if (due.length === 0) return
      const work = hand(due).finally(() => running.delete(work))
      running.add(work)
    }
  }
  const timer = setInterval(start, POLL_MS)

  return {
    async send(jobs) {
      jobs.forEach(put)
    },
    async settle() {
      for (start(); running.size > 0; start()) await Promise.race(running)
    },
    async stop() {
      stopped = true
      clearInterval(timer)
      await Promise.all(running)
    },
  }
}
