import Taro from '@tarojs/taro'
import { IN_BROWSER } from './target'

const TABS = {
  check: '/pages/check/index',
  history: '/pages/history/index',
  status: '/pages/status/index',
  me: '/pages/me/index',
} as const

export function openTab(tab: keyof typeof TABS): void {
  void Taro.switchTab({ url: TABS[tab] })
}

let moving = false

/** A second tap while a page is opening opens nothing. */
export function isMoving(): boolean {
  return moving
}

function open(url: string): void {
  if (moving) return
  moving = true
  void Promise.resolve(Taro.navigateTo({ url })).finally(() => {
    moving = false
  })
}

/** The answer to the request that is kept in storage, or a known record. */
export function openResult(id?: string): void {
  open(`/pages/result/index${id ? `?id=${encodeURIComponent(id)}` : ''}`)
}

export function openDetail(id: string): void {
  open(`/pages/detail/index?id=${encodeURIComponent(id)}`)
}

export function openNotice(id: string): void {
  open(`/pages/notice/index?id=${encodeURIComponent(id)}`)
}

export function openSubscribe(): void {
  open('/pages/subscribe/index')
}

export function openInbox(): void {
  open('/pages/inbox/index')
}

/** Replaces the page, so that "back" leads to where the person came from. */
export function replaceWithResult(): void {
  void Taro.redirectTo({ url: '/pages/result/index' })
}

/** Back to the page below, or to the check page when there is none. */
export function goBack(): void {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack()
  else openTab('check')
}

/** H5 only: the demo invoices are a page of the local stack. */
export function openDemo(): void {
  if (IN_BROWSER) window.location.assign('/demo')
}
