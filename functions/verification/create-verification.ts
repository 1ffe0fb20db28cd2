import type { CreateVerificationBody } from '@shared/contract/verification'
import type { FieldProblem } from '@shared/invoice/hint'
import { shanghaiDay } from '@shared/invoice/issue-date'
import { type PreCheckInput, preCheck } from '@shared/invoice/pre-check'
import { ServiceError } from '../errors'
import { TRIES_PER_DAY, TRIES_PER_PERSON } from '../gate/budget'
import { awaitRecovery, recoveryToAwait } from './after-recovery'
import type { CheckPorts } from './check-ports'
import type { Checked, Draft } from './check-record'
import { notCheckable } from './own-answers'
import { bodyHashOf, keysOf, personOn, verificationId } from './question'
import { insertDone } from './replay'
import { attemptName, runCheck } from './run-check'

export interface CreatePorts extends CheckPorts {
  isDeleted(userId: string): Promise<boolean>
}

/** What the pre-check finds in a body that its contract refuses: it reads any value, and names those that it cannot use. */
export function problemsOfBody(body: unknown, now: number): readonly FieldProblem[] {
  const checked = preCheck(body as PreCheckInput, shanghaiDay(now))
  return checked.verdict === 'refuse' ? checked.fields : []
}

/** Refuses new work while the line of waiting work is too long, before anything is read or spent. */
export function shedLoad({ admission, providers }: CheckPorts): void {
  const overload = admission.overload(providers)
  if (overload > 0) throw new ServiceError('UNAVAILABLE', { retryAfterSeconds: Math.ceil(overload / 2000) })
}

/**
 * Checks one invoice: pre-check, then reuse, budget, provider, record. A fresh check is 1 read operation and 6 writes, a
 * known question 1 and 1, the same key again 2 and 1 while its answer can be reused. What a notice may explain reads the
 * notices, once in half a minute.
 * @throws ServiceError INVALID_FIELDS from the pre-check, KEY_REUSED for the key of another body, UNAUTHENTICATED when the
 * account is deleted, UNAVAILABLE when too much work waits
 */
export async function createVerification(
  ports: CreatePorts,
  userId: string,
  key: string,
  body: CreateVerificationBody,
): Promise<Checked> {
  const { hash, clock } = ports
  const createdAt = clock.now()
  const { source, afterRecovery, ...given } = body
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
    follows: null,
    putOff: 0,
  }
  if (checked.verdict === 'not_checkable') {
    if (await ports.isDeleted(userId)) throw new ServiceError('UNAUTHENTICATED')
    const answer = notCheckable(checked.reasons, ports.simulated, createdAt)
    const tries = { triesLeftToday: TRIES_PER_DAY, yourTriesLeftToday: TRIES_PER_PERSON }
    return insertDone(ports, draft, { answer, notCompared: [], fromCache: false, tries })
  }
  const recovery = afterRecovery === true ? await recoveryToAwait(ports, asked) : null
  if (recovery === null) shedLoad(ports)
  const { deleted, gate, spend } = await ports.gates.open(userId, draft.invoiceKey)
  if (deleted) throw new ServiceError('UNAUTHENTICATED')
  const person = personOn(hash, userId, draft.invoiceKey)
  const spender = { role: 'person', person } as const
  const start = { draft, gate, spend, spender, person, reuse: true, waited: false }
  return recovery === null ? runCheck(ports, start) : awaitRecovery(ports, start, recovery)
}
