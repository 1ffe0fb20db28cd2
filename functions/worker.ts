import { CheckEnv, readEnv } from './platform/env'
import { cloudCheck } from './wiring/cloud-check'
import { workerFunction } from './wiring/worker'

export const handler = workerFunction(cloudCheck(readEnv(CheckEnv)))
