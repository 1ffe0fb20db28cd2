import type { CodeMeaning } from './code-meaning'

/** Why there is no token. Nobody was asked anything then. */
export interface NoToken {
  refused: CodeMeaning
  rawCode: string
  codeKnown: boolean
}
export type TokenAnswer = { token: string } | NoToken

/** A token just fetched, with its life in ms. */
export type FetchedToken = { token: string; livesMs: number } | NoToken

export interface TokenSource {
  /** A token that is good for a while; `timedOut` when the signal ends the waiting. Never throws. */
  get(signal: AbortSignal): Promise<TokenAnswer>
  /** Forgets a token that was refused, unless another one has taken its place. */
  forget(token: string): void
}

/** A token is renewed while it still works. One of a short life is renewed at half of it. */
const RENEW_BEFORE_MS = 5 * 60_000
/** One renewal, however many calls wait for it. */
const RENEWAL_MS = 5000

interface Renewal {
  answer: Promise<TokenAnswer>
  waiting: number
  stop: AbortController
}

const aborted = (signal: AbortSignal, timedOut: NoToken) =>
  new Promise<NoToken>(resolve => {
    if (signal.aborted) resolve(timedOut)
    else signal.addEventListener('abort', () => resolve(timedOut), { once: true })
  })

/**
 * Tokens kept in memory [upstreams reference § 2.1: they live 30 days]. Calls that need a new one at once share one renewal;
 * it ends when nobody waits for it any more, so none is on its way when the function answers. `fetchToken` never throws;
 * `now` is real time in ms, whatever the product's clock says: it is Baidu's clock that ends a token.
 */
export function tokenSource(
  fetchToken: (signal: AbortSignal) => Promise<FetchedToken>,
  timedOut: NoToken,
  now: () => number,
): TokenSource {
  let held: { token: string; renewAt: number; endsAt: number } | null = null
  let renewal: Renewal | null = null

  const renew = async (signal: AbortSignal): Promise<TokenAnswer> => {
    const old = held
    const fetched = await Promise.race([fetchToken(signal), aborted(signal, timedOut)])
    const at = now()
    // The old one works to its end when there is no new one yet.
    if (!('token' in fetched)) return old !== null && old === held && at < old.endsAt ? { token: old.token } : fetched
    const { token, livesMs } = fetched
    held = { token, renewAt: at + Math.max(livesMs / 2, livesMs - RENEW_BEFORE_MS), endsAt: at + livesMs }
    return { token }
  }

  const begin = (): Renewal => {
    const stop = new AbortController()
    const limit = setTimeout(() => stop.abort(), RENEWAL_MS)
    const started: Renewal = {
      waiting: 0,
      stop,
      answer: renew(stop.signal).finally(() => {
        clearTimeout(limit)
        if (renewal === started) renewal = null
      }),
    }
    return started
  }

  return {
    async get(signal) {
      if (held !== null && now() < held.renewAt) return { token: held.token }
      renewal ??= begin()
      const joined = renewal
      joined.waiting++
      const answer = await Promise.race([joined.answer, aborted(signal, timedOut)])
      if (--joined.waiting === 0) {
        joined.stop.abort()
        if (renewal === joined) renewal = null
      }
      return answer
    },
    forget(token) {
      if (held?.token === token) held = null
    },
  }
}
