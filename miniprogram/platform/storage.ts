import Taro from '@tarojs/taro'

/** Everything the phone keeps. Values are JSON; a value that cannot be read counts as absent. */
export const STORED = {
  settings: 'yp.settings',
  session: 'yp.session',
  device: 'yp.device',
  draft: 'yp.draft',
  asking: 'yp.asking',
  history: 'yp.history',
  clock: 'yp.clock',
  status: 'yp.status',
  notices: 'yp.notices',
  mine: 'yp.mine',
  choice: 'yp.choice',
  accepts: 'yp.accepts',
  inbox: 'yp.inbox',
  desk: 'yp.desk',
} as const

export function load<T>(key: string): T | null {
  try {
    const text: unknown = Taro.getStorageSync(key)
    return typeof text === 'string' && text ? (JSON.parse(text) as T) : null
  } catch {
    return null
  }
}

/** Written at once, so that a kill right after loses nothing. False when the phone's storage is full. */
export function save(key: string, value: unknown): boolean {
  try {
    Taro.setStorageSync(key, JSON.stringify(value))
    return true
  } catch {
    return false
  }
}

export function forget(key: string): void {
  try {
    Taro.removeStorageSync(key)
  } catch {
    // Nothing to forget.
  }
}
