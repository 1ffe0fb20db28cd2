import type { Failure } from '@shared/contract/problem'
import type { Verification } from '@shared/contract/verification'
import { useCallback, useEffect, useState } from 'react'
import { getVerification } from '../api/verification'
import { forgetRecord, keptRecords, rememberUpdated } from './kept-history'
import { usePending } from './use-pending'
import { willPass } from './use-result'
import { currentLocale } from './use-settings'

/** One record: what is kept on the phone at once, then the server's, whole. */
export function useDetail(id: string) {
  const [record, setRecord] = useState<Verification | null>(() => keptRecords().find(kept => kept.id === id) ?? null)
  const [failure, setFailure] = useState<Failure | null>(null)

  /** False when nobody answered. */
  const read = useCallback(async () => {
    setFailure(null)
    const result = await getVerification(id, currentLocale())
    if (result.ok) {
      setRecord(result.data)
      rememberUpdated(result.data)
      return true
    }
    if (result.failure.kind === 'problem' && result.failure.problem.status === 404) {
      forgetRecord(id)
      setRecord(null)
    }
    setFailure(result.failure)
    return !willPass(result.failure)
  }, [id])

  useEffect(() => {
    void read()
  }, [read])

  const waited = usePending(record, read)
  return { record, waited, failure, retry: () => void read() }
}
