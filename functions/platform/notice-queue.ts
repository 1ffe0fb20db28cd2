import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { NoticeJob, NoticeQueue } from '../notices/fan-out/ports'
import type { Clock } from '../verification/ports'
import { AWS_TIMEOUTS } from './aws-timeouts'
import { MAX_DELAY_S } from './sqs-queue'

const MAX_BATCH = 10

/**
 * Work of the fan-out in SQS: names of waves and people, no message and no openid. What is due later than SQS can hold a
 * message back is left to the index of due work.
 * @throws Error when SQS did not take every message; every batch was tried before that
 */
export function noticeQueue(url: string, clock: Clock): NoticeQueue {
  const client = new SQSClient({ maxAttempts: 3, requestHandler: AWS_TIMEOUTS })
  const delayOf = (at: number) => Math.max(0, Math.ceil((at - clock.now()) / 1000))
  return {
    async send(jobs) {
      const soon = jobs.filter(({ at }) => delayOf(at) <= MAX_DELAY_S)
      const faults: unknown[] = []
      for (let from = 0; from < soon.length; from += MAX_BATCH) {
        const Entries = soon.slice(from, from + MAX_BATCH).map(({ job, at }, id) => ({
          Id: String(id),
          MessageBody: JSON.stringify(job satisfies NoticeJob),
          DelaySeconds: delayOf(at),
        }))
        try {
          const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }))
          if (Failed.length > 0) faults.push(new Error(`${Failed.length} messages were not taken`))
        } catch (error) {
          faults.push(error)
        }
      }
      if (faults.length > 0) throw faults[0]
    },
  }
}
