import type { NoticeBody } from '@shared/contract/operator-notice'
import { firstState, isPlanned } from '@shared/notice/lifecycle'
import type { NoticeType, Phase } from '@shared/notice/notice'
import { plannedEndOf, startOf } from '@shared/notice/windows'
import { acted, type Hand, published } from './author-notice-life'
import { phasesFrom } from './author-notice-phases'
import { BodyProblems, cleanLine, cleanText } from './author-notice-problems'
import type { StoredNotice } from './ports'

/** When it is expected to be over: of a plan the end of its windows, of an incident what was said. */
export const etaOf = (type: NoticeType, phases: readonly Phase[], said: number | null) =>
  isPlanned(type) ? plannedEndOf({ type, phases, eta: said }) : said

/** An end that was said to come before the notice begins. */
export function judgeEta(eta: number | null, phases: readonly Phase[], problems: BodyProblems): void {
  const start = startOf({ phases })
  if (eta === null || start === null || problems.has('eta')) return
  if (eta <= start) problems.add('eta', 'ends_before_start')
}

export function requiredLine(field: string, text: string, problems: BodyProblems): string {
  const line = cleanLine(text)
  if (line === '') problems.add(field, 'required')
  return line
}

/** What was said of a state is for incidents, which begin in it. */
function judgeState(body: NoticeBody, problems: BodyProblems): void {
  if (body.state !== undefined && isPlanned(body.type)) problems.add('state', 'not_allowed')
}

/**
 * A notice as an operator wrote it: public at once, timed, or a draft.
 * @throws ServiceError INVALID_FIELDS naming every field that cannot be used
 */
export function writtenNotice(body: NoticeBody, identity: { id: string; bodyHash: string }, hand: Hand): StoredNotice {
  const { now } = hand
  const problems = new BodyProblems()
  const { type } = body
  const phases = phasesFrom(body.phases, type, problems)
  const said = problems.instantOrNull('eta', body.eta)
  judgeEta(said, phases, problems)
  judgeState(body, problems)
  const publishAt = problems.instantOrNull('publishAt', body.publishAt)
  const title = requiredLine('title', body.title, problems)
  const source = requiredLine('source', body.source, problems)
  problems.end()
  const eta = etaOf(type, phases, said)
  const sourceUrl = body.sourceUrl ?? null
  const empty: StoredNotice = {
    ...identity,
    rev: 1,
    version: 1,
    type,
    state: firstState(type, phases, now, body.state),
    title,
    summary: cleanText(body.summary),
    phases,
    eta,
    etaHistory: eta === null ? [] : [{ at: now, eta }],
    source,
    sourceUrl,
    confidence: body.confidence ?? (sourceUrl === null ? 'reported' : 'confirmed'),
    updates: [],
    review: null,
    createdAt: now,
    publishedAt: null,
    changedAt: now,
    tellVersion: 1,
    endedAt: null,
    publishAt: publishAt !== null && publishAt > now ? publishAt : null,
    origin: 'operator',
    originRef: null,
    acts: [],
    versions: [],
    claims: {},
    wakeAt: null,
  }
  const draft = { ...empty, acts: acted(empty, hand, 'created', title) }
  const isPublic = publishAt === null ? body.draft !== true : publishAt <= now
  return isPublic ? published(draft, hand) : draft
}
