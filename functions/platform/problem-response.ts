import type { Problem } from '@shared/contract/problem'
import type { Copy } from '@shared/copy/copy'
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { ServiceError } from '../errors'

/** Faults of the table or the network that pass by themselves. */
const PASSING = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'InternalServerError',
  'ServiceUnavailable',
  'TransactionConflictException',
  'TimeoutError',
  'NetworkingError',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
])

/** Any thrown value as a coded fault; what we do not know is INTERNAL and keeps its message for the log alone. */
export function faultOf(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error
  if (error instanceof Error) {
    const code = 'code' in error ? String(error.code) : ''
    if (PASSING.has(error.name) || PASSING.has(code)) {
      return new ServiceError('UNAVAILABLE', { retryAfterSeconds: 2, cause: error })
    }
  }
  return new ServiceError('INTERNAL', { cause: error })
}

/** A caller is always told when to come back, also where the fault itself knows no better time. */
const RETRY_AFTER_SECONDS: Readonly<Record<number, number>> = { 429: 60, 503: 2 }

/** The one place where a fault becomes an answer (RFC 9457). */
export function problemResponse(fault: ServiceError, copy: Copy, requestId: string): APIGatewayProxyStructuredResultV2 {
  const { fields, allow, notInvoice } = fault.details
  const retryAfterSeconds = fault.details.retryAfterSeconds ?? RETRY_AFTER_SECONDS[fault.status]
  const text = copy.problem[fault.code]
  const body: Problem = {
    type: `urn:yanpiao:problem:${fault.code.toLowerCase().replaceAll('_', '-')}`,
    status: fault.status,
    code: fault.code,
    title: text.title,
    detail: notInvoice === undefined ? text.detail : copy.notInvoice[notInvoice],
    requestId,
    ...(fields && { fields: fields.map(({ field, reason }) => ({ field, reason: copy.field[reason], code: reason })) }),
  }
  return {
    statusCode: fault.status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-request-id': requestId,
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
      ...(allow && { allow: allow.join(', ') }),
      ...(fault.status === 401 && { 'www-authenticate': 'Bearer' }),
    },
    body: JSON.stringify(body),
  }
}
