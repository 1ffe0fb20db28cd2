import type { AskedField } from '@shared/invoice/hint'
import type { ProviderAnswer } from '../verification/ports'
import { gatewayMeaning } from './aliyun-codes'
import { requestIdOf } from './aliyun-wire'
import { ACCOUNT, ANSWER_LOST, answerOf, NOT_SENT, unknownAnswer } from './code-meaning'
import { isNotConnected } from './wire-failure'

/** How far a failed call came. */
export interface CallState {
  /** The request was handed to the SDK. */
  isHandedOver: boolean
  /** The connection is known not to stand yet. */
  isConnecting: boolean
  /** The deadline passed. */
  isLate: boolean
  /** HTTP status, when the head of an answer came. */
  status: number | null
}

/** The SDK writes the word for a field that the gateway left out. */
const named = (field: unknown) => (typeof field === 'string' && field !== 'undefined' ? field : '')

function byGateway(code: string, status: number, requestId: string, compared: readonly AskedField[]): ProviderAnswer {
  const meaning = gatewayMeaning(code, status)
  const rawCode = `HTTP ${status} ${code}`.trim()
  return meaning === null
    ? unknownAnswer(rawCode, compared, requestId)
    : answerOf(meaning, rawCode, compared, requestId)
}

/**
 * What a call that threw comes to. The SDK throws errors with `statusCode` and `code` for the gateway's, Node's with `code`,
 * its own RequestTimeoutError, and bare ones for an answer that it cannot read.
 */
export function readFailure(error: unknown, state: CallState, compared: readonly AskedField[]): ProviderAnswer {
  const thrown = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>
  if (!state.isHandedOver) {
    // The keys, or the SDK itself, could not be loaded.
    return state.isLate
      ? answerOf(NOT_SENT, 'late', compared)
      : answerOf(ACCOUNT, `not asked: ${String(thrown.name)}`, compared)
  }
  if (typeof thrown.statusCode === 'number') {
    return byGateway(named(thrown.code), thrown.statusCode, requestIdOf(named(thrown.requestId)), compared)
  }
  // A page of HTML in front of the gateway: the SDK tells only that it is no JSON.
  if (state.status !== null && state.status >= 400) return byGateway('', state.status, '', compared)
  if (state.isLate || thrown.name === 'RequestTimeoutError') {
    return state.isConnecting
      ? answerOf(NOT_SENT, 'no connection', compared)
      : answerOf(ANSWER_LOST, 'timeout', compared)
  }
  if (typeof thrown.code !== 'string') return unknownAnswer('malformed', compared)
  // By its shape: Node's own errors are no instances of an Error of another realm, such as a test's.
  return isNotConnected(Object.assign(new Error(String(thrown.message)), { code: thrown.code }))
    ? answerOf(NOT_SENT, 'not connected', compared)
    : answerOf(ANSWER_LOST, 'connection lost', compared)
}
