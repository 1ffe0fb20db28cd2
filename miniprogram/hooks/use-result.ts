import type { Failure } from '@shared/contract/problem'
import type { Verification } from '@shared/contract/verification'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Result } from '../api/call'
import { createVerification, getVerification, recheckVerification } from '../api/verification'
import { useHide, useShow } from '../platform/page'
import { type Asking, currentAsking, endAsking } from './asking'
import { rememberRecord } from './kept-history'
import { usePending } from './use-pending'
import { currentLocale } from './use-settings'
import { readStanding } from './use-standing'

export type Phase =
  | { name: 'asking'; wordsAfter: 0 | 1 | 2 }
  | { name: 'answered'; verification: Verification }
  | { name: 'failed'; failure: Failure }
  | { name: 'nothing' }

/** Words stand beside the frame after 300 ms, kinder ones after 6 s. */
const WORDS_AFTER_MS = [300, 6000]

/** Whether a record that is on the screen outlives this failure to read it again. */
export function willPass(failure: Failure): boolean {
  return failure.kind === 'network' || (failure.kind === 'problem' && /^(429|5..)$/.test(`${failure.problem.status}`))
}

function ask(asking: Asking): Promise<Result<Verification>> {
  if (asking.recheckOf) return recheckVerification(asking.recheckOf, asking.key, currentLocale())
  return createVerification(asking.body ?? {}, asking.key, currentLocale())
}

/**
 * Shows the answer to the question that was written down before this page opened, or the record `id`. Asking again (a
 * retry, a return to the app, a pending record) always uses the same key, so it can never cost a second try.
 */
export function useResult(id: string | undefined) {
  const [phase, setPhase] = useState<Phase>({ name: 'asking', wordsAfter: 0 })
  const round = useRef(0)
  const known = useRef<string | undefined>(id)
  const key = useRef<string | null>(null)

  const settle = useCallback((result: Result<Verification>) => {
    if (!result.ok) {
      setPhase({ name: 'failed', failure: result.failure })
      if (willPass(result.failure)) void readStanding()
      return
    }
    const verification = result.data
    known.current = verification.id
    rememberRecord(verification)
    // Perhaps everybody's trouble: the banner is to know.
    if (verification.outcome === 'could_not_check') void readStanding()
    setPhase({ name: 'answered', verification })
    if (verification.state === 'done' && key.current) endAsking(key.current)
  }, [])

  const run = useRef(() => {})
  run.current = () => {
    const mine = ++round.current
    const asking = known.current ? null : currentAsking()
    if (asking) key.current = asking.key
    const request = known.current ? getVerification(known.current, currentLocale()) : asking ? ask(asking) : null
    if (!request) {
      setPhase({ name: 'nothing' })
      return
    }
    setPhase(now => (now.name === 'answered' ? now : { name: 'asking', wordsAfter: 0 }))
    WORDS_AFTER_MS.forEach((ms, index) => {
      setTimeout(() => {
        if (mine !== round.current) return
        setPhase(now => (now.name === 'asking' ? { name: 'asking', wordsAfter: index === 0 ? 1 : 2 } : now))
      }, ms)
    })
    void request.then(result => {
      if (mine === round.current) settle(result)
    })
  }

  useEffect(() => {
    run.current()
    return () => {
      round.current += 1
    }
  }, [])

  // A hidden app loses its request after 5 s; coming back asks again by the same key.
  const wasHidden = useRef(false)
  useHide(() => {
    wasHidden.current = true
  })
  useShow(() => {
    if (wasHidden.current && phase.name !== 'answered') run.current()
    wasHidden.current = false
  })

  async function look(): Promise<boolean> {
    const mine = ++round.current
    const result = await getVerification(known.current ?? '', currentLocale())
    if (mine !== round.current) return true
    if (!result.ok && willPass(result.failure)) return false
    settle(result)
    return true
  }
  const waited = usePending(phase.name === 'answered' ? phase.verification : null, look)

  return { phase, waited, retry: () => run.current() }
}
