import Taro from '@tarojs/taro'
import { screenReaderIsOn } from './appearance'

/** A short word that vanishes by itself, or waits for an answer when a screen reader is on. */
export async function say(title: string): Promise<void> {
  if (await screenReaderIsOn()) await Taro.showModal({ content: title, showCancel: false })
  else await Taro.showToast({ title, icon: 'none', duration: 2000 })
}

/** Deleting is red; green belongs to one answer alone. WeChat takes hex colours only. */
const CONFIRM_COLOURS = { confirmColor: '#c02f14', cancelColor: '#596273' }

/** Asks before something that cannot be undone. */
export async function confirm(content: string, yes: string, no: string): Promise<boolean> {
  const { confirm: agreed } = await Taro.showModal({ content, confirmText: yes, cancelText: no, ...CONFIRM_COLOURS })
  return agreed
}
