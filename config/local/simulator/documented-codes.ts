import { ALIYUN_GATEWAY, ALIYUN_RESULTS } from './aliyun-codes'
import { BAIDU_PLATFORM, BAIDU_RESULTS } from './baidu-codes'
import type { CheckProvider, CodeTable } from './check-provider'
import { TENCENT_CODES } from './tencent-codes'
import { WECHAT_CODES } from './wechat-wire'

/** Every code that a check provider documents, each of which it can be made to answer. */
export const DOCUMENTED_CODES: Readonly<Record<CheckProvider['name'], CodeTable>> = {
  tencent: TENCENT_CODES,
  baidu: { ...BAIDU_RESULTS, ...BAIDU_PLATFORM },
  aliyun: { ...ALIYUN_RESULTS, ...ALIYUN_GATEWAY },
}

/** Codes that can be demanded, by who answers them: the check providers' and WeChat's. */
export const DEMANDABLE_CODES: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(Object.entries(DOCUMENTED_CODES).map(([name, codes]) => [name, Object.keys(codes)])),
  wechat: Object.keys(WECHAT_CODES),
}

/** Whether a provider documents a code; no for anybody who has none. */
export function documents(provider: string, code: string): boolean {
  return Object.hasOwn(DEMANDABLE_CODES, provider) && (DEMANDABLE_CODES[provider]?.includes(code) ?? false)
}
