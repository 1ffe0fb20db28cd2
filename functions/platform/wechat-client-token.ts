import * as z from 'zod/mini'
import type { WechatTokenStore } from '../notices/fan-out/ports'

/** The token and when new ones were forced, as the store keeps them. */
const Kept = z.object({ token: z.string().check(z.minLength(1)), forced: z._default(z.array(z.number()), []) })
type Kept = z.infer<typeof Kept>

const Wire = z.looseObject({
  errcode: z.optional(z.number()),
  access_token: z.optional(z.string().check(z.minLength(1))),
  expires_in: z.optional(z.number()),
})

export interface TokenConfig {
  /** Of WeChat's server API, without a slash at the end. */
  baseUrl: string
  appId: string
  secret(): Promise<string>
  tokens: WechatTokenStore
  /** Product time, ms. */
  now(): number
  /** Real time, for who waits while another renews. */
  wait(ms: number): Promise<void>
  log(line: Record<string, unknown>): void
}

export interface AccessTokens {
  /** A token that should be good; null when there is none now. Never throws. */
  get(): Promise<string | null>
  /** Another token than the one that was refused; null when there is none now. Never throws. */
  instead(dead: string): Promise<string | null>
}

/** The platform hands out a new token five minutes before the end, from when on both work. */
const RENEW_BEFORE_MS = 4 * 60_000
const LEASE_MS = 10_000
const FETCH_MS = 3000
const POLLS = 12
const POLL_MS = 250
/** Limits of force_refresh [upstreams reference § 6.1]. */
const FORCED_A_DAY = 20
const FORCED_APART_MS = 30_000
const DAY_MS = 86_400_000

interface Held {
  token: string
  expiresAt: number
  generation: number
  forced: readonly number[]
}

/**
 * The access token by stable_token in its normal mode, which gives every caller the same one. It is kept in the table, and
 * one caller at a time renews it. A forced renewal makes the old token worthless for everybody at once: only when the
 * normal mode insists on a token that was refused.
 */
export function accessTokens(config: TokenConfig): AccessTokens {
  const { tokens, now, wait, log } = config
  let held: Held | null = null
  let renewal: { dead: string | null; answer: Promise<string | null> } | null = null

  async function stored(): Promise<Held | null> {
    const item = await tokens.read()
    if (item === null) return null
    const kept = Kept.safeParse(jsonOf(item.token))
    const { token, forced } = kept.success ? kept.data : { token: '', forced: [] }
    return { token, forced, expiresAt: item.expiresAt, generation: item.generation }
  }

  async function fetchToken(force: boolean): Promise<{ token: string; livesMs: number } | null> {
    const response = await fetch(new URL('/cgi-bin/stable_token', config.baseUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        grant_type: 'client_credential',
        appid: config.appId,
        secret: await config.secret(),
        force_refresh: force,
      }),
      signal: AbortSignal.timeout(FETCH_MS),
    })
    const answer = Wire.safeParse(jsonOf(await response.text()))
    const { access_token: token, expires_in: lives, errcode } = answer.success ? answer.data : {}
    if (token !== undefined && lives !== undefined) return { token, livesMs: lives * 1000 }
    log({ level: 'warn', wechat: 'stable_token', code: String(errcode ?? `http ${response.status}`) })
    return null
  }

  async function keep(kept: Kept, livesMs: number, generation: number): Promise<string> {
    const expiresAt = now() + livesMs
    await tokens.write(JSON.stringify(kept), expiresAt, generation)
    held = { ...kept, expiresAt, generation: generation + 1 }
    return kept.token
  }

  /** In hand of the lease. */
  async function fetched(old: Held | null, dead: string | null): Promise<string | null> {
    const generation = old?.generation ?? 0
    const forced = (old?.forced ?? []).filter(at => at > now() - DAY_MS)
    const normal = await fetchToken(false)
    if (normal === null) return null
    if (normal.token !== dead) return keep({ token: normal.token, forced }, normal.livesMs, generation)
    const isAllowed = forced.length < FORCED_A_DAY && forced.every(at => at <= now() - FORCED_APART_MS)
    if (!isAllowed) {
      log({ level: 'error', wechat: 'stable_token', code: 'force_refresh_spent' })
      return null
    }
    const fresh = await fetchToken(true)
    return fresh === null ? null : keep({ token: fresh.token, forced: [...forced, now()] }, fresh.livesMs, generation)
  }

  const isGood = (found: Held | null, dead: string | null): found is Held =>
    found !== null && found.token !== '' && found.token !== dead && now() < found.expiresAt

  /** What another caller's renewal brings. */
  async function awaited(dead: string | null): Promise<string | null> {
    for (let poll = 0; poll < POLLS; poll++) {
      await wait(POLL_MS)
      const found = await stored()
      if (!isGood(found, dead)) continue
      held = found
      return found.token
    }
    return null
  }

  /** Renews it, or waits for who does; the old one works to its end when there is no new one yet. */
  async function replaced(found: Held | null, dead: string | null): Promise<string | null> {
    const at = now()
    const isOurs = await tokens.lease(found?.generation ?? 0, at, at + LEASE_MS)
    const token = isOurs ? await fetched(found, dead) : null
    if (token !== null) return token
    if (isGood(found, dead)) return found.token
    return isOurs ? null : awaited(dead)
  }

  async function renewed(dead: string | null): Promise<string | null> {
    try {
      const found = await stored()
      if (!isGood(found, dead)) return await replaced(found, dead)
      held = found
      const isFresh = dead !== null || now() < found.expiresAt - RENEW_BEFORE_MS
      return isFresh ? found.token : await replaced(found, dead)
    } catch (error) {
      log({ level: 'warn', wechat: 'stable_token', code: error instanceof Error ? error.name : 'unknown' })
      return isGood(held, dead) ? held.token : null
    }
  }

  /** One renewal, however many sends wait for it. */
  function once(dead: string | null): Promise<string | null> {
    if (renewal?.dead === dead) return renewal.answer
    const started = {
      dead,
      answer: renewed(dead).finally(() => {
        if (renewal === started) renewal = null
      }),
    }
    renewal = started
    return started.answer
  }

  return {
    async get() {
      if (held !== null && now() < held.expiresAt - RENEW_BEFORE_MS) return held.token
      return once(null)
    },
    async instead(dead) {
      if (held !== null && held.token !== dead && now() < held.expiresAt) return held.token
      held = null
      return once(dead)
    },
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
