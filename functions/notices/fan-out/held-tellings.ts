import { occasionKey } from '@shared/notice/notice'
import { endOfQuiet, isQuiet } from '@shared/notice/quiet-hours'
import { holds } from '@shared/notice/tellings'
import { concernsTelling } from '../concerns-telling'
import type { StoredNotice } from '../ports'
import type { RosterRow, Telling, Wave } from './ports'

/** A telling that its notice still stands for. */
export interface Held {
  telling: Telling
  notice: StoredNotice
}

export const toldKey = ({ noticeId, tellVersion, occasion }: Telling) => occasionKey(noticeId, tellVersion, occasion)

/** The name of its claim on the notice [functions/notices/ports.ts, claims]. */
const claimKey = ({ tellVersion, occasion, onlyAsked }: Telling) =>
  `${tellVersion}.${occasion}${onlyAsked ? '.asked' : ''}`

/** Who claimed a telling: a wave's id, null when it was overtaken, undefined when nobody has (yet). */
export const claimantOf = (telling: Telling, notice: StoredNotice) => notice.claims[claimKey(telling)]?.waveId

/**
 * What of a wave is still to be told: claimed by this wave, of the version that people were last told of, and true of the state
 * that the notice is in by now.
 */
export function heldTellings(wave: Wave, notices: readonly StoredNotice[]): Held[] {
  return wave.tellings.flatMap(telling => {
    const notice = notices.find(({ id }) => id === telling.noticeId)
    if (notice === undefined || claimantOf(telling, notice) !== wave.id) return []
    if (notice.tellVersion !== telling.tellVersion || !holds(telling.occasion, notice.state)) return []
    return [{ telling, notice }]
  })
}

/** Does a person want a telling? Who asked for the end of the very notice gets it whatever else is chosen. */
export function wants(row: RosterRow, { telling, notice }: Held): boolean {
  if (telling.occasion === 'ended' && Object.hasOwn(row.recoveries, telling.noticeId)) return true
  return !telling.onlyAsked && concernsTelling(notice, telling, row)
}

/** What goes on at night: ends, to those who asked for them. */
export function nightTellings(held: readonly Held[]): Held[] {
  const ends = held.filter(({ telling }) => telling.occasion === 'ended')
  return ends.map(({ telling, notice }) => ({ telling: { ...telling, onlyAsked: true }, notice }))
}

/**
 * A wave may outlast the day: in quiet hours only night tellings go on, the rest waits until `restsUntil`. What is begun now
 * may be sent for `leaseMs`.
 */
export function tellingsNow(
  held: readonly Held[],
  now: number,
  leaseMs: number,
): { held: readonly Held[]; restsUntil: number | null } {
  if (!isQuiet(now) && !isQuiet(now + leaseMs)) return { held, restsUntil: null }
  const rests = held.some(({ telling }) => !telling.onlyAsked)
  return { held: nightTellings(held), restsUntil: rests ? endOfQuiet(isQuiet(now) ? now : now + leaseMs) : null }
}
