import { ApiEnv, readEnv } from './platform/env'
import { keyBytes, parameterStore, sessionKeysOf } from './platform/parameter-store'
import { wechatSession } from './platform/wechat-session'
import { apiFunction } from './wiring/api'
import { cloudDeps, cloudTable } from './wiring/cloud-deps'

const env = readEnv(ApiEnv)
const parameters = parameterStore(env.SECRET_PREFIX, ['pepper', 'session-keys', 'cursor-key', 'wechat/secret'] as const)

export const handler = apiFunction({
  ...cloudDeps(env),
  ...cloudTable(env),
  async secrets() {
    const values = await parameters()
    return {
      pepper: keyBytes('pepper', values.pepper),
      sessionKeys: sessionKeysOf(values['session-keys']),
      cursorKey: keyBytes('cursor-key', values['cursor-key']),
    }
  },
  operators: new Set(env.OPERATORS),
  fenPerDay: env.FEN_PER_DAY,
  publicUrl: env.PUBLIC_URL,
  templates: env.WECHAT_TEMPLATES,
  identities: [
    wechatSession({
      baseUrl: env.WECHAT_BASE_URL,
      appId: env.WECHAT_APPID,
      secret: async () => (await parameters())['wechat/secret'],
    }),
  ],
})
