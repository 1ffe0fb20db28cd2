import type { AskedField, Hint } from '@shared/invoice/hint'
import type { GateAnswer } from '../gate/ports'
import { compareFields } from './compare-fields'
import type { StoredAnswer, VerificationRecord } from './ports'

/** What a provider's finding says to one record. */
export interface RecordAnswer {
  answer: StoredAnswer
  /** Given fields that nobody could compare. */
  notCompared: readonly AskedField[]
}

/**
 * A finding as the answer to a record: of a found invoice, each given field that the provider did not compare is compared
 * here, and one that differs makes the answer a mismatch without the tax data.
 */
export function answerFor(record: Pick<VerificationRecord, 'asked' | 'kindGiven'>, finding: GateAnswer): RecordAnswer {
  const { fence: _, askedKind: __, recheckAt: ___, compared, ...said } = finding
  const answer: StoredAnswer = { ...said, notice: null }
  const { asked, kindGiven } = record
  const found = answer.invoice
  if (answer.outcome !== 'consistent' || found === null) return { answer, notCompared: [] }
  const { differing, notCompared } = compareFields(asked, kindGiven, compared, found)
  if (differing.length > 0) {
    const reasons = differing.map(code => ({ code, likelihood: 'likely' }) as const)
    return { answer: { ...answer, outcome: 'mismatch', lifecycle: null, invoice: null, reasons }, notCompared: [] }
  }
  const invoice = {
    ...found,
    kind: found.kind === 'UNKNOWN' ? asked.kind : found.kind,
    invoiceCode: found.invoiceCode ?? asked.invoiceCode,
  }
  return { answer: { ...answer, invoice }, notCompared }
}

/** The hints of a record once its answer is there. */
export function hintsWith(hints: readonly Hint[], notCompared: readonly AskedField[]): Hint[] {
  const kept = hints.filter(({ code }) => code !== 'FIELD_NOT_COMPARED')
  return [...kept, ...notCompared.map(field => ({ code: 'FIELD_NOT_COMPARED', field }) as const)]
}
