import { isOver, isPlanned } from './lifecycle'
import type { Notice, NoticeState, Phase } from './notice'
import { endByClock, startOf } from './windows'

const MINUTE_MS = 60_000
/** Own traffic that ends a maintenance: of the last 15 minutes, at least five answers, less than a fifth failed. */
const LOOK_BACK_MS = 15 * MINUTE_MS
const ENOUGH_ANSWERS = 5
const TOO_MANY_FAILED = 0.2

export interface Advanced {
  state: NoticeState
  endedAt: number | null
  /** The moves in order, each with the moment at which it was due, ms: what the publisher writes among the updates. */
  moves: readonly { at: number; state: NoticeState }[]
}

/** Since when it is in its state, and in which it was before, by its updates; null when they do not tell. */
export function stateSince(
  notice: Pick<Notice, 'state' | 'updates'>,
): { at: number; before: NoticeState | null } | null {
  const other = notice.updates.findIndex(update => update.state !== notice.state)
  const run = other === -1 ? notice.updates : notice.updates.slice(0, other)
  const first = run.at(-1)
  return first === undefined ? null : { at: first.at, before: notice.updates[other]?.state ?? null }
}

/** A notice with its earlier wordings, newest first, as the server keeps it. */
export type Reworded = Notice & { versions?: readonly { version: number; phases: readonly Phase[] }[] }

/** The last change moved the beginning itself: a later end says nothing of when it began. */
function beganAnew({ versions = [], tellVersion, phases }: Reworded): boolean {
  const before = versions.find(({ version }) => version < tellVersion)
  return before === undefined || startOf(before) !== startOf({ phases })
}

/** Where a notice goes whose windows were moved after it came to its state; its state when nothing of that is so. */
function movedBack(notice: Reworded, now: number): NoticeState {
  const { state } = notice
  if (state !== 'in_progress' && state !== 'verifying') return state
  if (notice.changedAt < (stateSince(notice)?.at ?? Number.NEGATIVE_INFINITY)) return state
  const [start, end] = [startOf(notice), endByClock(notice)]
  if (start !== null && start > now && beganAnew(notice)) return 'scheduled'
  return state === 'verifying' && end !== null && end > now ? 'in_progress' : state
}

/** An operator put it back from `verifying` after its end: it is for the operator to end it. */
function heldOn(notice: Notice, end: number): boolean {
  const since = stateSince(notice)
  return since !== null && since.before === 'verifying' && since.at >= end && notice.changedAt < since.at
}

/**
 * Moves a public notice by the clock to where it stands at `now`, ms: several moves at once when late, none the second time.
 * Never backwards, but when its windows were moved since: before a start that was moved ahead it is `scheduled` again, before an end
 * that lies ahead `in_progress`. `traffic` is what `trafficSince` asks for. Incidents are moved by people alone.
 */
export function advance(notice: Reworded, now: number, traffic: { answered: number; failed: number } | null): Advanced {
  const moves: { at: number; state: NoticeState }[] = []
  let state = notice.state
  if (notice.publishedAt === null || !isPlanned(notice.type) || isOver(state)) {
    return { state, endedAt: notice.endedAt, moves }
  }
  const move = (to: NoticeState, at: number) => {
    state = to
    moves.push({ at, state })
  }
  const back = movedBack(notice, now)
  if (back !== state) move(back, notice.changedAt)
  const begins = startOf(notice) ?? notice.publishedAt
  if (state === 'scheduled' && begins <= now) move('in_progress', begins)
  const end = endByClock(notice)
  if (state === 'in_progress' && end !== null && end <= now && !heldOn(notice, end)) {
    move(notice.type === 'maintenance' ? 'verifying' : 'completed', end)
  }
  if (state === 'verifying' && traffic !== null && showsRecovery(traffic)) move('completed', now)
  return { state, endedAt: isOver(state) ? (moves.at(-1)?.at ?? null) : notice.endedAt, moves }
}

function showsRecovery({ answered, failed }: { answered: number; failed: number }): boolean {
  return answered >= ENOUGH_ANSWERS && failed / (answered + failed) < TOO_MANY_FAILED
}

/**
 * From when on our own checks of its components have to be counted to judge whether a maintenance is over: whole minutes of the
 * last 15 that lie after its end, ms. Null when traffic does not decide now.
 */
export function trafficSince(notice: Notice, now: number): number | null {
  if (notice.type !== 'maintenance' || advance(notice, now, null).state !== 'verifying') return null
  const since = notice.state === 'verifying' ? stateSince(notice)?.at : undefined
  const over = since ?? endByClock(notice)
  if (over === null) return null
  return Math.max(now - LOOK_BACK_MS, Math.ceil(over / MINUTE_MS) * MINUTE_MS)
}
