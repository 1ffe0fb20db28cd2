import { PublicEnv, readEnv } from './platform/env'
import { cloudDeps } from './wiring/cloud-deps'
import { publicFunction } from './wiring/public'

export const handler = publicFunction(cloudDeps(readEnv(PublicEnv)))
