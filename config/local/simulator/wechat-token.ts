import { randomBytes } from 'node:crypto'
import type { CheckDesk } from './answer-check'
import type { WireAnswer } from './check-provider'
import { asRecord } from './sim-invoice'
import { type WechatCredentials, wechatError, wechatText } from './wechat-wire'

const LIFE_S = 7200
/** So long before its end a token is followed by a new one, and both work. */
const OVERLAP_S = 300
const FORCED_A_DAY = 20
const FORCED_APART_MS = 30_000

function issue({ state, now }: CheckDesk, forced: boolean): WireAnswer {
  const token = randomBytes(102).toString('base64url')
  const issuedAt = now()
  state.record({
    type: 'wechat',
    changes: [{ do: 'token', token, issuedAt, expiresAt: issuedAt + LIFE_S * 1000, forced }],
  })
  return wechatText(JSON.stringify({ access_token: token, expires_in: LIFE_S }))
}

/** `POST /cgi-bin/stable_token` [upstreams reference § 6.1]: in normal mode everybody gets the same token. */
export function stableToken(desk: CheckDesk, credentials: WechatCredentials, body: unknown): WireAnswer {
  const { grant_type: grant, appid, secret, force_refresh: force = false } = asRecord(body)
  if (appid === undefined) return wechatError('41002')
  if (secret === undefined) return wechatError('41004')
  if (grant !== 'client_credential') return wechatError('40002')
  if (appid !== credentials.appId) return wechatError('40013')
  if (secret !== credentials.secret) return wechatError('40125')
  const now = desk.now()
  const { wechat } = desk.state
  if (force === true) {
    const forced = wechat.forcedSince(now)
    if (forced.length >= FORCED_A_DAY) return wechatError('45009')
    if (forced.some(at => at > now - FORCED_APART_MS)) return wechatError('45011')
    return issue(desk, true)
  }
  const newest = wechat.newestToken
  const left = newest === null ? 0 : Math.floor((newest.expiresAt - now) / 1000)
  if (newest === null || left <= OVERLAP_S) return issue(desk, false)
  return wechatText(JSON.stringify({ access_token: newest.token, expires_in: left }))
}
