import type { ComponentStatus, Status } from '@shared/contract/notice'
import { COMPONENTS, type Component } from '@shared/notice/notice'
import { standingOf } from '@shared/notice/relevance'
import { GRAVITY, isOn, isUpcoming, phaseNow, startOf } from '@shared/notice/windows'
import { iso, isoOrNull, noticeView } from './notice-view'
import type { StoredNotice, TrafficStore } from './ports'

/** What our own checks showed. */
export interface Measured {
  /** Of the last 15 minutes. */
  recent: Awaited<ReturnType<TrafficStore['since']>>
  days: Awaited<ReturnType<TrafficStore['days']>>
}

/** Below this a share says more about chance than about a component. */
const ENOUGH_CHECKS = 20

function recentOf(component: Component, { recent }: Measured): ComponentStatus['recent'] {
  const { answered, failed } = recent[component] ?? { answered: 0, failed: 0 }
  const checks = answered + failed
  return { checks, failedShare: checks < ENOUGH_CHECKS ? null : Math.round((failed / checks) * 1000) / 1000 }
}

function componentStatus(
  component: Component,
  region: string | null,
  notices: readonly StoredNotice[],
  measured: Measured,
  now: number,
): ComponentStatus {
  const { standing, impact, notice, until } = standingOf(component, region, notices, now)
  return {
    component,
    standing,
    impact,
    noticeId: notice?.id ?? null,
    until: isoOrNull(until),
    recent: recentOf(component, measured),
    days: measured.days.flatMap(({ day, components }) => {
      const sums = components[component]
      return sums === undefined ? [] : [{ day, ...sums }]
    }),
  }
}

/** Incidents before the rest, then by what is out of order now. */
function gravity(notice: StoredNotice, now: number): number {
  const phase = phaseNow(notice, now)
  return (notice.type === 'incident' ? 10 : 0) + (phase === null ? 0 : GRAVITY[phase.impact])
}

/** Everything about now at `now`, ms, from notices that are not over, as the clock has them. */
export function statusView(
  notices: readonly StoredNotice[],
  region: string | null,
  measured: Measured,
  now: number,
): Status {
  const current = notices.filter(notice => isOn(notice, now)).sort((a, b) => gravity(b, now) - gravity(a, now))
  const upcoming = notices
    .filter(notice => isUpcoming(notice, now))
    .sort((a, b) => (startOf(a) ?? now) - (startOf(b) ?? now))
  return {
    now: iso(now),
    components: COMPONENTS.map(component => componentStatus(component, region, notices, measured, now)),
    current: current.map(notice => noticeView(notice, now)),
    upcoming: upcoming.map(notice => noticeView(notice, now)),
  }
}
