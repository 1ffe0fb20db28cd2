import type { InvoiceKind } from '../invoice/invoice-kind'
import { kindOf } from '../invoice/invoice-kind'
import { instantOfDay } from './instant'
import { isOver } from './lifecycle'
import { type Component, type Impact, NEWS_TYPES, type Notice, type Phase } from './notice'
import { GRAVITY, isOverdue, phasesInForce, type Windowed } from './windows'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Sellers upload what they issued during a stop within two days of its end. */
const LATE_UPLOAD_MS = 48 * HOUR_MS

export interface Standing<N extends Windowed = Notice> {
  standing: 'operational' | 'maintenance' | 'incident'
  impact: Impact | null
  notice: N | null
  /** When it is expected to be over, ms; null when nobody knows, as when that has passed. */
  until: number | null
}

interface InForce<N extends Windowed> {
  notice: N
  phase: Phase
}

const isNews = ({ type }: Windowed) => NEWS_TYPES.includes(type)
const isIncident = ({ type }: Windowed) => type === 'incident'

/** Incident before maintenance, then by gravity. */
function graver<N extends Windowed>(a: InForce<N>, b: InForce<N>): number {
  return (
    Number(isIncident(b.notice)) - Number(isIncident(a.notice)) || GRAVITY[b.phase.impact] - GRAVITY[a.phase.impact]
  )
}

/** Windows in force of some components in a region (null: anywhere), the gravest first. News has none. */
function inForce<N extends Windowed>(
  components: readonly Component[],
  region: string | null,
  notices: readonly N[],
  now: number,
): InForce<N>[] {
  const found = notices
    .filter(notice => !isNews(notice))
    .flatMap(notice => phasesInForce(notice, now).map(phase => ({ notice, phase })))
  return found.filter(({ phase }) => touches(phase, components, region)).sort(graver)
}

function touches(phase: Phase, components: readonly Component[], region: string | null): boolean {
  const here = region === null || phase.regions.length === 0 || phase.regions.includes(region)
  return here && phase.components.some(component => components.includes(component))
}

/** How a component stands in a region (null: anywhere): incident over maintenance over operational, the graver impact first. */
export function standingOf<N extends Windowed>(
  component: Component,
  region: string | null,
  notices: readonly N[],
  now: number,
): Standing<N> {
  const [first] = inForce([component], region, notices, now)
  if (!first) return { standing: 'operational', impact: null, notice: null, until: null }
  const { notice, phase } = first
  const end = isIncident(notice) ? (notice.eta ?? phase.endsAt) : (phase.endsAt ?? notice.eta)
  return {
    standing: isIncident(notice) ? 'incident' : 'maintenance',
    impact: phase.impact,
    notice,
    until: end !== null && end > now ? end : null,
  }
}

/**
 * What the banner tells of: what is on or overdue by standing and impact, else what begins within 24 hours, the nearest first.
 * Never news nor a release of ours.
 */
export function bannerOf<N extends Windowed>(notices: readonly N[], now: number): N | null {
  const able = notices.filter(notice => !isNews(notice) && notice.type !== 'release')
  const on = able.flatMap(notice => phasesInForce(notice, now).map(phase => ({ notice, phase })))
  const [gravest] = on.sort(
    (a, b) => graver(a, b) || Number(isOverdue(b.notice, now)) - Number(isOverdue(a.notice, now)),
  )
  if (gravest) return gravest.notice
  const near = able
    .filter(notice => notice.publishedAt !== null && !isSilent(notice))
    .map(notice => ({ notice, at: Math.min(...notice.phases.map(p => p.startsAt).filter(at => at > now)) }))
    .filter(({ at }) => at <= now + DAY_MS)
  return near.sort((a, b) => a.at - b.at)[0]?.notice ?? null
}

const isSilent = ({ state }: Windowed) => isOver(state)

/** The components that a check of a kind goes through. */
export function componentsOfKind(kind: InvoiceKind): readonly Component[] {
  if (kind === 'DIGITAL_RAILWAY' || kind === 'DIGITAL_AIR') return ['verification', 'digital_sync', 'rail_air']
  const { checkedBy, numberLengths } = kindOf(kind)
  if (checkedBy === 'fiscal') return ['fiscal']
  if (checkedBy !== 'tax') return []
  return numberLengths.some(length => length === 20) ? ['verification', 'digital_sync'] : ['verification']
}

/** The gravest notice in force at `at`, ms, of one of the components in a region (null: not known). */
export function noticeOn<N extends Windowed>(
  components: readonly Component[],
  region: string | null,
  notices: readonly N[],
  at: number,
): N | null {
  return inForce(components, region, notices, at)[0]?.notice ?? null
}

/** The notice that explains why a check of a kind failed at `at`, ms; null when none does. */
export function noticeFor<N extends Windowed>(
  kind: InvoiceKind,
  region: string | null,
  notices: readonly N[],
  at: number,
): N | null {
  return noticeOn(componentsOfKind(kind), region, notices, at)
}

/** From when to when a window really was: to the end of the notice when that came earlier, or later than the plan. */
function tookPlace(notice: Notice, phase: Phase, now: number): { from: number; to: number } | null {
  const { endedAt } = notice
  const lasting = endedAt ?? (isOverdue(notice, now) || phase.endsAt === null ? now : null)
  const inLast =
    phase.endsAt === null || notice.phases.every(({ endsAt }) => endsAt !== null && endsAt <= (phase.endsAt ?? 0))
  const ends = phase.endsAt ?? now
  const to = endedAt !== null && endedAt < ends ? endedAt : inLast ? Math.max(ends, lasting ?? ends) : ends
  return phase.startsAt <= now && phase.startsAt < to ? { from: phase.startsAt, to } : null
}

/**
 * Whether a notice makes it likely that an invoice, issued on a day in Asia/Shanghai (`YYYY-MM-DD`), is uploaded late: part of
 * the day lies in a window that took place, or within 48 hours after it. A cancelled incident was none.
 */
export function explainsLateUpload(
  notice: Notice,
  issueDay: string,
  now: number,
  kind: InvoiceKind = 'UNKNOWN',
  region: string | null = null,
): boolean {
  const day = instantOfDay(issueDay)
  if (day === null || isNews(notice) || notice.publishedAt === null) return false
  if (notice.state === 'cancelled' && isIncident(notice)) return false
  return notice.phases.some(phase => {
    if (phase.impact === 'slow' || !touches(phase, componentsOfKind(kind), region)) return false
    const real = tookPlace(notice, phase, now)
    return real !== null && day < real.to + LATE_UPLOAD_MS && day + DAY_MS > real.from
  })
}
