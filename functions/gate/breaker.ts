import type { ProviderAnswer } from '../verification/ports'
import type { Pause, ProviderMeter, Trouble } from './ports'

/** A provider is paused after this many failures in a row … */
const FAILURES = 5
/** … about this many different invoices: one odd invoice says nothing about the provider … */
const INVOICES = 3
/** … within this time. */
const WINDOW_MS = 2 * 60_000
const FIRST_PAUSE_MS = 15_000
const LONGEST_PAUSE_MS = 5 * 60_000
/** Money, rights and keys do not mend themselves within seconds. */
const ACCOUNT_PAUSE_MS = 5 * 60_000
/** A busy provider is left alone for so long. */
const SLOW_DOWN_MS = 1000
/** One probe at a time: longer than the wait for its place and its call. */
export const PROBE_MS = 20_000

/** What a call says about the provider's health. */
function health({ outcome, cause, codeKnown }: ProviderAnswer): 'well' | 'failed' | 'account' | 'busy' {
  if (outcome !== 'could_not_check') return 'well'
  switch (cause) {
    case 'busy':
      return 'busy'
    case 'provider_account':
      return 'account'
    case 'network':
    case 'maintenance':
      return 'failed'
    case 'unknown_answer':
      return codeKnown ? 'well' : 'failed'
    default:
      return 'well'
  }
}

const pauseAt = (level: number, cause: Pause['cause'], now: number): Pause => ({
  level,
  cause,
  until: now + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** level),
})

function withFailure(trouble: Trouble | null, invoice: string, cause: Trouble['cause'], now: number): Trouble {
  const earlier = trouble !== null && now - trouble.since <= WINDOW_MS ? trouble : null
  const invoices = [...new Set([...(earlier?.invoices ?? []), invoice])].slice(0, INVOICES)
  return { failures: (earlier?.failures ?? 0) + 1, invoices, since: earlier?.since ?? now, cause }
}

export interface HealthChange {
  trouble?: Trouble | null
  pause?: Pause | null
  slowUntil?: number
}

/** What an answer changes about its provider; empty when nothing. `invoice` is a short keyed name. */
export function healthAfter(
  said: ProviderAnswer,
  before: Pick<ProviderMeter, 'trouble' | 'pause'>,
  call: { invoice: string; probe: boolean },
  now: number,
): HealthChange {
  const state = health(said)
  const cause = said.cause ?? 'network'
  const { trouble, pause } = before
  if (state === 'well') return { ...(trouble !== null && { trouble: null }), ...(call.probe && { pause: null }) }
  if (call.probe) return { pause: pauseAt((pause?.level ?? 0) + 1, cause, now) }
  if (state === 'account') return { pause: { level: 0, cause, until: now + ACCOUNT_PAUSE_MS } }
  const next = withFailure(trouble, call.invoice, cause, now)
  // Of a rate the invoice is never the reason.
  const isBroad = state === 'busy' || next.invoices.length >= INVOICES
  const isDown = next.failures >= FAILURES && isBroad
  if (state === 'busy' && !isDown) return { trouble: next, slowUntil: now + SLOW_DOWN_MS }
  return isDown ? { trouble: null, pause: pauseAt(0, cause, now) } : { trouble: next }
}
