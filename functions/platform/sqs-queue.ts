import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { Clock } from '../verification/ports'
import { AWS_TIMEOUTS } from './aws-timeouts'

const MAX_BATCH = 10
/** The longest that SQS holds a message back, s; later work is found in the index of due work when its time is near. */
export const MAX_DELAY_S = 900

/** Jobs that fall due; what a job is says the function that takes it. */
interface DueQueue<Job> {
  send(jobs: readonly { job: Job; at: number }[]): Promise<void>
}

/**
 * A queue of due work: checks that wait, parts of a fan-out. Messages carry names of things, nothing about a person or an invoice.
 * @throws Error when SQS did not take every message; every batch was tried before that
 */
export function sqsQueue<Job>(url: string, clock: Clock): DueQueue<Job> {
  const client = new SQSClient({ maxAttempts: 3, requestHandler: AWS_TIMEOUTS })
  const delayOf = (at: number) => Math.max(0, Math.ceil((at - clock.now()) / 1000))
  return {
    async send(jobs) {
      const soon = jobs.filter(({ at }) => delayOf(at) <= MAX_DELAY_S)
      const faults: unknown[] = []
      let refused = 0
      for (let at = 0; at < soon.length; at += MAX_BATCH) {
        const Entries = soon.slice(at, at + MAX_BATCH).map((entry, id) => ({
          Id: String(id),
          MessageBody: JSON.stringify(entry.job),
          DelaySeconds: delayOf(entry.at),
        }))
        try {
          const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }))
          refused += Failed.length
        } catch (error) {
          faults.push(error)
        }
      }
      if (faults.length > 0) throw faults[0]
      if (refused > 0) throw new Error(`${refused} messages were not taken`)
    },
  }
}
