import type { Status } from '@shared/contract/notice'
import { shanghaiDay } from '@shared/invoice/issue-date'
import { byClock } from './author-notice-life'
import type { TrafficStore } from './ports'
import { isAbout, type ReadPorts } from './read-notices'
import { statusView } from './status-view'

const DAY_MS = 24 * 3_600_000
const RECENT_MS = 15 * 60_000
const DAYS = 90

/** How every component stands now, in a region (null: anywhere): three reads, however much there is to tell. */
export async function readStatus(ports: ReadPorts & { traffic: TrafficStore }, region: string | null): Promise<Status> {
  const now = ports.clock.now()
  const [active, recent, days] = await Promise.all([
    ports.notices.active(),
    ports.traffic.since(now - RECENT_MS),
    ports.traffic.days(shanghaiDay(now - (DAYS - 1) * DAY_MS), shanghaiDay(now)),
  ])
  const place = region === null ? {} : { region }
  const notices = active.filter(notice => isAbout(notice, place)).map(notice => byClock(notice, now))
  return statusView(notices, region, { recent, days }, now)
}
