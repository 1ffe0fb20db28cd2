import type { NoticeView } from '@shared/contract/notice'
import type { Failure } from '@shared/contract/problem'
import { useCallback, useEffect, useState } from 'react'
import { getNotice } from '../api/notices'
import { knownSession } from '../api/session'
import { useRefresh, useShow } from '../platform/page'
import { isSinglePage } from '../platform/share'
import { keepNotice, knownNotice } from './kept-notices'
import { isShownHere } from './news'
import { readMine } from './use-mine'

/** Words stand beside the frame after this. */
const WORDS_AFTER_MS = 300

/** One notice: what the phone knows at once, then the server's. */
export function useNotice(id: string) {
  const [notice, setNotice] = useState<NoticeView | null>(() => knownNotice(id))
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isLong, setLong] = useState(false)

  const read = useCallback(async () => {
    setFailure(null)
    const result = await getNotice(id)
    if (result.ok) {
      keepNotice(result.data)
      setNotice(result.data)
      return
    }
    setFailure(result.failure)
    const isGone = result.failure.kind === 'problem' && result.failure.problem.status === 404
    if (isGone) setNotice(null)
  }, [id])

  useEffect(() => {
    const timer = setTimeout(() => setLong(true), WORDS_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  useShow(() => {
    void read()
    // The page in Moments signs nobody in.
    if (!isSinglePage() && knownSession()) void readMine()
  })
  useRefresh(read)

  const isHidden = notice !== null && !isShownHere(notice)
  return { notice: isHidden ? null : notice, isHidden, failure, isLong, retry: () => void read() }
}

export type NoticeRead = ReturnType<typeof useNotice>
