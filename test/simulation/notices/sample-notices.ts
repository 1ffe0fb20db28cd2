import type { StoredNotice } from '../../../functions/notices/ports'
import type { Component, NoticeType, Phase } from '../../../shared/notice/notice'

const phase = (
  startsAt: number,
  endsAt: number | null,
  components: readonly Component[],
  regions: string[] = [],
): Phase => {
  return { startsAt, endsAt, components, regions, impact: 'down', workaround: null, channels: [] }
}

/** A draft that becomes public by itself at `publishAt`. */
export function timedNotice(
  id: string,
  type: NoticeType,
  publishAt: number,
  window: { startsAt: number; endsAt: number | null; components: readonly Component[]; regions?: string[] },
): StoredNotice {
  return {
    id,
    version: 1,
    type,
    state: type === 'incident' ? 'investigating' : 'scheduled',
    title: `通知 ${id}`,
    summary: '',
    phases: [phase(window.startsAt, window.endsAt, window.components, window.regions)],
    eta: null,
    etaHistory: [],
    source: 'test',
    sourceUrl: null,
    confidence: 'confirmed',
    updates: [],
    review: null,
    createdAt: publishAt - 60_000,
    publishedAt: null,
    changedAt: publishAt - 60_000,
    tellVersion: 1,
    endedAt: null,
    rev: 1,
    publishAt,
    origin: 'operator',
    originRef: null,
    acts: [],
    versions: [],
    claims: {},
    wakeAt: publishAt,
  }
}

/** The windows moved: a new version that people are told of. */
export function movedBy(notice: StoredNotice, ms: number, now: number): StoredNotice {
  const { version, title, summary, phases } = notice
  return {
    ...notice,
    version: version + 1,
    tellVersion: version + 1,
    changedAt: now,
    phases: phases.map(one => ({ ...one, startsAt: one.startsAt + ms, endsAt: (one.endsAt ?? one.startsAt) + ms })),
    versions: [{ version, at: now, title, summary, phases }, ...notice.versions],
    wakeAt: now,
  }
}

export const cancelled = (notice: StoredNotice, now: number): StoredNotice => ({
  ...notice,
  state: 'cancelled',
  endedAt: now,
  version: notice.version + 1,
  tellVersion: notice.version + 1,
  changedAt: now,
  updates: [{ at: now, state: 'cancelled', text: '' }, ...notice.updates],
  wakeAt: now,
})

export const resolved = (notice: StoredNotice, now: number): StoredNotice => ({
  ...notice,
  state: 'resolved',
  endedAt: now,
  version: notice.version + 1,
  updates: [{ at: now, state: 'resolved', text: '' }, ...notice.updates],
  wakeAt: now,
})
