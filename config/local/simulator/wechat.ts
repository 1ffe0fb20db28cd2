import { createHash, randomUUID } from 'node:crypto'
import type { CheckDesk, Served } from './answer-check'
import type { WireAnswer } from './check-provider'
import { faultFor, latencyOf } from './faults'

export interface WechatCredentials {
  appId: string
  secret: string
}

/** Error answers of code2Session [wire samples]. */
const ERRORS = {
  badAppId: [40013, 'invalid appid'],
  badSecret: [40125, 'invalid appsecret'],
  badGrant: [40002, 'invalid grant_type'],
  badCode: [40029, 'invalid code'],
  usedCode: [40163, 'code been used'],
  busy: [-1, 'system error'],
  limit: [45011, 'api minute-quota reach limit  mustslower  retry next minute'],
  newCode: [49999, 'simulated new code'],
} as const

/** WeChat answers JSON with a text content type, and HTTP 200 to everything. */
const wire = (body: object): WireAnswer => ({ status: 200, contentType: 'text/plain', body: JSON.stringify(body) })
const failed = ([errcode, errmsg]: readonly [number, string]) =>
  wire({ errcode, errmsg: `${errmsg}, rid: ${randomUUID()}` })

/** A login code of the simulator: `sim-<user>-<nonce>`; the user part decides the openid, the whole code is single-use. */
const CODE = /^sim-([A-Za-z0-9_]{1,64})-([A-Za-z0-9_-]{1,128})$/

function openidOf(appId: string, user: string): string {
  return `o${createHash('sha256').update(`${appId} ${user}`).digest('base64url').slice(0, 27)}`
}

function session(desk: CheckDesk, credentials: WechatCredentials, query: URLSearchParams): WireAnswer {
  if (query.get('appid') !== credentials.appId) return failed(ERRORS.badAppId)
  if (query.get('secret') !== credentials.secret) return failed(ERRORS.badSecret)
  if (query.get('grant_type') !== 'authorization_code') return failed(ERRORS.badGrant)
  const code = query.get('js_code') ?? ''
  const user = CODE.exec(code)?.[1]
  if (user === undefined) return failed(ERRORS.badCode)
  if (desk.state.isUsed(code)) return failed(ERRORS.usedCode)
  desk.state.record({ type: 'login_code', code })
  const sessionKey = createHash('sha256').update(code).digest().subarray(0, 16).toString('base64')
  return wire({ session_key: sessionKey, openid: openidOf(credentials.appId, user) })
}

/** `GET /sns/jscode2session`, with the faults of provider `wechat`. */
export async function codeToSession(
  desk: CheckDesk,
  credentials: WechatCredentials,
  query: URLSearchParams,
): Promise<Served> {
  const fault = faultFor(desk.state.faults, 'wechat', null, desk.random)
  const mode = fault?.mode ?? 'none'
  const early = {
    down: 'reset',
    hang_before_charge: 'hang',
    maintenance: failed(ERRORS.busy),
    rate_limited: failed(ERRORS.limit),
    unknown_code: failed(ERRORS.newCode),
    none: null,
    // Codes on demand are the check providers' alone.
    code: null,
    slow: null,
    hang_after_charge: null,
    malformed: null,
  } as const
  const served = early[mode] ?? session(desk, credentials, query)
  if (fault !== null) await desk.wait(latencyOf(fault))
  if (mode === 'hang_after_charge') return 'hang'
  if (mode === 'malformed' && typeof served === 'object') return { ...served, body: served.body.slice(0, 12) }
  return served
}
