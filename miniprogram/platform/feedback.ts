import Taro from '@tarojs/taro'
import { screenReaderIsOn } from './appearance'

/** A short word that vanishes by itself, or waits for an answer when a screen reader is on. */
export async function say(title: string): Promise<void> {
  if (await screenReaderIsOn()) await Taro.showModal({ content: title, showCancel: false })
  else await Taro.showToast({ title, icon: 'none', duration: 2000 })
}

/** Asks before something that cannot be undone. */
export async function confirm(content: string, yes: string, no: string): Promise<boolean> {
  const { confirm: agreed } = await Taro.showModal({ content, confirmText: yes, cancelText: no })
  return agreed
}
