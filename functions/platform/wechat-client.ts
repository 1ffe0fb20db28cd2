import { nextShanghaiMidnight } from '@shared/invoice/issue-date'
import * as z from 'zod/mini'
import type { Message, Messenger, SendAnswer } from '../notices/fan-out/ports'
import { accessTokens, type TokenConfig } from './wechat-client-token'

const Wire = z.looseObject({ errcode: z.number() })
/** As text: the number has 19 digits, more than a number of JSON carries. */
const MESSAGE_ID = /"msgid"\s*:\s*"?(\d{1,32})"?/

/** Codes of the send, all but 0 and 45009 [upstreams reference § 6.1]. */
const KINDS = new Map<number, Exclude<Sent['kind'], 'sent' | 'quota'>>([
  // WeChat is busy: the message may be on its way.
  [-1, 'unknown'],
  // The token is missing, unknown or expired: nothing was sent.
  [40001, 'token'],
  [40014, 'token'],
  [41001, 'token'],
  [42001, 'token'],
  [40003, 'no_person'],
  [43101, 'refused'],
  // Wrong for everybody: template, its values, its page, or what the app may do.
  [40037, 'template'],
  [41030, 'template'],
  [43302, 'template'],
  [44002, 'template'],
  [47001, 'template'],
  [47003, 'template'],
  [48001, 'template'],
  // Refused before anything was sent, and for a passing reason: the address is not on the list, the minute is full.
  [40164, 'unsent'],
  [45011, 'unsent'],
])
/** The connection never stood, so nothing was sent. */
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

export interface WechatClientConfig extends TokenConfig {
  /** Which version of the mini-program a tap opens. */
  state: 'developer' | 'trial' | 'formal'
  /** For one message, the renewal of a token included, ms. */
  timeoutMs?: number
}

const TIMEOUT_MS = 8000

/** An answer of WeChat, or that its token was refused. */
type Sent = SendAnswer | { kind: 'token'; code: string }

/**
 * Subscribe messages of WeChat by plain fetch [upstreams reference § 6.1]. Answers are values: nothing is thrown. A message
 * whose token was refused is sent once more with another; nothing else is ever repeated here. No openid, token, secret or
 * text of a message reaches the log.
 */
export function wechatMessenger(config: WechatClientConfig): Messenger {
  const { now, log } = config
  const tokens = accessTokens(config)

  function meaningOf(errcode: number, text: string): Sent {
    const code = String(errcode)
    const kind = KINDS.get(errcode)
    if (errcode === 0) return { kind: 'sent', messageId: MESSAGE_ID.exec(text)?.[1] ?? null }
    // The day's quota begins anew at midnight in Asia/Shanghai.
    if (errcode === 45009) return { kind: 'quota', until: nextShanghaiMidnight(now()) }
    if (kind === 'refused' || kind === 'no_person') return { kind }
    if (kind !== undefined) return { kind, code }
    // Whatever it means, it is WeChat's word that nothing was sent.
    log({ level: 'error', wechat: 'subscribe_send', code, unknownCode: true })
    return { kind: 'unsent', code }
  }

  async function post(token: string, body: string, signal: AbortSignal): Promise<Sent> {
    const url = new URL('/cgi-bin/message/subscribe/send', config.baseUrl)
    url.searchParams.set('access_token', token)
    try {
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(url, { method: 'POST', headers, body, signal })
      const text = await response.text()
      const answer = Wire.safeParse(jsonOf(text))
      return answer.success
        ? meaningOf(answer.data.errcode, text)
        : { kind: 'unknown', code: response.ok ? 'unreadable' : `http_${response.status}` }
    } catch (error) {
      const code = faultCode(error)
      return NOT_CONNECTED.has(code) ? { kind: 'unsent', code } : { kind: 'unknown', code }
    }
  }

  const bodyOf = (openid: string, { templateId, page, data }: Message) =>
    JSON.stringify({
      touser: openid,
      template_id: templateId,
      page,
      data,
      miniprogram_state: config.state,
      lang: 'zh_CN',
    })

  return {
    async send(openid, message) {
      const signal = AbortSignal.timeout(config.timeoutMs ?? TIMEOUT_MS)
      const body = bodyOf(openid, message)
      let token = await within(signal, tokens.get())
      let code = 'no_token'
      for (let attempt = 0; attempt < 2 && token !== null && !signal.aborted; attempt++) {
        const answer = await post(token, body, signal)
        if (answer.kind !== 'token') return answer
        code = answer.code
        if (attempt === 0) token = await within(signal, tokens.instead(token))
      }
      return { kind: 'unsent', code }
    },
  }
}

/** The token, or null when the time is up first. */
function within(signal: AbortSignal, token: Promise<string | null>): Promise<string | null> {
  const late = new Promise<null>(resolve => {
    if (signal.aborted) resolve(null)
    else signal.addEventListener('abort', () => resolve(null), { once: true })
  })
  return Promise.race([token, late])
}

const Fault = z.object({ name: z.string(), cause: z.optional(z.object({ code: z.optional(z.string()) })) })

/** The system's code or `TimeoutError`; never the message, in which undici may name the address with its token. */
function faultCode(error: unknown): string {
  const fault = Fault.safeParse(error)
  return fault.success ? (fault.data.cause?.code ?? fault.data.name) : 'unknown'
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
