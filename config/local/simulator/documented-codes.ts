import { ALIYUN_GATEWAY, ALIYUN_RESULTS } from './aliyun-codes'
import { BAIDU_PLATFORM, BAIDU_RESULTS } from './baidu-codes'
import type { CheckProvider, CodeTable } from './check-provider'
import { TENCENT_CODES } from './tencent-codes'

/** Every code that a provider documents, each of which it can be made to answer. */
export const DOCUMENTED_CODES: Readonly<Record<CheckProvider['name'], CodeTable>> = {
  tencent: TENCENT_CODES,
  baidu: { ...BAIDU_RESULTS, ...BAIDU_PLATFORM },
  aliyun: { ...ALIYUN_RESULTS, ...ALIYUN_GATEWAY },
}

/** Whether a provider documents a code; no for anybody who is no check provider. */
export function documents(provider: string, code: string): boolean {
  return Object.entries(DOCUMENTED_CODES).some(([name, codes]) => name === provider && Object.hasOwn(codes, code))
}
