import { noticeServerCopyFor } from '@shared/copy/notice-server-copy'
import { type Advanced, advance } from '@shared/notice/advance'
import { firstState } from '@shared/notice/lifecycle'
import { nextWake } from '@shared/notice/next-wake'
import type { NoticeState } from '@shared/notice/notice'
import { type Claimed, tellingsAt } from '@shared/notice/tellings'
import type { Telling } from './fan-out/ports'
import type { Act, StoredNotice } from './ports'

/** What one look of the publisher makes of a notice. */
export interface Step {
  /** As it is to be written; the same object when there is nothing to write. */
  notice: StoredNotice
  tellings: readonly Telling[]
  /** A draft became public. */
  published: boolean
  moves: Advanced['moves']
}

const byClock = (notice: StoredNotice, at: number, act: Act['act'], detail: string): Act => {
  return { at, by: 'clock', act, version: notice.version, detail }
}

/** A timed draft at its time; anything else as it is. */
function publishedOnTime(notice: StoredNotice, now: number): StoredNotice {
  const { publishAt } = notice
  if (notice.publishedAt !== null || publishAt === null || publishAt > now) return notice
  const state = firstState(notice.type, notice.phases, now, notice.state)
  return {
    ...notice,
    state,
    publishAt: null,
    publishedAt: now,
    updates: [{ at: now, state, text: '' }, ...notice.updates],
    acts: [byClock(notice, now, 'published', state), ...notice.acts],
  }
}

/** What an update says of a move that nobody has made: words in Chinese, like all of a notice. */
function textOf(state: NoticeState, byTraffic: boolean): string {
  const words = noticeServerCopyFor('zh-CN')
  if (state === 'completed' && byTraffic) return words.byTraffic
  const byClock: Partial<Record<NoticeState, string>> = words.byClock
  return byClock[state] ?? ''
}

function moved(notice: StoredNotice, now: number, advanced: Advanced, byTraffic: boolean): StoredNotice {
  const { state, endedAt, moves } = advanced
  if (moves.length === 0) return notice
  const newestFirst = [...moves].reverse()
  return {
    ...notice,
    state,
    endedAt,
    updates: [...newestFirst.map(move => ({ ...move, text: textOf(move.state, byTraffic) })), ...notice.updates],
    acts: [...newestFirst.map(move => byClock(notice, now, 'moved', move.state)), ...notice.acts],
  }
}

const isSame = (one: StoredNotice, other: StoredNotice) =>
  one === other || (one.wakeAt === other.wakeAt && one.claims === other.claims && one.state === other.state)

/**
 * Brings a notice to where it stands at `now`, ms, and claims for the wave what people are to be told. Pure, and idempotent: what
 * it has made it leaves as it is. `traffic`: own checks of its components, as trafficSince asks for them.
 */
export function publishStep(
  notice: StoredNotice,
  waveId: string,
  now: number,
  traffic: { answered: number; failed: number } | null,
): Step {
  const shown = publishedOnTime(notice, now)
  const advanced = advance(shown, now, traffic)
  const stands = moved(shown, now, advanced, traffic !== null)
  const claimed = tellingsAt(stands, stands.claims, now)
  const claims = claimed.length === 0 ? stands.claims : { ...stands.claims, ...claimsOf(claimed, waveId, now) }
  const next = { ...stands, claims, wakeAt: nextWake(stands, claims, now) }
  return {
    notice: isSame(notice, next) ? notice : next,
    tellings: claimed.filter(({ tell }) => tell).map(one => tellingOf(notice, one)),
    published: shown !== notice,
    moves: advanced.moves,
  }
}

const claimsOf = (claimed: readonly Claimed[], waveId: string, at: number) =>
  Object.fromEntries(claimed.map(({ key, tell }) => [key, { waveId: tell ? waveId : null, at }]))

const tellingOf = ({ id, tellVersion }: StoredNotice, { occasion, onlyAsked }: Claimed): Telling => {
  return { noticeId: id, tellVersion, occasion, onlyAsked }
}
