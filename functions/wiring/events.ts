import { CheckPushAddress, PushEvent } from '@shared/contract/notice-endpoints'
import type { Identity } from '../account/ports'
import type { Template } from '../notices/fan-out/ports'
import { takeEvent } from '../notices/take-event'
import { type HttpFunction, httpFunction, route } from '../platform/endpoint'
import { keyedHash } from '../platform/keyed-hash'
import { once } from '../platform/once'
import { sealKey } from '../platform/seal'
import { checkPush, type PushSettings, readPush } from '../platform/wechat-push'
import { accountStore } from '../store/account-store'
import { rosterStore } from '../store/roster-store'
import { table } from '../store/table'
import { waveStore } from '../store/wave-store'
import type { Deps } from './deps'

export interface EventSecrets extends Pick<PushSettings, 'token' | 'key'> {
  pepper: Uint8Array
}

export interface EventDeps extends Omit<Deps, 'secrets'> {
  secrets(): Promise<EventSecrets>
  appId: string
  templates: readonly Template[]
  /** Real time, ms: signatures age in it, whatever the product's clock says. */
  realNow(): number
  /** Whose an openid is. */
  identityOf(openid: string): Pick<Identity, 'issuer' | 'subject'>
}

/** WeChat takes nothing else for an answer. */
const SUCCESS = 'success'

/** WeChat's message push: accepts, refusals and deliveries of subscribe messages. */
export function eventsFunction(deps: EventDeps): HttpFunction {
  const { clock, templates, appId } = deps
  const store = table(deps.dynamo, deps.tableName)
  const accounts = accountStore(store)
  const context = once(async () => {
    const { pepper, ...push } = await deps.secrets()
    const hash = keyedHash(pepper)
    const userOf = (openid: string) => {
      const { issuer, subject } = deps.identityOf(openid)
      return accounts.userOf(hash('identity', issuer, subject))
    }
    const ports = {
      clock,
      templates,
      accounts,
      roster: rosterStore(store, sealKey(pepper)),
      waves: waveStore(store, clock),
      userOf,
    }
    return { settings: { ...push, appId }, ports }
  })

  return httpFunction({ ...deps, session: undefined }, [
    route(CheckPushAddress, async ({ query }) => {
      checkPush((await context()).settings, query, deps.realNow())
      return { status: 200, body: query.echostr ?? '' }
    }),
    route(PushEvent, async ({ query, body, note }) => {
      const { settings, ports } = await context()
      const result = await takeEvent(ports, readPush(settings, query, body, deps.realNow()))
      if (result !== 'taken') note({ warning: `push event: ${result}` })
      return { status: 200, body: SUCCESS }
    }),
  ])
}
