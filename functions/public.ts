import { PublicEnv, readEnv } from './platform/env'
import { keyBytes, parameterStore } from './platform/parameter-store'
import { cloudDeps, cloudTable } from './wiring/cloud-deps'
import { publicFunction } from './wiring/public'

const env = readEnv(PublicEnv)
const parameters = parameterStore(env.SECRET_PREFIX, ['cursor-key'] as const)

export const handler = publicFunction({
  ...cloudDeps(env),
  ...cloudTable(env),
  secrets: async () => ({ cursorKey: keyBytes('cursor-key', (await parameters())['cursor-key']) }),
  publicUrl: env.PUBLIC_URL,
})
