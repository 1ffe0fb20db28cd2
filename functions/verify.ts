import { setTimeout as sleep } from 'node:timers/promises'
import { readEnv, VerifyEnv } from './platform/env'
import { keyBytes, parameterStore, sessionKeysOf } from './platform/parameter-store'
import { tencentProvider } from './providers/tencent'
import { cloudDeps, cloudTable } from './wiring/cloud-deps'
import { verifyFunction } from './wiring/verify'

const env = readEnv(VerifyEnv)
const names = ['pepper', 'session-keys', 'tencent/secret-id', 'tencent/secret-key'] as const
const parameters = parameterStore(env.SECRET_PREFIX, names)

export const handler = verifyFunction({
  ...cloudDeps(env),
  ...cloudTable(env),
  async secrets() {
    const values = await parameters()
    return { pepper: keyBytes('pepper', values.pepper), sessionKeys: sessionKeysOf(values['session-keys']) }
  },
  providers: [
    tencentProvider({
      async credentials() {
        const values = await parameters()
        return { secretId: values['tencent/secret-id'], secretKey: values['tencent/secret-key'] }
      },
      endpoint: env.TENCENT_ENDPOINT,
      protocol: 'https://',
      region: env.TENCENT_REGION,
      timeoutMs: env.PROVIDER_TIMEOUT_MS,
      simulated: false,
    }),
  ],
  wait: async ms => {
    await sleep(ms)
  },
})
