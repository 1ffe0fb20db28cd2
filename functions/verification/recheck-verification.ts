import { dateWindow, shanghaiDay } from '@shared/invoice/issue-date'
import { ServiceError } from '../errors'
import type { CheckPorts } from './check-ports'
import { type Checked, type Draft, triesOf } from './check-record'
import { shedLoad } from './create-verification'
import { notCheckable } from './own-answers'
import { bodyHashOf, keysOf, personOn, verificationId } from './question'
import { insertDone } from './replay'
import { attemptName, runCheck } from './run-check'

/**
 * Asks the same question again in a new record: no reuse, a new try. Its keys are made from what was asked, so that a
 * record of an older version cannot escape the budget. A repetition that was planned for the old record is not needed then.
 * @throws ServiceError NOT_FOUND, KEY_REUSED for the key of another operation, UNAUTHENTICATED when the account is deleted,
 * UNAVAILABLE when too much work waits
 */
export async function recheckVerification(
  ports: CheckPorts,
  userId: string,
  id: string,
  key: string,
): Promise<Checked> {
  const { deleted, record } = await ports.records.readOwned(userId, id)
  if (deleted) throw new ServiceError('UNAUTHENTICATED')
  if (record === null) throw new ServiceError('NOT_FOUND')
  const { source, asked, kindGiven, hints, answer, triesLeftToday, yourTriesLeftToday, followUpAt } = record
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
    anew: true,
    follows: null,
    putOff: 0,
  }
  if (answer?.outcome === 'not_checkable') {
    const again = { ...answer, checkedAt: now }
    const tries = { triesLeftToday, yourTriesLeftToday }
    return insertDone(ports, draft, { answer: again, notCompared: [], fromCache: false, tries })
  }
  shedLoad(ports)
  const { gate, spend } = await ports.gates.open(userId, keys.invoiceKey)
  const person = personOn(ports.hash, userId, keys.invoiceKey)
  if (dateWindow(asked.issueDate, shanghaiDay(now)) === 'too_old') {
    const tooOld = notCheckable([{ code: 'OVER_FIVE_YEARS', likelihood: 'likely' }], ports.simulated, now)
    const tries = triesOf(gate, person, now)
    return insertDone(ports, draft, { answer: tooOld, notCompared: [], fromCache: false, tries })
  }
  const spender = { role: 'person', person } as const
  const checked = await runCheck(ports, { draft, gate, spend, spender, person, reuse: false, waited: false })
  if (followUpAt !== null) await ports.records.dropFollowUp(userId, id, followUpAt)
  return checked
}
