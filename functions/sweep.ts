import { readEnv } from './platform/env'
import { SweepEnv } from './platform/fan-out-env'
import { sqsQueue } from './platform/sqs-queue'
import { cloudDeps, cloudTable } from './wiring/cloud-deps'
import { sweepFunction } from './wiring/sweep'

const env = readEnv(SweepEnv)
const deps = cloudDeps(env)

export const handler = sweepFunction({
  ...deps,
  ...cloudTable(env),
  queue: sqsQueue(env.QUEUE_URL, deps.clock),
  noticeQueue: sqsQueue(env.NOTICES_QUEUE_URL, deps.clock),
})
