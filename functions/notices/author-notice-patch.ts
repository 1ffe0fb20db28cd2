import type { NoticePatch } from '@shared/contract/operator-notice'
import { isOver } from '@shared/notice/lifecycle'
import { etaOf, judgeEta, requiredLine } from './author-notice-draft'
import { byClock, type Hand, published, reworded } from './author-notice-life'
import { endedAt, judgePublic, phasesFrom } from './author-notice-phases'
import { BodyProblems, cleanText } from './author-notice-problems'
import type { StoredNotice } from './ports'

const WORDING = ['title', 'summary', 'phases', 'source', 'sourceUrl', 'confidence', 'eta', 'review'] as const

const differs = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other)

/** An update in front of the others; not when the newest says the same already. */
export function withUpdate(notice: StoredNotice, now: number, text: string | undefined): StoredNotice {
  const said = cleanText(text ?? '')
  const [newest] = notice.updates
  if (said === '' || (newest?.text === said && newest.state === notice.state)) return notice
  return { ...notice, updates: [{ at: now, state: notice.state, text: said }, ...notice.updates] }
}

/** Windows and expected end after a change of them. */
export function withEnd(
  notice: StoredNotice,
  change: Pick<NoticePatch, 'phases' | 'eta'>,
  now: number,
  problems: BodyProblems,
): StoredNotice {
  const { type } = notice
  const said = problems.instantOrNull('eta', change.eta)
  const isSaid = change.eta !== undefined
  const written = change.phases === undefined ? notice.phases : phasesFrom(change.phases, type, problems)
  const phases = isSaid && change.phases === undefined ? endedAt(written, said, type, problems) : written
  judgeEta(isSaid ? said : null, phases, problems)
  const eta = etaOf(type, phases, isSaid ? said : notice.eta)
  return {
    ...notice,
    phases,
    eta,
    ...(eta !== notice.eta && { etaHistory: [...notice.etaHistory, { at: now, eta }] }),
  }
}

/** What the patch says in place of what the notice says. */
function rewritten(notice: StoredNotice, patch: NoticePatch, now: number, problems: BodyProblems): StoredNotice {
  const { title, summary, source, sourceUrl, confidence, review } = patch
  const next: StoredNotice = {
    ...withEnd(notice, patch, now, problems),
    ...(title !== undefined && { title: requiredLine('title', title, problems) }),
    ...(summary !== undefined && { summary: cleanText(summary) }),
    ...(source !== undefined && { source: requiredLine('source', source, problems) }),
    ...(sourceUrl !== undefined && { sourceUrl }),
    ...(confidence !== undefined && { confidence }),
    ...(review !== undefined && { review: cleanText(review ?? '') || null }),
  }
  // What is over stays as it was: its times are history.
  if (isOver(notice.state)) {
    if (patch.phases !== undefined && differs(next.phases, notice.phases)) problems.add('phases', 'not_allowed')
    else if (patch.eta !== undefined && next.eta !== notice.eta) problems.add('eta', 'not_allowed')
  }
  return next
}

/** A draft is timed or published; of what is public only "at once" means something, and nothing any more. */
function withPublication(notice: StoredNotice, at: number | null, hand: Hand, problems: BodyProblems): StoredNotice {
  if (at === null || problems.has('publishAt')) return notice
  const isLater = at > hand.now
  if (isOver(notice.state) || (notice.publishedAt !== null && isLater)) {
    problems.add('publishAt', 'not_allowed')
    return notice
  }
  if (notice.publishedAt !== null || (isLater && notice.publishAt === at)) return notice
  judgePublic(notice.phases, notice.type, problems)
  return isLater ? { ...notice, publishAt: at } : published(notice, hand)
}

/**
 * The notice after an operator's change; the very same one when nothing changes.
 * @throws ServiceError INVALID_FIELDS
 */
export function patchedNotice(stored: StoredNotice, patch: NoticePatch, hand: Hand): StoredNotice {
  const { now } = hand
  const before = byClock(stored, now)
  const problems = new BodyProblems()
  const after = rewritten(before, patch, now, problems)
  const fields = WORDING.filter(field => differs(after[field], before[field]))
  const worded = fields.length === 0 ? before : reworded(before, after, hand, fields)
  const publishAt = problems.instantOrNull('publishAt', patch.publishAt)
  const shown = withPublication(worded, publishAt, hand, problems)
  problems.end()
  // Windows that were moved may lie ahead again. What was said stands on top: said twice it is known as said.
  const done = withUpdate(byClock(shown, now), now, patch.text)
  return done === before ? stored : done
}
