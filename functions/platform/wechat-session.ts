import * as z from 'zod/mini'
import type { IdentityProvider, SignInAnswer } from '../account/ports'

/**
 * WeChat's code2Session: a code of wx.login for the openid of its user [WeChat documentation, code2Session; upstreams
 * reference § 6.1]. A code is single-use and lives five minutes. `session_key` signs pages for the phone's calendar.
 */
const Wire = z.looseObject({
  errcode: z.optional(z.number()),
  openid: z.optional(z.string().check(z.minLength(1))),
  session_key: z.catch(z.optional(z.string().check(z.minLength(1))), undefined),
})

/** Bad code, used code, user blocked by WeChat. */
const REFUSED = new Set([40029, 40163, 40226])
const TIMEOUT_MS = 3000
const CODE = /^[\x21-\x7e]{1,256}$/

interface WechatConfig {
  baseUrl: string
  appId: string
  secret(): Promise<string>
  timeoutMs?: number
}

function answerOf(text: string): SignInAnswer {
  const parsed = Wire.safeParse(JSON.parse(text))
  if (!parsed.success) return { ok: false, reason: 'unavailable' }
  const { errcode, openid, session_key: sessionKey = null } = parsed.data
  if (errcode !== undefined && REFUSED.has(errcode)) return { ok: false, reason: 'refused' }
  // -1 busy, 45011 a minute's quota, 40013 and 40125 our own settings, and whatever we do not know: not the user's fault.
  if ((errcode !== undefined && errcode !== 0) || openid === undefined) return { ok: false, reason: 'unavailable' }
  return { ok: true, identity: { issuer: 'wechat', subject: openid, operator: false, wechat: { openid, sessionKey } } }
}

export function wechatSession(config: WechatConfig): IdentityProvider {
  return {
    async identify(code) {
      // `dev:` codes belong to the local stack alone; a colon never stands in a code of wx.login.
      if (!CODE.test(code) || code.includes(':')) return null
      const url = new URL('/sns/jscode2session', config.baseUrl)
      url.searchParams.set('appid', config.appId)
      url.searchParams.set('secret', await config.secret())
      url.searchParams.set('js_code', code)
      url.searchParams.set('grant_type', 'authorization_code')
      try {
        const response = await fetch(url, { signal: AbortSignal.timeout(config.timeoutMs ?? TIMEOUT_MS) })
        return answerOf(await response.text())
      } catch {
        return { ok: false, reason: 'unavailable' }
      }
    },
  }
}
