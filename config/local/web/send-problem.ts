import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { PROBLEMS, type Problem, type ProblemCode } from '@shared/contract/problem'
import { copyFor, localeOf } from '@shared/copy/copy'

/** Answers with one of the API's problems, for what never reaches a handler. */
export function sendProblem(request: IncomingMessage, response: ServerResponse, code: ProblemCode): void {
  const { title, detail } = copyFor(localeOf(request.headers['accept-language'])).problem[code]
  const status = PROBLEMS[code]
  const problem: Problem = { type: 'about:blank', status, code, title, detail, requestId: randomUUID() }
  response.writeHead(status, {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    // The rest of an unread body would be taken for the next request.
    ...(request.complete ? {} : { connection: 'close' }),
  })
  response.end(JSON.stringify(problem))
}
