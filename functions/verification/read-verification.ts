import { ServiceError } from '../errors'
import { triesOf } from './check-record'
import type { KeyedHash, VerificationRecord } from './ports'
import { keysOf, personOn } from './question'
import { type SettlePorts, settle } from './settle'

/**
 * One check of a user, with the tries of today; a pending one is settled when its answer is there.
 * @throws ServiceError NOT_FOUND for a missing, foreign or malformed id alike, UNAUTHENTICATED when the account is deleted
 */
export async function readVerification(
  ports: SettlePorts & { hash: KeyedHash },
  userId: string,
  id: string,
): Promise<VerificationRecord> {
  const { deleted, record } = await ports.records.readOwned(userId, id)
  if (deleted) throw new ServiceError('UNAUTHENTICATED')
  if (record === null) throw new ServiceError('NOT_FOUND')
  if (record.answer?.outcome === 'not_checkable') return record
  const { invoiceKey } = keysOf(ports.hash, record.asked)
  const gate = await ports.gates.read(invoiceKey)
  const settled = await settle(ports, record, gate)
  return { ...settled, ...triesOf(gate, personOn(ports.hash, userId, invoiceKey), ports.clock.now()) }
}
