import { ServiceError } from '../errors'
import type { KeyedHash } from './ports'
import { bodyHashOf, recheckId } from './question'
import { type Checked, type CheckPorts, type Draft, insertDone, runCheck } from './run-check'

export interface RecheckPorts extends CheckPorts {
  hash: KeyedHash
}

/**
 * Asks the same question again in a new record: no reuse, a new try.
 * @throws ServiceError NOT_FOUND, UNAUTHENTICATED when the account is deleted
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
  const { source, asked, kindGiven, hints, invoiceKey, questionKey, answer, triesLeftToday } = record
  const draft: Draft = {
    id: recheckId(ports.hash, userId, id, key),
    userId,
    createdAt: ports.clock.now(),
    source,
    asked,
    kindGiven,
    hints,
    bodyHash: bodyHashOf(ports.hash, { recheck: id }),
    invoiceKey,
    questionKey,
  }
  if (answer?.outcome === 'not_checkable') {
    const again = { ...answer, checkedAt: draft.createdAt }
    return insertDone(ports, draft, { answer: again, fromCache: false, triesLeft: triesLeftToday })
  }
  return runCheck(ports, draft, await ports.gates.read(invoiceKey), false)
}
