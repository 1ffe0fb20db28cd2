import { createHmac } from 'node:crypto'

export interface BaiduCredentials {
  apiKey: string
  secretKey: string
}

/** 30 days, s [upstreams reference § 2.1]. */
export const TOKEN_LIFE_S = 2_592_000

const TOKEN = /^24\.([0-9a-f]{32})\.2592000\.(\d{10})\.282335-00000001$/

const mark = (credentials: BaiduCredentials, expiry: string) =>
  createHmac('sha256', credentials.secretKey).update(`${credentials.apiKey} ${expiry}`).digest('hex').slice(0, 32)

/**
 * A token says itself when it ends and proves that it is ours, so it is good after a restart, a kill or a reset. It ages in
 * product time (ms), so that moving the clock by 30 days makes it expire.
 */
export function issueToken(credentials: BaiduCredentials, productNow: number): string {
  const expiry = String(Math.floor(productNow / 1000) + TOKEN_LIFE_S)
  return `24.${mark(credentials, expiry)}.2592000.${expiry}.282335-00000001`
}

/** The platform code that refuses a token; null when it is good. */
export function tokenFault(credentials: BaiduCredentials, token: string | null, productNow: number): string | null {
  if (token === null || token === '') return '100'
  const [, given, expiry = ''] = TOKEN.exec(token) ?? []
  if (given === undefined || given !== mark(credentials, expiry)) return '110'
  return Number(expiry) * 1000 <= productNow ? '111' : null
}
