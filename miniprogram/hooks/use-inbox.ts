import type { InboxItem } from '@shared/contract/notice'
import type { Failure } from '@shared/contract/problem'
import { useRef, useState } from 'react'
import { listInbox, readInbox } from '../api/inbox'
import { openDetail, openNotice } from '../platform/navigate'
import { useBottom, useRefresh, useShow } from '../platform/page'
import { load, STORED, save } from '../platform/storage'
import { readMine } from './use-mine'
import { currentLocale } from './use-settings'

/** How many messages stay readable without a network. */
const KEPT = 50
const WORDS_AFTER_MS = 300

interface InboxState {
  items: readonly InboxItem[]
  cursor: string | null
  isReading: boolean
  isLong: boolean
  failure: Failure | null
}

function keptItems(): InboxItem[] {
  const kept = load<InboxItem[]>(STORED.inbox)
  return Array.isArray(kept) ? kept : []
}

/** State and moves of the inbox. Opening it makes its messages read. */
export function useInbox() {
  const [state, setState] = useState<InboxState>(() => ({
    items: keptItems(),
    cursor: null,
    isReading: true,
    isLong: false,
    failure: null,
  }))
  const now = useRef(state)
  now.current = state

  async function read(cursor: string | null) {
    setState(old => ({ ...old, isReading: true }))
    const timer = setTimeout(() => setState(old => ({ ...old, isLong: true })), WORDS_AFTER_MS)
    const result = await listInbox(cursor, currentLocale())
    clearTimeout(timer)
    if (!result.ok) {
      setState(old => ({ ...old, isReading: false, failure: result.failure }))
      return
    }
    const { items, nextCursor, unread } = result.data
    setState(old => ({
      ...old,
      items: cursor === null ? items : [...old.items, ...items],
      cursor: nextCursor,
      isReading: false,
      failure: null,
    }))
    if (cursor !== null) return
    save(STORED.inbox, items.slice(0, KEPT))
    // Read up to the newest one that is shown: what comes meanwhile stays unread.
    if (unread > 0 && items[0] && (await readInbox(items[0].at)).ok) await readMine()
  }

  useShow(() => void read(null))
  useRefresh(() => read(null))
  useBottom(() => {
    const { cursor, isReading } = now.current
    if (cursor !== null && !isReading) void read(cursor)
  })

  return {
    ...state,
    open({ noticeId, verificationId }: InboxItem) {
      if (verificationId) openDetail(verificationId)
      else if (noticeId) openNotice(noticeId)
    },
    retry: () => void read(null),
    more: () => void read(now.current.cursor),
  }
}
