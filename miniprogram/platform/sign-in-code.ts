import Taro from '@tarojs/taro'
import { load, STORED, save } from './storage'
import { IN_BROWSER } from './target'

/**
 * A single-use code that tells the server who this is: of wx.login in WeChat, of a random device name in the local H5
 * (a cloud build of the API refuses that one). Null when WeChat gave none.
 */
export async function signInCode(): Promise<string | null> {
  if (IN_BROWSER) return `dev:${deviceName()}`
  try {
    const { code } = await Taro.login()
    return code || null
  } catch {
    return null
  }
}

/** The operator of the local stack, for the desk alone; a cloud build of the API refuses it. */
export async function operatorCode(): Promise<string | null> {
  return IN_BROWSER ? 'dev:operator' : null
}

function deviceName(): string {
  const kept = load<string>(STORED.device)
  if (kept) return kept
  const name = `web-${randomName()}`
  save(STORED.device, name)
  return name
}

/** 22 characters of `[A-Za-z0-9]`; not a secret, only unlikely to meet twice. */
export function randomName(): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
  let name = ''
  for (let i = 0; i < 22; i += 1) name += alphabet[Math.floor(Math.random() * alphabet.length)]
  return name
}
