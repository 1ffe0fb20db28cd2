import { randomUUID } from 'node:crypto'
import type { WireAnswer } from './check-provider'

export interface WechatCredentials {
  appId: string
  secret: string
}

/** Error answers of WeChat's server API [wire samples; upstreams reference § 6.1]. */
export const WECHAT_CODES = {
  '-1': 'system error',
  '40001': 'invalid credential, access_token is invalid or not latest',
  '40002': 'invalid grant_type',
  '40003': 'invalid openid',
  '40013': 'invalid appid',
  '40029': 'invalid code',
  '40037': 'invalid template_id',
  '40125': 'invalid appsecret',
  '40163': 'code been used',
  '40164': 'invalid ip 203.0.113.1, not in whitelist',
  '40226': 'code blocked',
  '41001': 'access_token missing',
  '41002': 'appid missing',
  '41004': 'appsecret missing',
  '41030': 'invalid page',
  '42001': 'access_token expired',
  '43101': 'user refuse to accept the msg',
  '43302': 'require POST method',
  '44002': 'empty post data',
  '45009': 'reach max api daily quota limit',
  '45011': 'api minute-quota reach limit  mustslower  retry next minute',
  '47001': 'data format error',
  '47003': 'argument invalid!',
  '48001': 'api unauthorized',
} as const
export type WechatCode = keyof typeof WECHAT_CODES

/** WeChat answers HTTP 200 to everything; its sign-in sends JSON as text. */
export const wechatText = (body: string, contentType = 'application/json; encoding=utf-8'): WireAnswer => ({
  status: 200,
  contentType,
  body,
})

const isWechatCode = (code: string): code is WechatCode => Object.hasOwn(WECHAT_CODES, code)

/** An error answer; a code that nobody knows gets a text of its own. */
export function wechatError(code: string, detail = '', contentType?: string): WireAnswer {
  const known = isWechatCode(code) ? WECHAT_CODES[code] : 'simulated new code'
  const errmsg = `${known}${detail} rid: ${randomUUID()}`
  return wechatText(JSON.stringify({ errcode: Number(code), errmsg }), contentType)
}
