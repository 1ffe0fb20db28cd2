import { shanghaiDay } from '@shared/invoice/issue-date'
import type { Cause } from '@shared/invoice/outcome'
import type { InvoiceProvider } from '../verification/ports'
import { PROBE_MS } from './breaker'
import type { Meter, MeterStore, ProviderMeter } from './ports'

/** New work waits in hand for so long; longer waits go to the line. */
export const PATIENCE_MS = 3000
/** Of the limit: the rest is for clocks and networks that jitter. */
const SHARE_OF_LIMIT = 0.99
/** A call that may go out. */
export interface Admitted {
  ok: true
  /** When, ms. */
  slot: number
  probe: boolean
  /** Day that its price is reserved on. */
  day: string
  /** The provider's state when it was admitted. */
  state: ProviderMeter
}

export type Refused =
  | { ok: false; why: 'paused'; until: number; cause: Cause }
  | { ok: false; why: 'limit' }
  /** Its rate is taken; the earliest free place. */
  | { ok: false; why: 'later'; at: number }

const IDLE: ProviderMeter = {
  nextSlot: 0,
  lineEnd: 0,
  trouble: null,
  pause: null,
  calls: 0,
  fen: 0,
  unknown: 0,
}

export const meterOf = (meter: Meter | null, provider: string): ProviderMeter => meter?.providers[provider] ?? IDLE

/** Ms between two calls. */
export const stepOf = ({ callsPerSecond }: Pick<InvoiceProvider, 'callsPerSecond'>): number =>
  Math.round(1_000_000 / (callsPerSecond * SHARE_OF_LIMIT)) / 1000

/** What is wished for: places for calls of one provider, and how much may have been spent with them. */
export interface Wish {
  provider: InvoiceProvider
  count: number
  /** It stood in the line already. */
  waited: boolean
  limitFen: number
}

/** Why the meter, as it was seen, forbids the calls; null when it does not. */
export function refusalOf(meter: Meter, { provider, count, waited, limitFen }: Wish, now: number): Refused | null {
  const { pause, nextSlot, lineEnd } = meterOf(meter, provider.name)
  // Of a pause that has ended one call is the probe, by itself.
  if (pause !== null && (pause.until > now || count > 1)) {
    // Too many calls are a matter of waiting, not of trouble.
    if (pause.cause === 'busy') return { ok: false, why: 'later', at: Math.max(pause.until, now) }
    return { ok: false, why: 'paused', until: pause.until, cause: pause.cause }
  }
  if (meter.fen + provider.priceFen * count > limitFen) return { ok: false, why: 'limit' }
  const at = waited ? nextSlot : Math.max(nextSlot, lineEnd)
  return at > now + PATIENCE_MS ? { ok: false, why: 'later', at } : null
}

/** The write that admits the calls, on the meter as it was seen; an unknown one is taken for idle. */
export function takingOf(meter: Meter | null, wish: Wish, now: number): Parameters<MeterStore['take']>[0] {
  const { provider, count, waited, limitFen } = wish
  const { pause, nextSlot } = meterOf(meter, provider.name)
  const today = shanghaiDay(now)
  return {
    provider: provider.name,
    count,
    stepMs: stepOf(provider),
    idle: nextSlot <= now,
    now,
    latest: now + PATIENCE_MS,
    behindLine: !waited,
    // A meter that is a day ahead stays ahead.
    day: meter !== null && meter.day > today ? meter.day : today,
    priceFen: provider.priceFen,
    limitFen,
    probe: pause === null ? null : { seenUntil: pause.until, until: now + PROBE_MS },
  }
}
