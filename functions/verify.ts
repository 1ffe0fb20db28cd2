import { CheckEnv, readEnv } from './platform/env'
import { cloudCheck } from './wiring/cloud-check'
import { verifyFunction } from './wiring/verify'

export const handler = verifyFunction(cloudCheck(readEnv(CheckEnv)))
