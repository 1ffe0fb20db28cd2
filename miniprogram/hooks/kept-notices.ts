import type { NoticeView } from '@shared/contract/notice'
import { load, STORED, save } from '../platform/storage'
import { currentStanding, nearNotices } from './use-standing'

/** How many read notices stay readable without a network. */
const KEPT = 10

function keptNotices(): NoticeView[] {
  const kept = load<NoticeView[]>(STORED.notices)
  return Array.isArray(kept) ? kept.filter(notice => typeof notice?.id === 'string') : []
}

/** A notice as the phone knows it; null when it does not. */
export function knownNotice(id: string): NoticeView | null {
  const known = [...nearNotices(currentStanding()), ...keptNotices()].filter(notice => notice.id === id)
  return known.sort((a, b) => b.version - a.version)[0] ?? null
}

export function keepNotice(notice: NoticeView): void {
  save(STORED.notices, [notice, ...keptNotices().filter(({ id }) => id !== notice.id)].slice(0, KEPT))
}
