import Taro from '@tarojs/taro'
import { type Gated, gated } from './privacy'
import { IN_BROWSER } from './target'

export async function readClipboard(): Promise<Gated<string>> {
  if (IN_BROWSER) return gated(() => navigator.clipboard.readText())
  return gated(async () => (await Taro.getClipboardData()).data)
}

export async function writeClipboard(text: string): Promise<Gated<void>> {
  if (IN_BROWSER) return gated(() => navigator.clipboard.writeText(text))
  return gated(async () => {
    await Taro.setClipboardData({ data: text })
  })
}
