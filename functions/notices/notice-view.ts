import type { NoticeView, PhaseView } from '@shared/contract/notice'
import type { Phase } from '@shared/notice/notice'
import { isOverdue, plannedEndOf, startOf } from '@shared/notice/windows'
import { byClock } from './author-notice-life'
import type { StoredNotice } from './ports'

export const iso = (ms: number) => new Date(ms).toISOString()
export const isoOrNull = (ms: number | null) => (ms === null ? null : iso(ms))

export const phaseView = (phase: Phase): PhaseView => ({
  startsAt: iso(phase.startsAt),
  endsAt: isoOrNull(phase.endsAt),
  components: [...phase.components],
  regions: [...phase.regions],
  impact: phase.impact,
  workaround: phase.workaround,
  channels: phase.channels.map(channel => (typeof channel === 'string' ? channel : { ...channel })),
})

/** A notice as readers see it at `now`, ms: in the state that the clock has brought it to, publisher or not. */
export function noticeView(stored: StoredNotice, now: number): NoticeView {
  const notice = byClock(stored, now)
  return {
    id: notice.id,
    version: notice.version,
    type: notice.type,
    state: notice.state,
    title: notice.title,
    summary: notice.summary,
    phases: notice.phases.map(phaseView),
    eta: isoOrNull(notice.eta),
    etaHistory: notice.etaHistory.map(({ at, eta }) => ({ at: iso(at), eta: isoOrNull(eta) })),
    source: notice.source,
    sourceUrl: notice.sourceUrl,
    confidence: notice.confidence,
    updates: notice.updates.map(({ at, state, text }) => ({ at: iso(at), state, text })),
    review: notice.review,
    overdue: isOverdue(notice, now),
    startsAt: isoOrNull(startOf(notice)),
    endsAt: isoOrNull(plannedEndOf(notice)),
    endedAt: isoOrNull(notice.endedAt),
    createdAt: iso(notice.createdAt),
    publishedAt: isoOrNull(notice.publishedAt),
  }
}
