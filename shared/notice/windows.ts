import { isOver, isPlanned } from './lifecycle'
import { COMPONENTS, type Component, type Notice, type NoticeState, type Phase } from './notice'

/** What the windows of a notice are judged by; the phone knows no more. */
export type Windowed = Pick<Notice, 'type' | 'state' | 'phases' | 'eta' | 'publishedAt'>

/** What speaks of no window, or of windows without an end, is history after that. */
const READ_FOR_MS = 30 * 86_400_000

/** Start of the first window, ms; null without windows. */
export function startOf(notice: Pick<Notice, 'phases'>): number | null {
  return notice.phases.length === 0 ? null : Math.min(...notice.phases.map(phase => phase.startsAt))
}

/** End of the last window, ms; null without windows and while the end of one is not known. */
function lastEndOf(phases: readonly Phase[]): number | null {
  let last: number | null = null
  for (const { endsAt } of phases) {
    if (endsAt === null) return null
    last = Math.max(last ?? endsAt, endsAt)
  }
  return last
}

/** When it should be over, ms; null when nobody knows. A plan keeps to its windows, an incident to what was last expected. */
export function plannedEndOf(notice: Pick<Notice, 'type' | 'phases' | 'eta'>): number | null {
  const last = lastEndOf(notice.phases)
  return isPlanned(notice.type) ? (last ?? notice.eta) : (notice.eta ?? last)
}

/** When the clock takes a plan on: to `verifying` a maintenance, to its end what has nothing to verify. */
export function endByClock(notice: Windowed): number | null {
  if (!isPlanned(notice.type) || notice.publishedAt === null) return null
  const planned = plannedEndOf(notice)
  if (planned !== null || notice.type === 'maintenance') return planned
  return Math.max(notice.publishedAt, ...notice.phases.map(phase => phase.startsAt)) + READ_FOR_MS
}

/** The state that the clock has brought a public notice to by now, whether or not the publisher has written it down. */
export function stateAt(notice: Windowed, now: number): NoticeState {
  const { type, state, publishedAt } = notice
  if (publishedAt === null || !isPlanned(type)) return state
  const begins = startOf(notice) ?? publishedAt
  const end = endByClock(notice)
  const begun = state === 'scheduled' && begins <= now ? 'in_progress' : state
  if (begun !== 'in_progress' || end === null || end > now) return begun
  return type === 'maintenance' ? 'verifying' : 'completed'
}

/** Public, begun, and not over. Between two of its windows a notice is on. */
export function isOn(notice: Windowed, now: number): boolean {
  const state = stateAt(notice, now)
  return notice.publishedAt !== null && state !== 'scheduled' && !isOver(state)
}

/** Public, and its first window lies ahead. */
export function isUpcoming(notice: Windowed, now: number): boolean {
  return notice.publishedAt !== null && stateAt(notice, now) === 'scheduled'
}

/** Should be over, and nobody has said that it is. */
export function isOverdue(notice: Windowed, now: number): boolean {
  const end = plannedEndOf(notice)
  return end !== null && end <= now && isOn(notice, now)
}

/**
 * The windows in force. Who started early is in its first ones, who is late still in those that end last; between two windows
 * none is.
 */
export function phasesInForce(notice: Windowed, now: number): readonly Phase[] {
  if (!isOn(notice, now)) return []
  const begun = notice.phases.filter(phase => phase.startsAt <= now)
  if (begun.length === 0) return notice.phases.filter(phase => phase.startsAt === startOf(notice))
  const within = begun.filter(phase => phase.endsAt === null || now < phase.endsAt)
  if (within.length > 0) return within
  if (begun.length < notice.phases.length) return []
  return begun.filter(phase => phase.endsAt === lastEndOf(begun))
}

/** How grave an impact is, the gravest highest. */
export const GRAVITY = { slow: 1, delayed: 2, read_only: 3, down: 4 } as const satisfies Record<Phase['impact'], number>

/** The gravest window in force; null when none is. */
export function phaseNow(notice: Windowed, now: number): Phase | null {
  const [gravest] = [...phasesInForce(notice, now)].sort((a, b) => GRAVITY[b.impact] - GRAVITY[a.impact])
  return gravest ?? null
}

/** Every component that a window names, in the order of the status page. */
export function componentsOf(notice: Pick<Notice, 'phases'>): Component[] {
  return COMPONENTS.filter(component => notice.phases.some(phase => phase.components.includes(component)))
}

/** Every region that a window names, in order; empty when one is everywhere. */
export function regionsOf(notice: Pick<Notice, 'phases'>): string[] {
  if (notice.phases.some(phase => phase.regions.length === 0)) return []
  return [...new Set(notice.phases.flatMap(phase => phase.regions))].sort()
}

const meet = <T>(some: readonly T[], others: readonly T[]) => some.some(one => others.includes(one))

/** Whether a window of the notice is about one of the components, in one of the regions; no regions on a side: everywhere. */
export function concerns(
  notice: Pick<Notice, 'phases'>,
  who: { components: readonly Component[]; regions: readonly string[] },
): boolean {
  return notice.phases.some(
    phase =>
      meet(phase.components, who.components) &&
      (phase.regions.length === 0 || who.regions.length === 0 || meet(phase.regions, who.regions)),
  )
}
