import { readEnv, SweepEnv } from './platform/env'
import { cloudDeps, cloudTable } from './wiring/cloud-deps'
import { sweepFunction } from './wiring/sweep'

const env = readEnv(SweepEnv)

export const handler = sweepFunction({ ...cloudDeps(env), ...cloudTable(env) })
