import { readEnv, WorkerEnv } from './platform/env'
import { keyBytes, parameterStore } from './platform/parameter-store'
import { sqsQueue } from './platform/sqs-queue'
import { cloudCheck } from './wiring/cloud-check'
import { workerFunction } from './wiring/worker'

const env = readEnv(WorkerEnv)
const deps = cloudCheck(env)
const parameters = parameterStore(env.SECRET_PREFIX, ['pepper'])

export const handler = workerFunction({
  ...deps,
  noticeQueue: sqsQueue(env.NOTICES_QUEUE_URL, deps.clock),
  secrets: async () => ({ pepper: keyBytes('pepper', (await parameters()).pepper) }),
})
