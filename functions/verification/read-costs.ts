import { shanghaiDay } from '@shared/invoice/issue-date'
import { formatMoney } from '@shared/invoice/money'
import { invalidField } from '../errors'
import type { MeterStore } from '../gate/ports'
import type { Clock } from './ports'
import { startOfDay } from './start-of-day'

const WEEK_MS = 6 * 86_400_000

interface Range {
  from?: string
  to?: string
}

/** Seven days up to its end without a beginning, up to today without an end. */
function daysOf(range: Range, now: number): [from: string, to: string] {
  const first = startOfDay('from', range.from)
  const last = startOfDay('to', range.to)
  if (first !== null && last !== null && first > last) throw invalidField('to', 'days_reversed')
  const end = last ?? Math.max(now, first ?? now)
  return [shanghaiDay(first ?? end - WEEK_MS), shanghaiDay(end)]
}

/**
 * What the days cost, newest first. Money as decimal strings of yuan.
 * @throws ServiceError INVALID_FIELDS for days that are none, or reversed
 */
export async function readCosts(ports: { meters: MeterStore; clock: Clock; fenPerDay: number }, range: Range) {
  const days = await ports.meters.days(...daysOf(range, ports.clock.now()))
  return {
    limit: formatMoney(ports.fenPerDay),
    items: days.map(({ day, fen, providers }) => ({
      day,
      total: formatMoney(fen),
      providers: providers.map(({ name, calls, fen: cost, unknown }) => ({
        name,
        calls,
        amount: formatMoney(cost),
        unknown,
      })),
    })),
  }
}
