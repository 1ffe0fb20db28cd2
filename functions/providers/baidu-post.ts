/** A whole HTTP answer. `text` is null when it is longer than any answer of Baidu's, or of no use. */
export interface Posted {
  status: number
  text: string | null
}

/** The longest invoice is some hundred kilobytes. */
const MAX_BYTES = 2_000_000

async function readCapped(response: Response): Promise<string | null> {
  const reader = response.body?.getReader()
  if (reader === undefined) return ''
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    bytes += value.byteLength
    if (bytes > MAX_BYTES) {
      await reader.cancel()
      return null
    }
    text += decoder.decode(value, { stream: true })
  }
}

/**
 * Posts a form and reads the answer, all under one signal; throws what `fetch` throws. No redirect is followed, and no
 * proxy of the environment is used. Each call has a connection of its own: one that was kept may have died while the
 * function was frozen, and a paid call on it would count as lost.
 */
export async function postForm(url: URL, form: object, signal: AbortSignal): Promise<Posted> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json', connection: 'close' },
    body: new URLSearchParams(Object.entries(form)).toString(),
    redirect: 'manual',
    signal,
  })
  const { status } = response
  if (status !== 200 && (status < 400 || status >= 500)) {
    void response.body?.cancel().catch(() => undefined)
    return { status, text: null }
  }
  return { status, text: await readCapped(response) }
}

/** Null for a text that is no JSON. */
export function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return null
  }
}
