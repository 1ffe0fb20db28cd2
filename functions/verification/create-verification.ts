import type { CreateVerificationBody } from '@shared/contract/verification'
import type { FieldProblem } from '@shared/invoice/hint'
import { shanghaiDay } from '@shared/invoice/issue-date'
import { type PreCheckInput, preCheck } from '@shared/invoice/pre-check'
import { ServiceError } from '../errors'
import { TRIES_PER_DAY } from './next-step'
import { notCheckable } from './own-answers'
import type { KeyedHash } from './ports'
import { bodyHashOf, keysOf, verificationId } from './question'
import { attemptName, type Checked, type CheckPorts, type Draft, insertDone, runCheck } from './run-check'

export interface CreatePorts extends CheckPorts {
  hash: KeyedHash
  isDeleted(userId: string): Promise<boolean>
}

/** What the pre-check finds in a body that its contract refuses: it reads any value, and names those that it cannot use. */
export function problemsOfBody(body: unknown, now: number): readonly FieldProblem[] {
  const checked = preCheck(body as PreCheckInput, shanghaiDay(now))
  return checked.verdict === 'refuse' ? checked.fields : []
}

/**
 * Checks one invoice: pre-check, then reuse, budget, provider, record. A fresh check is 1 read operation and 4 writes, a
 * known question 1 and 1, the same key again 2 and 1.
 * @throws ServiceError INVALID_FIELDS from the pre-check, KEY_REUSED for the key of another body, UNAUTHENTICATED when the
 * account is deleted
 */
export async function createVerification(
  ports: CreatePorts,
  userId: string,
  key: string,
  body: CreateVerificationBody,
): Promise<Checked> {
  const { hash, clock } = ports
  const createdAt = clock.now()
  const { source, ...given } = body
  const checked = preCheck(given, shanghaiDay(createdAt))
  if (checked.verdict === 'refuse') throw new ServiceError('INVALID_FIELDS', { fields: checked.fields })
  const { asked, hints } = checked
  const kindGiven = (given.kind ?? 'UNKNOWN') !== 'UNKNOWN'
  const draft: Draft = {
    id: verificationId(hash, userId, key),
    userId,
    createdAt,
    source: source ?? 'api',
    asked,
    kindGiven,
    hints,
    bodyHash: bodyHashOf(hash, body),
    attempt: attemptName(ports),
    ...keysOf(hash, asked),
  }
  if (checked.verdict === 'not_checkable') {
    if (await ports.isDeleted(userId)) throw new ServiceError('UNAUTHENTICATED')
    const answer = notCheckable(checked.reasons, ports.simulated, createdAt)
    return insertDone(ports, draft, { answer, notCompared: [], fromCache: false, triesLeft: TRIES_PER_DAY })
  }
  const { deleted, gate } = await ports.gates.open(userId, draft.invoiceKey)
  if (deleted) throw new ServiceError('UNAUTHENTICATED')
  return runCheck(ports, draft, gate, true)
}
