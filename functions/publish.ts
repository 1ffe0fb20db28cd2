import { readEnv } from './platform/env'
import { PublishEnv } from './platform/fan-out-env'
import { sqsQueue } from './platform/sqs-queue'
import { cloudDeps, cloudTable } from './wiring/cloud-deps'
import { publishFunction } from './wiring/publish'

const env = readEnv(PublishEnv)
const deps = cloudDeps(env)

export const handler = publishFunction({
  ...deps,
  ...cloudTable(env),
  noticeQueue: sqsQueue(env.NOTICES_QUEUE_URL, deps.clock),
})
