import { fill } from '@shared/copy/copy'
import { noticeServerCopyFor } from '@shared/copy/notice-server-copy'
import type { Phase } from '@shared/notice/notice'
import { calendarLine, calendarText, calendarTime } from './calendar-line'
import { type FeedSite, feedTitle, footText, lastChanged, noticeUrl, phaseText } from './notice-feed-text'
import type { StoredNotice } from './ports'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** What was cancelled stands there, marked as such, for so long: then every reader has seen it. */
const CANCELLED_FOR_MS = 30 * DAY_MS

/** A calendar has one component at least, § 3.6: without an entry it names the zone that our texts speak of. */
const TIME_ZONE = [
  'BEGIN:VTIMEZONE',
  'TZID:Asia/Shanghai',
  'BEGIN:STANDARD',
  'DTSTART:19920101T000000',
  'TZOFFSETFROM:+0800',
  'TZOFFSETTO:+0800',
  'TZNAME:CST',
  'END:STANDARD',
  'END:VTIMEZONE',
]

/** One window of a notice, by its place: a window that was taken away is still one, and cancelled. */
interface Entry {
  notice: StoredNotice
  at: number
  phase: Phase
  /** Since when it will not take place, ms. */
  cancelledAt: number | null
}

/** Windows of now, then those that earlier wordings had beyond them. */
function entriesOf(notice: StoredNotice): Entry[] {
  const { phases, state, endedAt, versions } = notice
  const cancelledAt = state === 'cancelled' ? (endedAt ?? notice.changedAt) : null
  const entries: Entry[] = phases.map((phase, at) => ({ notice, at, phase, cancelledAt }))
  const count = Math.max(0, ...versions.map(version => version.phases.length))
  for (let at = phases.length; at < count; at++) {
    // Newest first: the first that has it is the last one it stood in.
    const phase = versions.find(version => version.phases.length > at)?.phases[at]
    if (phase !== undefined) entries.push({ notice, at, phase, cancelledAt: cancelledAt ?? notice.changedAt })
  }
  return entries
}

/** End of the entry, and whether it is a guess: an end that nobody knows is an hour. */
function endOf({ notice, phase }: Entry): { end: number; isOpen: boolean } {
  const over = notice.type === 'incident' ? (notice.endedAt ?? notice.eta) : null
  const end = over ?? phase.endsAt
  return end !== null && end > phase.startsAt
    ? { end, isOpen: false }
    : { end: phase.startsAt + HOUR_MS, isOpen: phase.endsAt === null }
}

const STATUS = (isCancelled: boolean, { state }: StoredNotice) =>
  isCancelled ? 'CANCELLED' : state === 'suspected' ? 'TENTATIVE' : 'CONFIRMED'

function alarm(entry: Entry, site: FeedSite): string[] {
  const { notice, cancelledAt } = entry
  // Nobody is warned of what has begun without warning, nor of what will not be.
  if (cancelledAt !== null || notice.type === 'incident') return []
  const text = fill(noticeServerCopyFor(site.locale).feed.reminder, { title: notice.title })
  return ['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT1H', `DESCRIPTION:${calendarText(text)}`, 'END:VALARM']
}

function event(entry: Entry, site: FeedSite): string[] {
  const { notice, at, phase, cancelledAt } = entry
  const { end, isOpen } = endOf(entry)
  const { feed } = noticeServerCopyFor(site.locale)
  const isCancelled = cancelledAt !== null
  const url = noticeUrl(site, notice.id)
  const changed = calendarTime(lastChanged(notice))
  const parts = [
    notice.summary,
    ...phaseText(phase, site),
    ...(isOpen ? [feed.openEnd] : []),
    ...footText(notice, site),
  ]
  return [
    'BEGIN:VEVENT',
    `UID:${notice.id}-${at + 1}@yanpiao`,
    `SEQUENCE:${notice.version}`,
    `DTSTAMP:${changed}`,
    `LAST-MODIFIED:${changed}`,
    `CREATED:${calendarTime(notice.createdAt)}`,
    `DTSTART:${calendarTime(phase.startsAt)}`,
    `DTEND:${calendarTime(end)}`,
    `SUMMARY:${calendarText(feedTitle(notice, isCancelled, site))}`,
    `DESCRIPTION:${calendarText(parts.filter(part => part !== '').join('\n'))}`,
    `STATUS:${STATUS(isCancelled, notice)}`,
    'TRANSP:TRANSPARENT',
    ...(url === null ? [] : [`URL:${url}`]),
    ...alarm(entry, site),
    'END:VEVENT',
  ]
}

/**
 * Windows as a calendar (RFC 5545, RFC 7986) at `now`, ms. A window keeps its UID and raises its SEQUENCE when it is moved; one
 * that is cancelled or taken away says so for 30 days and is left out then.
 */
export function noticeCalendar(notices: readonly StoredNotice[], site: FeedSite, now: number): string {
  const { feed } = noticeServerCopyFor(site.locale)
  const entries = notices
    .flatMap(entriesOf)
    .filter(({ cancelledAt }) => cancelledAt === null || cancelledAt + CANCELLED_FOR_MS > now)
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Yanpiao//Notices//ZH',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${calendarText(feed.title)}`,
    `X-WR-CALNAME:${calendarText(feed.title)}`,
    `DESCRIPTION:${calendarText(feed.description)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    'X-WR-TIMEZONE:Asia/Shanghai',
    ...(entries.length === 0 ? TIME_ZONE : entries.flatMap(entry => event(entry, site))),
    'END:VCALENDAR',
  ]
  return lines.map(calendarLine).join('')
}
