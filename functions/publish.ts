import { readEnv } from './platform/env'
import { PublishEnv } from './platform/fan-out-env'
import { noticeQueue } from './platform/notice-queue'
import { cloudDeps, cloudTable } from './wiring/cloud-deps'
import { publishFunction } from './wiring/publish'

const env = readEnv(PublishEnv)
const deps = cloudDeps(env)

export const handler = publishFunction({
  ...deps,
  ...cloudTable(env),
  noticeQueue: noticeQueue(env.NOTICES_QUEUE_URL, deps.clock),
})
