import { PROBLEMS, type ProblemCode } from '@shared/contract/problem'
import { copyFor } from '@shared/copy/copy'
import { ServiceError } from '../../../functions/errors'
import { problemResponse } from '../../../functions/platform/problem-response'

test('every fault that passes tells when to come back, and no other does', () => {
  for (const code of Object.keys(PROBLEMS) as ProblemCode[]) {
    const { headers } = problemResponse(new ServiceError(code), copyFor('en'), 'r')
    expect([code, Number(headers?.['retry-after'] ?? 0) > 0]).toEqual([
      code,
      PROBLEMS[code] === 503 || PROBLEMS[code] === 429,
    ])
  }
  const later = new ServiceError('UNAVAILABLE', { retryAfterSeconds: 7 })
  expect(problemResponse(later, copyFor('en'), 'r').headers?.['retry-after']).toBe('7')
})
