import { dateWindow, shanghaiDay } from '@shared/invoice/issue-date'
import { ServiceError } from '../errors'
import { triesLeft } from './next-step'
import { notCheckable } from './own-answers'
import type { KeyedHash } from './ports'
import { bodyHashOf, keysOf, verificationId } from './question'
import { attemptName, type Checked, type CheckPorts, type Draft, insertDone, runCheck } from './run-check'

export interface RecheckPorts extends CheckPorts {
  hash: KeyedHash
}

/**
 * Asks the same question again in a new record: no reuse, a new try. Its keys are made from what was asked, so that a
 * record of an older version cannot escape the budget.
 * @throws ServiceError NOT_FOUND, KEY_REUSED for the key of another operation, UNAUTHENTICATED when the account is deleted
 */
export async function recheckVerification(
  ports: RecheckPorts,
  userId: string,
  id: string,
  key: string,
): Promise<Checked> {
  const { deleted, record } = await ports.records.readOwned(userId, id)
  if (deleted) throw new ServiceError('UNAUTHENTICATED')
  if (record === null) throw new ServiceError('NOT_FOUND')
  const { source, asked, kindGiven, hints, answer, triesLeftToday } = record
  const now = ports.clock.now()
  const keys = keysOf(ports.hash, asked)
  const draft: Draft = {
    id: verificationId(ports.hash, userId, key),
    userId,
    createdAt: now,
    source,
    asked,
    kindGiven,
    hints,
    bodyHash: bodyHashOf(ports.hash, { operation: 'recheck', id }),
    attempt: attemptName(ports),
    ...keys,
  }
  if (answer?.outcome === 'not_checkable') {
    const again = { ...answer, checkedAt: now }
    return insertDone(ports, draft, { answer: again, notCompared: [], fromCache: false, triesLeft: triesLeftToday })
  }
  const gate = await ports.gates.read(keys.invoiceKey)
  if (dateWindow(asked.issueDate, shanghaiDay(now)) === 'too_old') {
    const tooOld = notCheckable([{ code: 'OVER_FIVE_YEARS', likelihood: 'likely' }], ports.simulated, now)
    return insertDone(ports, draft, {
      answer: tooOld,
      notCompared: [],
      fromCache: false,
      triesLeft: triesLeft(gate, now),
    })
  }
  return runCheck(ports, draft, gate, false)
}
