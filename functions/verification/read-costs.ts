import { shanghaiDay } from '@shared/invoice/issue-date'
import { formatMoney } from '@shared/invoice/money'
import type { MeterStore } from '../gate/ports'
import type { Clock } from './ports'

const WEEK_MS = 6 * 86_400_000

/** What the days cost, newest first; the last seven without a range. Money as decimal strings of yuan. */
export async function readCosts(
  ports: { meters: MeterStore; clock: Clock; fenPerDay: number },
  range: { from?: string; to?: string },
) {
  const now = ports.clock.now()
  const days = await ports.meters.days(range.from ?? shanghaiDay(now - WEEK_MS), range.to ?? shanghaiDay(now))
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
