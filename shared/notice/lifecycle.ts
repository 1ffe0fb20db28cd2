import type { NoticeState, NoticeType } from './notice'

type Moves = Readonly<Partial<Record<NoticeState, readonly NoticeState[]>>>

/** What an operator may do, by state. A state that is not named leads nowhere. */
const PLANNED: Moves = {
  scheduled: ['in_progress', 'cancelled'],
  in_progress: ['verifying', 'completed', 'cancelled'],
  verifying: ['completed', 'in_progress'],
  completed: ['reviewed'],
}

const INCIDENT: Moves = {
  suspected: ['investigating', 'identified', 'monitoring', 'resolved', 'cancelled'],
  investigating: ['identified', 'monitoring', 'resolved', 'cancelled'],
  identified: ['investigating', 'monitoring', 'resolved', 'cancelled'],
  monitoring: ['investigating', 'identified', 'resolved', 'cancelled'],
  resolved: ['investigating', 'reviewed'],
}

const OVER: readonly NoticeState[] = ['completed', 'cancelled', 'resolved', 'reviewed']
const OF_INCIDENT_FIRST: readonly NoticeState[] = ['suspected', 'investigating', 'identified', 'monitoring']

/** Planned notices are moved by the clock, incidents by people alone. */
export function isPlanned(type: NoticeType): boolean {
  return type !== 'incident'
}

export function isOver(state: NoticeState): boolean {
  return OVER.includes(state)
}

/** It took place and has ended: not cancelled. */
export function hasEnded(state: NoticeState): boolean {
  return isOver(state) && state !== 'cancelled'
}

/** Where an operator may move a notice from here, in the order to offer it. */
export function movesFrom(type: NoticeType, state: NoticeState): readonly NoticeState[] {
  return (isPlanned(type) ? PLANNED : INCIDENT)[state] ?? []
}

export function canMove(type: NoticeType, from: NoticeState, to: NoticeState): boolean {
  return movesFrom(type, from).includes(to)
}

/**
 * A move that people must be told of although no window changed: cancelling, and opening again what was over. Whoever makes it
 * raises `version`, and sets `tellVersion` to it and `changedAt` to the time of the move, or the telling may be taken for told.
 */
export function tellsAnew(from: NoticeState, to: NoticeState): boolean {
  return to === 'cancelled' || (isOver(from) && !isOver(to))
}

/**
 * The state to begin with. A plan waits for its first window when that lies ahead; without windows it is in force. Of an
 * incident the state that was said, when an incident can begin with it.
 */
export function firstState(
  type: NoticeType,
  phases: readonly { startsAt: number }[],
  now: number,
  said?: NoticeState,
): NoticeState {
  if (!isPlanned(type)) return said !== undefined && OF_INCIDENT_FIRST.includes(said) ? said : 'investigating'
  return phases.length > 0 && phases.every(phase => phase.startsAt > now) ? 'scheduled' : 'in_progress'
}
