import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ProblemCode } from '@shared/contract/problem'
import { copyFor, localeOf } from '@shared/copy/copy'
import { ServiceError } from '../../../functions/errors'
import { problemResponse } from '../../../functions/platform/problem-response'

/** Answers with one of the API's problems, for what never reaches a handler. Returns the request id it shows. */
export function sendProblem(request: IncomingMessage, response: ServerResponse, code: ProblemCode): string {
  const requestId = randomUUID()
  const copy = copyFor(localeOf(request.headers['accept-language']))
  const { statusCode = 500, headers = {}, body } = problemResponse(new ServiceError(code), copy, requestId)
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value))
  response.setHeader('x-content-type-options', 'nosniff')
  // The rest of an unread body would be taken for the next request.
  if (!request.complete) response.setHeader('connection', 'close')
  response.writeHead(statusCode).end(body)
  return requestId
}
