import Taro, { useDidHide, useDidShow, usePullDownRefresh, useReachBottom, useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { IN_BROWSER } from './target'

/** Parameters of the page's own address, decoded. */
export function usePageParams(): Record<string, string> {
  const { params } = useRouter()
  return Object.fromEntries(Object.entries(params ?? {}).map(([name, value]) => [name, decode(String(value ?? ''))]))
}

/** H5 hands parameters over decoded, WeChat as they stand in the address. */
function decode(value: string): string {
  if (IN_BROWSER) return value
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

export function useShow(run: () => void): void {
  useDidShow(run)
}

export function useHide(run: () => void): void {
  useDidHide(run)
}

/** False while the app is in the background or another page lies on this one. */
export function usePageVisible(): boolean {
  const [visible, setVisible] = useState(true)
  useDidShow(() => setVisible(true))
  useDidHide(() => setVisible(false))
  return visible
}

export function useBottom(run: () => void): void {
  useReachBottom(run)
}

/** Pull to refresh: the spinner ends when `run` does. */
export function useRefresh(run: () => Promise<void>): void {
  usePullDownRefresh(() => {
    void run().finally(() => Taro.stopPullDownRefresh())
  })
}
