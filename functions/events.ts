import { readEnv } from './platform/env'
import { EventsEnv } from './platform/events-env'
import { keyBytes, parameterStore } from './platform/parameter-store'
import { pushKeyOf } from './platform/wechat-push'
import { cloudDeps, cloudTable } from './wiring/cloud-deps'
import { eventsFunction } from './wiring/events'

const env = readEnv(EventsEnv)
const parameters = parameterStore(env.SECRET_PREFIX, ['pepper', 'wechat/push-token', 'wechat/push-key'] as const)

export const handler = eventsFunction({
  ...cloudDeps(env),
  ...cloudTable(env),
  async secrets() {
    const values = await parameters()
    return {
      pepper: keyBytes('pepper', values.pepper),
      token: values['wechat/push-token'],
      key: pushKeyOf(values['wechat/push-key']),
    }
  },
  appId: env.WECHAT_APPID,
  templates: env.WECHAT_TEMPLATES,
  realNow: () => Date.now(),
  identityOf: openid => ({ issuer: 'wechat', subject: openid }),
})
