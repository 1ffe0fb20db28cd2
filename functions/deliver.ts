import { setTimeout as sleep } from 'node:timers/promises'
import { readEnv } from './platform/env'
import { DeliverEnv } from './platform/fan-out-env'
import { keyBytes, parameterStore } from './platform/parameter-store'
import { sqsQueue } from './platform/sqs-queue'
import { cloudDeps, cloudTable } from './wiring/cloud-deps'
import { deliverFunction } from './wiring/deliver'

const env = readEnv(DeliverEnv)
const parameters = parameterStore(env.SECRET_PREFIX, ['pepper', 'wechat/secret'] as const)
const deps = cloudDeps(env)

export const handler = deliverFunction({
  ...deps,
  ...cloudTable(env),
  noticeQueue: sqsQueue(env.NOTICES_QUEUE_URL, deps.clock),
  secrets: async () => ({ pepper: keyBytes('pepper', (await parameters()).pepper) }),
  templates: env.WECHAT_TEMPLATES,
  wechat: {
    baseUrl: env.WECHAT_BASE_URL,
    appId: env.WECHAT_APPID,
    secret: async () => (await parameters())['wechat/secret'],
    state: env.WECHAT_STATE,
  },
  wait: async ms => {
    await sleep(ms)
  },
})
