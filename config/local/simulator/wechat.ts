import { createHash } from 'node:crypto'
import type { CheckDesk, Served } from './answer-check'
import type { WireAnswer } from './check-provider'
import { type Fault, faultFor, latencyOf } from './faults'
import { subscribeSend } from './wechat-send'
import { stableToken } from './wechat-token'
import { type WechatCredentials, wechatError, wechatText } from './wechat-wire'

/** A login code of the simulator: `sim-<user>-<nonce>`; the user part decides the openid, the whole code is single-use. */
const CODE = /^sim-([A-Za-z0-9_]{1,64})-([A-Za-z0-9_-]{1,128})$/

/** WeChat's sign-in answers JSON with a text content type. */
const PLAIN = 'text/plain'

function openidOf(appId: string, user: string): string {
  return `o${createHash('sha256').update(`${appId} ${user}`).digest('base64url').slice(0, 27)}`
}

/** One call of WeChat's server API as it came over the wire. */
export interface WechatRequest {
  method: string
  path: string
  query: URLSearchParams
  body: Buffer
}

interface WechatCall {
  method: 'GET' | 'POST'
  contentType?: string
  /** Codes that it documents, beside -1: with a fault of mode `code` it answers these alone. */
  codes: readonly string[]
  /** What it says when it is called too often. */
  tooOften: string
  answer(desk: CheckDesk, credentials: WechatCredentials, request: WechatRequest): WireAnswer
}

function session(desk: CheckDesk, credentials: WechatCredentials, { query }: WechatRequest): WireAnswer {
  const failed = (code: string) => wechatError(code, ',', PLAIN)
  if (query.get('appid') !== credentials.appId) return failed('40013')
  if (query.get('secret') !== credentials.secret) return failed('40125')
  if (query.get('grant_type') !== 'authorization_code') return failed('40002')
  const code = query.get('js_code') ?? ''
  const user = CODE.exec(code)?.[1]
  if (user === undefined) return failed('40029')
  if (desk.state.isUsed(code)) return failed('40163')
  desk.state.record({ type: 'login_code', code })
  const sessionKey = createHash('sha256').update(code).digest().subarray(0, 16).toString('base64')
  return wechatText(JSON.stringify({ session_key: sessionKey, openid: openidOf(credentials.appId, user) }), PLAIN)
}

/** A call with a JSON body. */
const onJson =
  (act: (desk: CheckDesk, credentials: WechatCredentials, request: WechatRequest, body: unknown) => WireAnswer) =>
  (desk: CheckDesk, credentials: WechatCredentials, request: WechatRequest): WireAnswer => {
    if (request.body.length === 0) return wechatError('44002')
    try {
      return act(desk, credentials, request, JSON.parse(request.body.toString('utf8')))
    } catch (error) {
      if (error instanceof SyntaxError) return wechatError('47001')
      throw error
    }
  }

const CALLS: Readonly<Record<string, WechatCall>> = {
  '/sns/jscode2session': {
    method: 'GET',
    contentType: PLAIN,
    codes: ['40029', '40163', '40226', '45011', '40013', '40125'],
    tooOften: '45011',
    answer: session,
  },
  '/cgi-bin/stable_token': {
    method: 'POST',
    codes: ['40164'],
    tooOften: '45009',
    answer: onJson((desk, credentials, _, body) => stableToken(desk, credentials, body)),
  },
  '/cgi-bin/message/subscribe/send': {
    method: 'POST',
    codes: ['40001', '40003', '40037', '41030', '42001', '43101', '45009', '47001', '47003', '48001'],
    tooOften: '45009',
    answer: onJson((desk, _, { query }, body) => subscribeSend(desk, query.get('access_token'), body)),
  },
}

/** What a fault makes of a call before anything happens; null when it goes through. */
function early(call: WechatCall, fault: Fault): Served | null {
  const failed = (code: string) => wechatError(code, '', call.contentType)
  switch (fault.mode) {
    case 'down':
      return 'reset'
    case 'hang_before_charge':
      return 'hang'
    case 'maintenance':
      return failed('-1')
    case 'rate_limited':
      return failed(call.tooOften)
    case 'unknown_code':
      return failed('49999')
    case 'code':
      return fault.code === '-1' || call.codes.includes(fault.code ?? '') ? failed(fault.code ?? '') : null
    default:
      return null
  }
}

/** One call of WeChat's server API, with the faults of provider `wechat`; null when it has no such call. */
export async function answerWechat(
  desk: CheckDesk,
  credentials: WechatCredentials,
  request: WechatRequest,
): Promise<Served | null> {
  const call = Object.hasOwn(CALLS, request.path) ? CALLS[request.path] : undefined
  if (call === undefined) return null
  if (request.method !== call.method) return wechatError('43302')
  const fault = faultFor(desk.state.faults, 'wechat', null, desk.random)
  const served = (fault && early(call, fault)) ?? call.answer(desk, credentials, request)
  if (fault === null) return served
  await desk.wait(latencyOf(fault))
  if (fault.mode === 'hang_after_charge') return 'hang'
  return fault.mode === 'malformed' && typeof served === 'object'
    ? { ...served, body: served.body.slice(0, 12) }
    : served
}
