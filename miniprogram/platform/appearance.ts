import Taro from '@tarojs/taro'
import { IN_BROWSER } from './target'

/** Root font size of standard type and of our own large type, px. WeChat's care mode reaches 23.8 by itself. */
export const STANDARD_PX = 16
const LARGE_PX = 20

/**
 * What 1 rem is: the person's own WeChat setting, raised (never lowered) by our switch.
 * Source: `fontSizeSetting` of wx.getAppBaseInfo; rpx ignores it, rem with page-meta follows it.
 */
export function rootFontPx(largeType: boolean): number {
  return Math.max(systemFontPx(), largeType ? LARGE_PX : 0)
}

function systemFontPx(): number {
  if (IN_BROWSER) return STANDARD_PX
  try {
    const info = Taro.getAppBaseInfo() as { fontSizeSetting?: number }
    const px = Number(info.fontSizeSetting)
    return px >= 12 && px <= 40 ? px : STANDARD_PX
  } catch {
    return STANDARD_PX
  }
}

export type Theme = 'light' | 'dark'

/** Calls back with the phone's colour theme at once and whenever it changes. The browser's follows by style sheet alone. */
export function watchTheme(onTheme: (theme: Theme) => void): void {
  if (IN_BROWSER) return
  const named = (theme: unknown): Theme => (theme === 'dark' ? 'dark' : 'light')
  try {
    onTheme(named((Taro.getAppBaseInfo() as { theme?: string }).theme))
    Taro.onThemeChange?.(change => onTheme(named(change.theme)))
  } catch {
    onTheme('light')
  }
}

/** Words that WeChat or the browser draws: the page's title and the tab bar. */
export function nameSurfaces(title: string, tabs: readonly string[]): void {
  Taro.setNavigationBarTitle({ title }).catch(() => {})
  if (IN_BROWSER) document.title = title
  tabs.forEach((text, index) => {
    // Fails on pages without a tab bar; the next tab page names it.
    Promise.resolve(Taro.setTabBarItem({ index, text })).catch(() => {})
  })
}

/** In H5 the page has no page-meta: the document itself carries type size and language. */
export function dressDocument(px: number, language: string): void {
  if (!IN_BROWSER) return
  document.documentElement.style.fontSize = `${(px / STANDARD_PX) * 100}%`
  document.documentElement.lang = language
}

/** The language of WeChat: English when it says so. Chinese everywhere else: the paper is Chinese, whatever the browser. */
export function systemLanguage(): 'zh-CN' | 'en' {
  if (IN_BROWSER) return 'zh-CN'
  try {
    return /^en/i.test(String(Taro.getAppBaseInfo().language ?? 'zh_CN')) ? 'en' : 'zh-CN'
  } catch {
    return 'zh-CN'
  }
}

/** True when a screen reader is on: nothing may move or vanish by itself. False where the phone cannot tell. */
export async function screenReaderIsOn(): Promise<boolean> {
  const wx = Taro as unknown as {
    checkIsOpenAccessibility?: (options: { success: (r: { open: boolean }) => void; fail: () => void }) => void
  }
  if (IN_BROWSER || !wx.checkIsOpenAccessibility) return false
  return new Promise(resolve => {
    wx.checkIsOpenAccessibility?.({ success: ({ open }) => resolve(open), fail: () => resolve(false) })
  })
}

/** True when nothing may move by itself: a screen reader is on, or the person asked for stillness. */
export async function motionIsUnwanted(): Promise<boolean> {
  if (IN_BROWSER) return window.matchMedia('(prefers-reduced-motion: reduce)').matches
  return screenReaderIsOn()
}
