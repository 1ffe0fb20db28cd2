import { CheckEnv, readEnv } from './platform/env'
import { keyBytes, parameterStore } from './platform/parameter-store'
import { cloudCheck } from './wiring/cloud-check'
import { workerFunction } from './wiring/worker'

const env = readEnv(CheckEnv)
const parameters = parameterStore(env.SECRET_PREFIX, ['pepper'])

export const handler = workerFunction({
  ...cloudCheck(env),
  secrets: async () => ({ pepper: keyBytes('pepper', (await parameters()).pepper) }),
})
