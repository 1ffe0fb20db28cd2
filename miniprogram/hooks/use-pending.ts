import type { Verification } from '@shared/contract/verification'
import { useEffect, useRef, useState } from 'react'
import { usePageVisible } from '../platform/page'
import { drawnOf, expectedAt, nextLookIn, type Way } from './pending-pace'
import { serverNow, useService } from './use-service'

/** What a page shows of the wait for a pending record. */
export interface Waited {
  /** The server's clock, ms. */
  nowMs: number
  /** Until the expected time; null when there is none. */
  secondsLeft: number | null
  /** How much of the way is drawn, 0–100. */
  percent: number
  /** The last look did not reach the server, or there is no network. */
  unread: boolean
}

/** A timer may not outlast what the engine's clock can hold, nor trust a time that is days away. */
const LONGEST_MS = 3_600_000

/**
 * Follows a pending record until it ends: looks at its expected time and then with growing pauses, counts down meanwhile,
 * and rests while the page is hidden or there is no network. `look` reads the record once; false when nobody answered.
 */
export function usePending(record: Verification | null, look: () => Promise<boolean>): Waited {
  const pending = record?.state === 'pending' ? record : null
  const awake = usePageVisible()
  const { online } = useService()
  const [unread, setUnread] = useState(false)
  const [turn, setTurn] = useState(0)
  const state = useRef({ look, looks: 0, dueAt: 0, before: null as number | null })
  state.current.look = look

  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn that heard nothing is paced anew.
  useEffect(() => {
    if (!pending) return
    const now = serverNow()
    const { looks, before } = state.current
    state.current.dueAt = now + Math.min(nextLookIn(pending, looks, before, now), LONGEST_MS)
    state.current.before = expectedAt(pending)
  }, [pending, turn])

  useEffect(() => {
    if (!pending || !awake || !online) return
    let isOver = false
    const timer = setTimeout(
      async () => {
        state.current.looks += 1
        const heard = await state.current.look()
        setUnread(!heard)
        // What was heard is a new record, which starts the next turn by itself.
        if (!heard && !isOver) setTurn(turn + 1)
      },
      Math.max(0, state.current.dueAt - serverNow()),
    )
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [pending, awake, online, turn])

  const nowMs = useSeconds(pending && awake ? expectedAt(pending) : null)
  const expected = pending ? expectedAt(pending) : null
  return {
    nowMs,
    secondsLeft: expected === null ? null : Math.max(0, Math.ceil((expected - nowMs) / 1000)),
    percent: useDrawn(pending, nowMs),
    unread: pending !== null && (unread || !online),
  }
}

/** The server's clock, drawn again with every second that is left until `until`; at rest when that is past or null. */
function useSeconds(until: number | null): number {
  const [second, setSecond] = useState(0)
  useEffect(() => {
    const left = (until ?? 0) - serverNow()
    if (left <= 0) return
    const timer = setTimeout(() => setSecond(second + 1), left % 1000 || 1000)
    return () => clearTimeout(timer)
  }, [until, second])
  return serverNow()
}

/** The bar, 0–100: an expected time that moves never draws it back. */
function useDrawn(pending: Verification | null, nowMs: number): number {
  const way = useRef<Way | null>(null)
  if (!pending) return 0
  const to = expectedAt(pending)
  if (to !== null && way.current?.to !== to) {
    const drawn = way.current ? drawnOf(way.current, nowMs) : 0
    way.current = {
      from: way.current ? nowMs : Math.min(nowMs, Date.parse(pending.createdAt) || nowMs),
      to,
      base: drawn,
    }
  }
  return way.current ? Math.round(drawnOf(way.current, nowMs) * 100) : 0
}
