import { readEnv } from './platform/env'
import { keyBytes, parameterStore } from './platform/parameter-store'
import { sourceFetch } from './platform/source-fetch'
import { SourcesEnv } from './platform/sources-env'
import { cloudDeps, cloudTable } from './wiring/cloud-deps'
import { sourcesFunction } from './wiring/sources'

const env = readEnv(SourcesEnv)
const parameters = parameterStore(env.SECRET_PREFIX, ['pepper'] as const)

export const handler = sourcesFunction({
  ...cloudDeps(env),
  ...cloudTable(env),
  secrets: async () => ({ pepper: keyBytes('pepper', (await parameters()).pepper) }),
  sources: env.SOURCES,
  reader: sourceFetch({ loopback: false }),
})
