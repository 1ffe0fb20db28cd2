import { readEnv, SweepEnv } from './platform/env'
import { sqsQueue } from './platform/sqs-queue'
import { cloudDeps, cloudTable } from './wiring/cloud-deps'
import { sweepFunction } from './wiring/sweep'

const env = readEnv(SweepEnv)
const deps = cloudDeps(env)

export const handler = sweepFunction({ ...deps, ...cloudTable(env), queue: sqsQueue(env.QUEUE_URL, deps.clock) })
