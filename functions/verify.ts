import { CheckEnv, readEnv } from './platform/env'
import { keyBytes, parameterStore, sessionKeysOf } from './platform/parameter-store'
import { cloudCheck } from './wiring/cloud-check'
import { verifyFunction } from './wiring/verify'

const env = readEnv(CheckEnv)
const parameters = parameterStore(env.SECRET_PREFIX, ['pepper', 'session-keys'])

export const handler = verifyFunction({
  ...cloudCheck(env),
  async secrets() {
    const values = await parameters()
    return { pepper: keyBytes('pepper', values.pepper), sessionKeys: sessionKeysOf(values['session-keys']) }
  },
})
