import Taro from '@tarojs/taro'

import type { Scan } from './scan'

/** WeChat's own scanner; it offers the album itself, so a picture needs no gated call. */
export async function scan(): Promise<Scan> {
  try {
    const { result } = await Taro.scanCode({ scanType: ['qrCode'] })
    return result ? { ok: true, text: result } : { ok: false, reason: 'failed' }
  } catch (fault) {
    const cancelled = /cancel/i.test(String((fault as { errMsg?: string } | null)?.errMsg))
    return { ok: false, reason: cancelled ? 'cancelled' : 'failed' }
  }
}
