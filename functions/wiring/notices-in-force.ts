import { NEWS_TYPES, type Notice } from '@shared/notice/notice'
import type { NoticeStore } from '../notices/ports'
import type { NoticesInForce } from '../verification/ports'
import type { Deps } from './deps'

/** A notice is news for so long at most; a container asks no more often. */
const MEMORY_MS = 5000
/** What ended longer ago explains no late upload any more. */
const ENDED_MS = 49 * 3_600_000
const PAGE = 50
/** Bounds a read: hundreds of notices that are not over are no state of things. */
const MAX_PAGES = 8

/** The notices that may explain an answer, remembered by the container; questions at the same moment share one query. */
export function noticesInForce(store: Pick<NoticeStore, 'published'>, deps: Pick<Deps, 'log'>): NoticesInForce {
  let memory: { at: number; notices: Promise<readonly Notice[]> } | null = null

  async function read(now: number): Promise<readonly Notice[]> {
    const found: Notice[] = []
    const isNear = ({ endedAt }: Notice) => endedAt === null || now - endedAt <= ENDED_MS
    let after: string | null = null
    for (let page = 0; page < MAX_PAGES; page++) {
      const { notices, next } = await store.published(PAGE, after)
      found.push(...notices.filter(notice => isNear(notice) && !NEWS_TYPES.includes(notice.type)))
      // What is not over comes first, then the newest: a page with what ended long ago is the last that is worth reading.
      if (next === null || !notices.every(isNear)) break
      after = next
    }
    return found
  }

  return {
    near(now) {
      if (memory !== null && Math.abs(now - memory.at) <= MEMORY_MS) return memory.notices
      const notices = read(now)
      memory = { at: now, notices }
      notices.catch((error: unknown) => {
        // The next question tries again.
        if (memory?.notices === notices) memory = null
        deps.log({ level: 'warn', warning: 'notices not read', error: error instanceof Error ? error.name : 'thrown' })
      })
      return notices
    },
  }
}
