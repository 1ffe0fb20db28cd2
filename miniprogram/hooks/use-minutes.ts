import { useEffect, useState } from 'react'
import { motionIsUnwanted } from '../platform/appearance'
import { usePageVisible } from '../platform/page'
import { serverNow } from './use-service'

const MINUTE_MS = 60_000

/**
 * The server's clock, ms, drawn again with every minute while the page is open; it stands still for a screen reader and
 * where the person wants nothing to move.
 */
export function useMinutes(): number {
  const visible = usePageVisible()
  const [minute, setMinute] = useState(0)
  useEffect(() => {
    if (!visible) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOver = false
    void motionIsUnwanted().then(still => {
      if (still || isOver) return
      timer = setTimeout(() => setMinute(minute + 1), MINUTE_MS - (serverNow() % MINUTE_MS))
    })
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [visible, minute])
  return serverNow()
}
