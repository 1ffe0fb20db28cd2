import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { Job, WorkQueue } from '../gate/ports'
import type { Clock } from '../verification/ports'
import { AWS_TIMEOUTS } from './aws-timeouts'

const MAX_BATCH = 10
/** The longest that SQS holds a message back, s; later work is left to the sweeper. */
const MAX_DELAY = 900

/** The queue of due work. Messages carry names of records, nothing about a person or an invoice. */
export function sqsQueue(url: string, clock: Clock): WorkQueue {
  const client = new SQSClient({ maxAttempts: 3, requestHandler: AWS_TIMEOUTS })
  return {
    async send(jobs) {
      for (let at = 0; at < jobs.length; at += MAX_BATCH) {
        const Entries = jobs.slice(at, at + MAX_BATCH).map((entry, id) => ({
          Id: String(id),
          MessageBody: JSON.stringify(entry.job satisfies Job),
          DelaySeconds: Math.min(MAX_DELAY, Math.max(0, Math.ceil((entry.at - clock.now()) / 1000))),
        }))
        const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }))
        if (Failed.length > 0) throw new Error(`${Failed.length} messages were not taken`)
      }
    },
  }
}
