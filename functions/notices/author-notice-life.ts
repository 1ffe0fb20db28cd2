import { noticeServerCopyFor } from '@shared/copy/notice-server-copy'
import { advance } from '@shared/notice/advance'
import { firstState } from '@shared/notice/lifecycle'
import type { NoticeState } from '@shared/notice/notice'
import { windowChange } from '@shared/notice/window-change'
import type { Act, StoredNotice } from './ports'

/** Who changes a notice, and when. */
export interface Hand {
  /** Short keyed name. */
  by: string
  /** Ms. */
  now: number
}

/** The acts with one more, newest first. */
export const acted = (notice: StoredNotice, { by, now }: Hand, act: Act['act'], detail: string): Act[] => [
  { at: now, by, act, version: notice.version, detail },
  ...notice.acts,
]

/** Notices are written in Chinese, and so is what the clock says of them. */
const CLOCK_WORDS: Readonly<Partial<Record<NoticeState, string>>> = noticeServerCopyFor('zh-CN').byClock

/** A public notice as the clock has it by now; the very same one when it has not moved. */
export function byClock(notice: StoredNotice, now: number): StoredNotice {
  const { state, endedAt, moves } = advance(notice, now, null)
  if (moves.length === 0) return notice
  const updates = moves.map(move => ({ ...move, text: CLOCK_WORDS[move.state] ?? '' })).reverse()
  const acts = updates.map(move => ({
    at: now,
    by: 'clock',
    act: 'moved' as const,
    version: notice.version,
    detail: move.state,
  }))
  return { ...notice, state, endedAt, updates: [...updates, ...notice.updates], acts: [...acts, ...notice.acts] }
}

/** A draft becomes public now. */
export function published(draft: StoredNotice, hand: Hand): StoredNotice {
  const state = firstState(draft.type, draft.phases, hand.now, draft.state)
  return {
    ...draft,
    state,
    publishedAt: hand.now,
    publishAt: null,
    updates: [{ at: hand.now, state, text: '' }, ...draft.updates],
    acts: acted(draft, hand, 'published', state),
  }
}

/** The earlier wording, with the time at which it was written. */
function wordingOf({ version, title, summary, phases, acts, createdAt }: StoredNotice) {
  const written = acts.filter(act => act.version === version).at(-1)?.at ?? createdAt
  return { version, at: written, title, summary, phases }
}

/** The next version: earlier wordings are kept, and people are told again when `tell` says so. */
export function nextVersion(before: StoredNotice, after: StoredNotice, now: number, tell: boolean): StoredNotice {
  const version = before.version + 1
  return {
    ...after,
    version,
    versions: [wordingOf(before), ...before.versions],
    ...(tell && { tellVersion: version, changedAt: now }),
  }
}

/** `after` says something else than `before`: the next version, which is told when its windows or their impact changed. */
export function reworded(
  before: StoredNotice,
  after: StoredNotice,
  hand: Hand,
  fields: readonly string[],
): StoredNotice {
  const change = windowChange(before, after, hand.now)
  const next = nextVersion(before, after, hand.now, change !== 'none')
  return { ...next, acts: acted(next, hand, change === 'extended' ? 'extended' : 'edited', fields.join(', ')) }
}
