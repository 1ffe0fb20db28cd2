import type { TransitionBody } from '@shared/contract/operator-notice'
import { canMove, isOver, tellsAnew } from '@shared/notice/lifecycle'
import type { NoticeState } from '@shared/notice/notice'
import { acted, byClock, type Hand, nextVersion, reworded } from './author-notice-life'
import { withEnd, withUpdate } from './author-notice-patch'
import { BodyProblems, cleanText } from './author-notice-problems'
import type { StoredNotice } from './ports'

/** A draft can be thrown away; it takes no other move before it is public. */
const isAllowed = ({ type, state, publishedAt }: StoredNotice, to: NoticeState) =>
  canMove(type, state, to) && (publishedAt !== null || to === 'cancelled')

function endOf(before: StoredNotice, to: NoticeState, now: number): number | null {
  if (!isOver(to)) return null
  return isOver(before.state) ? before.endedAt : now
}

function moved(before: StoredNotice, body: TransitionBody, hand: Hand): StoredNotice {
  const { to } = body
  const text = cleanText(body.text ?? '')
  const tell = tellsAnew(before.state, to) && before.publishedAt !== null
  const next: StoredNotice = {
    ...before,
    state: to,
    endedAt: endOf(before, to, hand.now),
    publishAt: null,
    updates: [{ at: hand.now, state: to, text }, ...before.updates],
    ...(to === 'reviewed' && before.review === null && text !== '' && { review: text }),
  }
  const said = tell ? nextVersion(before, next, hand.now, true) : next
  return { ...said, acts: acted(said, hand, 'moved', `${before.state} → ${to}`) }
}

/**
 * The notice in another state, or with more to say in the one it is in; the very same one when that is nothing new.
 * @throws ServiceError INVALID_FIELDS for a move that its life has not, or an end that is none
 */
export function movedNotice(stored: StoredNotice, body: TransitionBody, hand: Hand): StoredNotice {
  const { now } = hand
  const before = byClock(stored, now)
  const problems = new BodyProblems()
  const isMove = body.to !== before.state
  if (isMove && !isAllowed(before, body.to)) problems.add('to', 'transition_not_allowed')
  problems.end()
  const ended = body.eta === undefined || isOver(body.to) ? before : withEnd(before, { eta: body.eta }, now, problems)
  problems.end()
  const isLater = ended.eta !== before.eta || JSON.stringify(ended.phases) !== JSON.stringify(before.phases)
  const timed = isLater ? reworded(before, ended, hand, ['eta']) : before
  const done = isMove ? moved(timed, body, hand) : withUpdate(timed, now, body.text)
  return done === before ? stored : done
}
