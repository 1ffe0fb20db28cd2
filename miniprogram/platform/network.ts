import Taro from '@tarojs/taro'
import { IN_BROWSER } from './target'

export interface WireRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  url: string
  headers: Record<string, string>
  body?: unknown
  timeoutMs: number
}

export interface WireAnswer {
  status: number
  headers: Record<string, string>
  data: unknown
}

/** Sends one request. Status 0: the network did not answer; whether the server got it is unknown. */
export async function send(request: WireRequest): Promise<WireAnswer> {
  try {
    const answer = await Taro.request({
      url: API_BASE + request.url,
      method: request.method as 'GET',
      header: request.headers,
      data: request.body === undefined ? undefined : JSON.stringify(request.body),
      timeout: request.timeoutMs,
      dataType: 'text',
      responseType: 'text',
    })
    return { status: answer.statusCode, headers: lowerKeys(answer.header), data: readJson(answer.data) }
  } catch {
    return { status: 0, headers: {}, data: null }
  }
}

function lowerKeys(headers: unknown): Record<string, string> {
  const entries = Object.entries((headers ?? {}) as Record<string, unknown>)
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]))
}

function readJson(data: unknown): unknown {
  if (typeof data !== 'string') return data
  try {
    return JSON.parse(data)
  } catch {
    return null
  }
}

/** Calls back with true or false whenever the phone gains or loses the network, and once at the start. */
export function watchOnline(onChange: (online: boolean) => void): void {
  if (IN_BROWSER) {
    // Taro's H5 listener follows navigator.connection, which says nothing when the network goes away.
    const tell = () => onChange(navigator.onLine)
    window.addEventListener('online', tell)
    window.addEventListener('offline', tell)
    tell()
    return
  }
  Taro.onNetworkStatusChange(change => onChange(change.isConnected))
  Taro.getNetworkType({ success: ({ networkType }) => onChange(networkType !== 'none') })
}
