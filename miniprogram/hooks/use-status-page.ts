import { nearNotice } from '@shared/contract/near-notice'
import type { NoticeView } from '@shared/contract/notice'
import { isOver } from '@shared/notice/lifecycle'
import { bannerOf } from '@shared/notice/relevance'
import { useEffect, useState } from 'react'
import { listNotices } from '../api/notices'
import { knownSession } from '../api/session'
import { useRefresh, useShow } from '../platform/page'
import { isShownHere } from './news'
import { readMine, useMine } from './use-mine'
import { useMinutes } from './use-minutes'
import { nearNotices, readStanding, useStanding } from './use-standing'

/** Earlier notices, read page by page when the person wants them. */
export interface Earlier {
  items: readonly NoticeView[]
  cursor: string | null
  state: 'closed' | 'reading' | 'open' | 'failed'
}

const CLOSED: Earlier = { items: [], cursor: null, state: 'closed' }

/** Words stand beside the frame after this. */
const WORDS_AFTER_MS = 300
/** The framework sends what changes within a turn as one; the rest goes after that. */
const REST_AFTER_MS = 20

/** State and moves of the status page. */
export function useStatusPage() {
  const standing = useStanding()
  const nowMs = useMinutes()
  const [earlier, setEarlier] = useState(CLOSED)
  const { subscriptions } = useMine()
  // The first screen crosses to the view alone, what lies below it after that.
  const [isWhole, setWhole] = useState(false)
  const [isLong, setLong] = useState(false)
  const isHeard = standing.status !== null || standing.failure !== null
  useEffect(() => {
    if (!isHeard) return
    const timer = setTimeout(() => setWhole(true), REST_AFTER_MS)
    return () => clearTimeout(timer)
  }, [isHeard])
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), WORDS_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  useShow(() => {
    void readStanding()
    if (knownSession()) void readMine()
  })
  useRefresh(readStanding)

  const near = nearNotices(standing)
  const found = near.length > 0 ? bannerOf(near.map(nearNotice), nowMs) : null
  const lead = near.find(({ id }) => id === found?.id) ?? null

  async function readEarlier() {
    setEarlier(old => ({ ...old, state: 'reading' }))
    const result = await listNotices(earlier.cursor)
    if (!result.ok) {
      setEarlier(old => ({ ...old, state: 'failed' }))
      return
    }
    const over = result.data.items.filter(notice => isOver(notice.state) && isShownHere(notice))
    setEarlier(old => ({ items: [...old.items, ...over], cursor: result.data.nextCursor, state: 'open' }))
  }

  return {
    ...standing,
    nowMs,
    isWhole,
    isLong,
    lead,
    others: near.filter(notice => notice !== lead),
    unread: subscriptions?.unread ?? 0,
    earlier,
    readEarlier,
    retry: () => void readStanding(),
  }
}

export type StatusState = ReturnType<typeof useStatusPage>
