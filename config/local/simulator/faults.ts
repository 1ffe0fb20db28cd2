export const FAULT_MODES = [
  'none',
  'down',
  'slow',
  'hang_before_charge',
  'hang_after_charge',
  'malformed',
  'maintenance',
  'rate_limited',
  'unknown_code',
  'code',
] as const
export type FaultMode = (typeof FAULT_MODES)[number]

export const FAULT_PROVIDERS = ['tencent', 'baidu', 'aliyun', 'wechat', '*'] as const
export type FaultProvider = (typeof FAULT_PROVIDERS)[number]

export interface Fault {
  provider: FaultProvider
  mode: FaultMode
  /** Share of the calls that are hit, 0 to 1. */
  rate: number
  latencyMs: number | null
  /** Hits the calls about this invoice only; null hits every call. */
  invoiceNumber: string | null
  /** The code to answer, with mode `code` alone. */
  code?: string
}

const SLOW_MS = 3000

/** How long a fault holds its answer back, ms of real time. */
export function latencyOf(fault: Fault): number {
  return fault.latencyMs ?? (fault.mode === 'slow' ? SLOW_MS : 0)
}

const covers = (wide: FaultProvider, narrow: string) => wide === '*' || wide === narrow

/**
 * The list after one more setting. A fault replaces those of the same invoice that it covers; `none` without an invoice
 * lifts every fault of the provider.
 */
export function withFault(faults: readonly Fault[], next: Fault): Fault[] {
  const lifts = (old: Fault) =>
    covers(next.provider, old.provider) &&
    (old.invoiceNumber === next.invoiceNumber || (next.mode === 'none' && next.invoiceNumber === null))
  const kept = faults.filter(old => !lifts(old))
  // `none` for one provider under a wider fault is kept: it shields that provider.
  const shields = next.mode === 'none' && kept.some(old => old.provider === '*')
  return next.mode !== 'none' || shields ? [...kept, next] : kept
}

/** The fault that a call meets: one bound to its invoice before a general one, the newer before the older. */
export function faultFor(
  faults: readonly Fault[],
  provider: string,
  invoiceNumber: string | null,
  random: () => number,
): Fault | null {
  const matching = faults.filter(
    fault =>
      covers(fault.provider, provider) && (fault.invoiceNumber === null || fault.invoiceNumber === invoiceNumber),
  )
  const bound = matching.filter(fault => fault.invoiceNumber !== null)
  const fault = bound.at(-1) ?? matching.at(-1)
  if (fault === undefined || fault.mode === 'none') return null
  return random() < fault.rate ? fault : null
}
