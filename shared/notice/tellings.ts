import { advance, stateSince } from './advance'
import { hasEnded, isOver, isPlanned } from './lifecycle'
import { type Notice, type NoticeState, type NoticeType, OCCASIONS, type Occasion, type Phase } from './notice'
import { endOfQuiet, isQuiet } from './quiet-hours'
import { phasesChange } from './window-change'
import { plannedEndOf, startOf } from './windows'

const HOUR_MS = 3_600_000

/** What was claimed, by `<tellVersion>.<occasion>`; `waveId` null of what was overtaken before it was told. Times in ms. */
export type Claims = Readonly<Record<string, { waveId: string | null; at: number }>>

/** A notice with its earlier wordings, which say whether a window was only made longer. */
export type Tellable = Notice & { versions?: readonly { version: number; phases: readonly Phase[] }[] }

export interface Claimed {
  /** `<tellVersion>.<occasion>`, or `<tellVersion>.ended.asked`. */
  key: string
  occasion: Occasion
  /** Only to those who asked for the end of this very notice. */
  onlyAsked: boolean
  /** False: overtaken, claimed with no wave. */
  tell: boolean
}

const NEWS = ['published', 'changed', 'extended'] as const
/** What is told of a notice of a type. */
export const TOLD_OF: Readonly<Record<NoticeType, readonly Occasion[]>> = {
  maintenance: OCCASIONS,
  incident: [...NEWS, 'ended'],
  statement: ['published'],
  policy: ['published', 'before_24h'],
  provider_end: ['published', 'before_24h'],
  release: ['published'],
}

/** Whether an occasion is still true of a state; what is not is overtaken. A cancellation is told as `changed`. */
export function holds(occasion: Occasion, state: NoticeState): boolean {
  if (occasion === 'ended') return hasEnded(state)
  if (occasion === 'started') return state === 'in_progress'
  if (occasion === 'before_24h' || occasion === 'before_1h') return state === 'scheduled'
  return !isOver(state) || (occasion === 'changed' && state === 'cancelled')
}

/** The newest version of which people were told; null when of none. */
function toldVersion(claims: Claims): number | null {
  const told = Object.keys(claims).filter(key => claims[key]?.waveId !== null && !key.endsWith('.asked'))
  return told.length === 0 ? null : Math.max(...told.map(key => Number.parseInt(key, 10)))
}

const endClaims = (claims: Claims) => Object.keys(claims).filter(key => key.includes('.ended'))

/** The end of what is over was claimed already, under this version or an earlier one. */
function endIsTold(notice: Notice, claims: Claims): boolean {
  const { endedAt } = notice
  return endClaims(claims).some(key => !key.endsWith('.asked') && (claims[key]?.at ?? 0) >= (endedAt ?? 0))
}

interface Due {
  occasion: Occasion
  at: number
  /** Worth telling while it holds. */
  worth: boolean
}

/** What this version is to people: the first they hear, a longer window, or another change. */
function newsOf(notice: Tellable, claims: Claims): { occasion: Occasion; worth: boolean } {
  const claimed = NEWS.find(occasion => claims[`${notice.tellVersion}.${occasion}`])
  if (claimed) return { occasion: claimed, worth: false }
  const known = toldVersion(claims)
  if (known === null) return { occasion: 'published', worth: true }
  const older = (notice.versions ?? []).filter(({ version }) => version >= known && version < notice.tellVersion)
  const was = older.reduce<(typeof older)[number] | null>((a, b) => (a && a.version < b.version ? a : b), null)
  if (was === null) return { occasion: 'changed', worth: true }
  const begun = !isPlanned(notice.type) || (startOf(was) ?? notice.changedAt) <= notice.changedAt
  const change = phasesChange(was.phases, notice.phases, begun)
  if (change === 'extended') return { occasion: 'extended', worth: true }
  // Changed and changed back before anybody was told is no news; what was over and is open again is.
  const opened = endClaims(claims).some(key => claims[key]?.waveId !== null)
  return { occasion: 'changed', worth: change === 'changed' || (opened && !isOver(notice.state)) }
}

/** Reminders and start of a plan. What lies before the change that made this version belonged to an earlier one. */
function aheadOf(notice: Notice, since: number): Due[] {
  const start = startOf(notice)
  if (!isPlanned(notice.type) || start === null) return []
  const begun = notice.state === 'in_progress' ? stateSince(notice)?.at : undefined
  const moments = [
    { occasion: 'before_24h', planned: start - 24 * HOUR_MS },
    { occasion: 'before_1h', planned: start - HOUR_MS },
    { occasion: 'started', planned: start, at: Math.min(start, begun ?? start) },
  ] as const
  return moments
    .filter(({ planned }) => planned > since)
    .map(moment => ({ occasion: moment.occasion, at: 'at' in moment ? moment.at : moment.planned, worth: true }))
}

/** The occasions of this version of a public notice with the moment of each, ms; those ahead, too. */
function occasionsOf(notice: Tellable, claims: Claims, publishedAt: number): Due[] {
  const since = Math.max(publishedAt, notice.changedAt)
  const overAt = notice.endedAt ?? since
  const news = { ...newsOf(notice, claims), at: since }
  const due: Due[] = [news, ...aheadOf(notice, since)]
  if (notice.state === 'cancelled') {
    const off: Due = { occasion: 'changed', at: overAt, worth: toldVersion(claims) !== null }
    if (news.occasion === 'changed') due.shift()
    due.push(off)
  }
  if (hasEnded(notice.state)) due.push({ occasion: 'ended', at: overAt, worth: !endIsTold(notice, claims) })
  return due.filter(({ occasion }) => TOLD_OF[notice.type].includes(occasion))
}

const keyOf = (notice: Notice, occasion: Occasion) => `${notice.tellVersion}.${occasion}`

/** Moments ahead at which a telling falls due, ms; quiet hours are not heeded. */
export function tellingMoments(notice: Tellable, claims: Claims, now: number): number[] {
  if (notice.publishedAt === null) return []
  const due = occasionsOf(notice, claims, notice.publishedAt)
  return due.filter(({ occasion, at }) => at > now && !claims[keyOf(notice, occasion)]).map(({ at }) => at)
}

/**
 * What has to be claimed of a notice at `now`, ms: of what fell due and is not claimed the newest that still holds is told, the
 * rest is overtaken. In quiet hours nothing but the end, to those who asked for it.
 */
export function tellingsAt(notice: Tellable, claims: Claims, now: number): Claimed[] {
  if (notice.publishedAt === null) return []
  const { state, endedAt } = advance(notice, now, null)
  const seen = { ...notice, state, endedAt }
  if (isQuiet(now)) return endForAsked(seen, claims)
  const due = occasionsOf(seen, claims, notice.publishedAt)
  const open = due.filter(({ occasion, at }) => at <= now && !claims[keyOf(seen, occasion)])
  const newest = open
    .filter(({ occasion, worth }) => worth && holds(occasion, state))
    .sort((a, b) => b.at - a.at || OCCASIONS.indexOf(b.occasion) - OCCASIONS.indexOf(a.occasion))[0]
  return open.map(one => ({
    key: keyOf(seen, one.occasion),
    occasion: one.occasion,
    onlyAsked: false,
    tell: one === newest,
  }))
}

function endForAsked(notice: Notice, claims: Claims): Claimed[] {
  const key = `${keyOf(notice, 'ended')}.asked`
  const told = endClaims(claims).some(one => (claims[one]?.at ?? 0) >= (notice.endedAt ?? 0))
  if (!hasEnded(notice.state) || !TOLD_OF[notice.type].includes('ended') || claims[key] || told) return []
  return [{ key, occasion: 'ended', onlyAsked: true, tell: true }]
}

/** What a scarce message is kept for, the most important highest; `asked`: the person asked for the end of this notice. */
export function rankOf(occasion: Occasion, notice: Pick<Notice, 'type'>, asked: boolean): number {
  if (occasion === 'ended') return asked || notice.type === 'incident' ? 5 : 3
  if (occasion === 'started') return 2
  return occasion === 'before_24h' || occasion === 'before_1h' ? 1 : 4
}

/**
 * How many occasions of the same template that outrank this one the clock is certain to bring: before a maintenance begins its
 * start, when that will be told. Ends have a template of their own, and changes are never certain.
 */
export function certainAhead(notice: Notice, now: number, occasion: Occasion): number {
  const start = startOf(notice)
  if (rankOf(occasion, notice, false) >= rankOf('started', notice, false)) return 0
  if (notice.type !== 'maintenance' || notice.state !== 'scheduled' || start === null || start <= now) return 0
  const end = plannedEndOf(notice)
  return end === null || end > endOfQuiet(start) ? 1 : 0
}
