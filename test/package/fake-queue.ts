import { createHash, randomUUID } from 'node:crypto'
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import * as z from 'zod/mini'

const Batch = z.object({
  QueueUrl: z.string(),
  Entries: z.array(
    z.object({
      Id: z.string().check(z.regex(/^[\w-]{1,80}$/)),
      MessageBody: z.string().check(z.minLength(1)),
      DelaySeconds: z.optional(z.int().check(z.minimum(0), z.maximum(900))),
    }),
  ),
})

/** A refusal in the words of SQS. */
export class QueueError extends Error {
  override readonly name: string

  constructor(name: string) {
    super(name)
    this.name = name
  }
}

export interface FakeMessage {
  messageId: string
  body: string
  delaySeconds: number
  sender: string
  received: number
}

const MAX_RECEIVES = 5
const md5 = (text: string) => createHash('md5').update(text).digest('hex')

const recordOf = (queue: string, { messageId, body, sender, received }: FakeMessage): SQSRecord => ({
  messageId,
  receiptHandle: `${messageId}#${received}`,
  body,
  attributes: {
    ApproximateReceiveCount: String(received),
    SentTimestamp: '0',
    SenderId: sender,
    ApproximateFirstReceiveTimestamp: '0',
  },
  messageAttributes: {},
  md5OfBody: md5(body),
  eventSource: 'aws:sqs',
  eventSourceARN: `arn:aws-cn:sqs:cn-north-1:000000000000:${queue}`,
  awsRegion: 'cn-north-1',
})

/** One queue with its dead letters, and Lambda as its reader. Time stands still: delays are noted and not waited for. */
export class FakeQueue {
  readonly waiting: FakeMessage[] = []
  readonly dead: FakeMessage[] = []
  /** Ids of entries to refuse, as SQS does one by one. */
  readonly refused = new Set<string>()

  /** `name` is the end of `url`. */
  constructor(
    readonly name: string,
    readonly url: string,
  ) {}

  /** Answers SendMessageBatch [SQS API reference]. */
  sendBatch(input: unknown, sender: string) {
    const { Entries } = Batch.parse(input)
    if (Entries.length === 0) throw new QueueError('EmptyBatchRequest')
    if (Entries.length > 10) throw new QueueError('TooManyEntriesInBatchRequest')
    if (new Set(Entries.map(({ Id }) => Id)).size < Entries.length) throw new QueueError('BatchEntryIdsNotDistinct')
    const Successful: { Id: string; MessageId: string; MD5OfMessageBody: string }[] = []
    const Failed: { Id: string; Code: string; SenderFault: boolean }[] = []
    for (const { Id, MessageBody: body, DelaySeconds: delaySeconds = 0 } of Entries) {
      if (this.refused.has(Id)) {
        Failed.push({ Id, Code: 'InternalError', SenderFault: false })
        continue
      }
      const messageId = randomUUID()
      this.waiting.push({ messageId, body, delaySeconds, sender, received: 0 })
      Successful.push({ Id, MessageId: messageId, MD5OfMessageBody: md5(body) })
    }
    return { Successful, Failed }
  }

  /** One event for the worker. What it does not name as failed is deleted; what failed too often is set aside. */
  async deliver(worker: (event: SQSEvent) => Promise<SQSBatchResponse>): Promise<SQSBatchResponse> {
    const taken = this.waiting.splice(0, 10)
    for (const message of taken) message.received++
    const answer = await worker({ Records: taken.map(message => recordOf(this.name, message)) })
    const failed = new Set(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier))
    for (const message of taken.filter(({ messageId }) => failed.has(messageId))) {
      const to = message.received < MAX_RECEIVES ? this.waiting : this.dead
      to.push(message)
    }
    return answer
  }
}
