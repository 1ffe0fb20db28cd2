import type { AskedField } from '@shared/invoice/hint'
import type { AskedInvoice } from '@shared/invoice/invoice'
import type { ProviderAnswer } from '../verification/ports'
import { AGREES, errorMeaning, resultMeaning } from './baidu-codes'
import { readFound, toldOf } from './baidu-invoice'
import { type Posted, parseJson } from './baidu-post'
import { WireAnswer } from './baidu-wire'
import { answerOf, BROKEN, type CodeMeaning, foundAnswer, NOT_SENT, unknownAnswer } from './code-meaning'

/** Read from the text: as a number it has more digits than `JSON.parse` keeps. */
const requestIdOf = (text: string) => /"log_id"\s*:\s*"?(\d{1,32})\b/.exec(text)?.[1] ?? ''

/** A code as it may stand in a log: whatever is longer or looks otherwise may be a secret that came back. */
const loggable = (code: string) => (/^[\w/-]{1,16}$/.test(code) ? code : 'odd code')

const coded = (meaning: CodeMeaning | null, rawCode: string, compared: readonly AskedField[], requestId: string) =>
  meaning === null ? unknownAnswer(rawCode, compared, requestId) : answerOf(meaning, rawCode, compared, requestId)

/** `error_code` of an answer; null when there is none (0 is none). */
const errorCodeOf = ({ error_code: code }: WireAnswer) => (code === '' || code === '0' ? null : code)

const found = (
  answer: WireAnswer,
  asked: AskedInvoice,
  compared: readonly AskedField[],
  requestId: string,
): ProviderAnswer => {
  const read = readFound(answer, asked)
  if (read === null) return unknownAnswer('empty', compared, requestId)
  return foundAnswer(read, AGREES, compared, requestId)
}

/** What the text of an answer says. Found but unreadable is no answer about the invoice, and neither are two results. */
export function readAnswer(text: string, asked: AskedInvoice, compared: readonly AskedField[]): ProviderAnswer {
  const parsed = WireAnswer.safeParse(parseJson(text))
  if (!parsed.success) return unknownAnswer('malformed', compared)
  const requestId = requestIdOf(text)
  const error = errorCodeOf(parsed.data)
  const results = toldOf(parsed.data, 'VerifyResult')
  if (error !== null && results.length === 0) {
    return coded(errorMeaning(error), `error_code ${loggable(error)}`, compared, requestId)
  }
  const [result] = results
  if (error !== null || results.length > 1) return unknownAnswer('contradictory', compared, requestId)
  if (result === undefined) return unknownAnswer('empty', compared, requestId)
  if (result === AGREES) return found(parsed.data, asked, compared, requestId)
  return coded(resultMeaning(result), loggable(result), compared, requestId)
}

/** What an HTTP answer says. The front door's 503 reached nobody; which status a platform error has no document says. */
export function readPosted(
  { status, text }: Posted,
  asked: AskedInvoice,
  compared: readonly AskedField[],
): ProviderAnswer {
  if (status === 503) return answerOf(NOT_SENT, 'HTTP 503', compared)
  if (status === 200) return text === null ? unknownAnswer('too long', compared) : readAnswer(text, asked, compared)
  const parsed = WireAnswer.safeParse(parseJson(text))
  const error = parsed.success ? errorCodeOf(parsed.data) : null
  const meaning = error === null ? null : errorMeaning(error)
  return meaning === null
    ? answerOf(BROKEN, `HTTP ${status}`, compared)
    : answerOf(meaning, `error_code ${error}`, compared, requestIdOf(text ?? ''))
}
