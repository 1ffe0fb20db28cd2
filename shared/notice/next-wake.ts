import { advance } from './advance'
import { isOver } from './lifecycle'
import { endOfQuiet, isQuiet } from './quiet-hours'
import { type Claims, type Tellable, tellingMoments, tellingsAt } from './tellings'
import { endByClock, plannedEndOf, startOf } from './windows'

/** While our own traffic may show that a maintenance is over. */
const LOOK_AGAIN_MS = 5 * 60_000

/**
 * When the publisher has to look at a notice next, ms, `now` when there is something to do at once; null when never again.
 * `claims` are those that stand after this look.
 */
export function nextWake(notice: Tellable & { publishAt?: number | null }, claims: Claims, now: number): number | null {
  if (notice.publishedAt === null) return notice.publishAt == null ? null : Math.max(notice.publishAt, now)
  if (advance(notice, now, null).state !== notice.state || tellingsAt(notice, claims, now).length > 0) return now
  const moments = tellingMoments(notice, claims, now)
  if (isQuiet(now)) {
    const morning = endOfQuiet(now)
    if (tellingsAt(notice, claims, morning).length > 0) moments.push(morning)
  }
  if (!isOver(notice.state)) {
    const turns = [startOf(notice), endByClock(notice), plannedEndOf(notice)]
    moments.push(...turns.filter(at => at !== null && at > now).map(Number))
    if (notice.state === 'verifying') moments.push(now + LOOK_AGAIN_MS)
  }
  return moments.length === 0 ? null : Math.min(...moments)
}
