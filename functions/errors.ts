import { PROBLEMS, type ProblemCode } from '@shared/contract/problem'
import type { FieldProblem } from '@shared/invoice/hint'
import type { NotInvoiceReason } from '@shared/invoice/read-text'

interface FaultDetails {
  fields?: readonly FieldProblem[]
  retryAfterSeconds?: number
  /** Methods of the path, with METHOD_NOT_ALLOWED. */
  allow?: readonly string[]
  notInvoice?: NotInvoiceReason
  cause?: unknown
}

/** A fault: we could not answer. Answers about invoices are values and never come this way. */
export class ServiceError extends Error {
  readonly code: ProblemCode
  readonly details: FaultDetails

  constructor(code: ProblemCode, details: FaultDetails = {}) {
    super(code, { cause: details.cause })
    this.name = 'ServiceError'
    this.code = code
    this.details = details
  }

  get status(): number {
    return PROBLEMS[this.code]
  }
}

export function invalidField(field: string, reason: FieldProblem['reason']): ServiceError {
  return new ServiceError('INVALID_FIELDS', { fields: [{ field, reason }] })
}
