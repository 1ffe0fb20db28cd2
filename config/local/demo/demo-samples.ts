import { yearsBefore } from '../simulator/shanghai-day'
import type { DemoSample } from './demo-sample'
import { digitalSamples, todaysSample } from './digital-samples'
import { printedSamples } from './printed-samples'

/** How the samples stand on the demo page: good ones first, then what can be wrong. */
const ORDER = [
  'digital-special',
  'digital-normal',
  'special-paper',
  'roll',
  'toll',
  'railway',
  'motor-vehicle',
  'used-vehicle',
  'normal-paper',
  'normal-electronic',
  'red-partial',
  'red-letter',
  'special-electronic',
  'amount-differs',
  'not-found',
  'issued-today',
  'provider-down',
]

/** All sample invoices. Dates are reckoned from `anchor`, but for the one that is issued on the product's `today`. */
export function demoSamples(anchor: string, today: string): DemoSample[] {
  const samples = [...digitalSamples(anchor), ...printedSamples(anchor), todaysSample(today)]
  return samples.sort((a, b) => ORDER.indexOf(a.id) - ORDER.indexOf(b.id))
}

/**
 * The day that the samples' dates are reckoned from: kept from start to start, so that yesterday's record can be checked
 * again today, and renewed only before the oldest sample could pass the five years.
 */
export function keepAnchor(anchor: string | null, today: string): string {
  return anchor === null || anchor > today || anchor < yearsBefore(today, 3) ? today : anchor
}
