import Taro from '@tarojs/taro'
import type { Asked } from './subscribe'

export const CAN_MESSAGE = true

/** WeChat takes no more at once [wechat-platform, rules]. */
const AT_ONCE = 5

interface Answered {
  errMsg?: string
  [templateId: string]: string | undefined
}

const wechat = Taro as unknown as {
  requestSubscribeMessage(options: { tmplIds: readonly string[] }): Promise<Answered>
}

/**
 * WeChat's question whether we may send one message of each template. It must be the first call of a tap's handler: after
 * an await WeChat refuses it. Who ticked 总是保持以上选择 sees no question; the answer comes all the same.
 */
export function askForMessages(templateIds: readonly string[]): Promise<Asked> {
  return wechat.requestSubscribeMessage({ tmplIds: templateIds.slice(0, AT_ONCE) }).then(
    ({ errMsg: _, ...answers }) => ({ ok: true, answers: answers as Record<string, string> }),
    (fault: { errCode?: number } | null) => ({ ok: false, code: Number(fault?.errCode ?? 0) || 0 }),
  )
}
