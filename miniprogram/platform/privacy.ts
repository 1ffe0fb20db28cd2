import Taro from '@tarojs/taro'
import { IN_BROWSER } from './target'

/**
 * The one table of calls that WeChat gates: the API, the kind of data to declare in the console's privacy guide, and the
 * text in `copy.ui.gated` that says what for and what works without it. The privacy text and the README are made from it,
 * and a test fails on a gated call in the bundle that is not named here. `wx.scanCode` is not gated.
 */
export const GATED_CALLS = {
  getClipboardData: { privacyKey: '剪切板', text: 'clipboardRead' },
  setClipboardData: { privacyKey: '剪切板', text: 'clipboardWrite' },
  addPhoneCalendar: { privacyKey: '日历（仅写入）', text: 'calendar' },
} as const

export type GatedCall = keyof typeof GATED_CALLS

/** 104: the person did not agree; 112: the console's guide does not declare the data. Both lead to the fallback. */
const REFUSED = [104, 112]

export type Gated<T> = { ok: true; value: T } | { ok: false; refused: boolean; cancelled: boolean }

/** Runs a gated call; a refusal is an answer, not a fault. */
export async function gated<T>(run: () => Promise<T>): Promise<Gated<T>> {
  try {
    return { ok: true, value: await run() }
  } catch (fault) {
    const { errno, errMsg } = (fault ?? {}) as { errno?: number; errMsg?: string }
    const refused = REFUSED.includes(Number(errno)) || /privacy|auth|deny/i.test(String(errMsg))
    return { ok: false, refused, cancelled: /cancel/i.test(String(errMsg)) }
  }
}

export interface PrivacyQuestion {
  call: GatedCall
  contractName: string
  answer(agreed: boolean): void
}

interface PrivacyApi {
  onNeedPrivacyAuthorization?: (
    listener: (resolve: (answer: { event: string; buttonId?: string }) => void, info: { referrer?: string }) => void,
  ) => void
  getPrivacySetting?: (options: { success: (r: { privacyContractName?: string }) => void; fail: () => void }) => void
  openPrivacyContract?: (options: object) => void
}

const wechat = Taro as unknown as PrivacyApi

/** The button WeChat must see tapped before it takes our word that the person agreed. */
export const AGREE_BUTTON_ID = 'privacy-agree'

/** Calls back when WeChat wants the person's consent before a gated call goes on. */
export function onPrivacyQuestion(ask: (question: PrivacyQuestion) => void): void {
  if (IN_BROWSER) return
  wechat.onNeedPrivacyAuthorization?.((resolve, info) => {
    const call = (Object.keys(GATED_CALLS) as GatedCall[]).find(name => name === info?.referrer) ?? 'getClipboardData'
    const answer = (agreed: boolean) =>
      resolve(agreed ? { event: 'agree', buttonId: AGREE_BUTTON_ID } : { event: 'disagree' })
    const put = (contractName: string) => ask({ call, contractName, answer })
    if (!wechat.getPrivacySetting) put('')
    else wechat.getPrivacySetting({ success: r => put(r.privacyContractName ?? ''), fail: () => put('') })
  })
}

export function openPrivacyContract(): void {
  wechat.openPrivacyContract?.({})
}
