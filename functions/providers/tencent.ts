import type { AskedField } from '@shared/invoice/hint'
import type { AskedInvoice } from '@shared/invoice/invoice'
import { INVOICE_KINDS, kindOf } from '@shared/invoice/invoice-kind'
import { Client } from 'tencentcloud-sdk-nodejs-ocr/tencentcloud/services/ocr/v20181119/ocr_client'
import type { InvoiceProvider, ProviderAnswer, ProviderTraits } from '../verification/ports'
import { ACCOUNT, ANSWER_LOST, answerOf, BROKEN, foundAnswer, NOT_SENT, unknownAnswer } from './code-meaning'
import { connectingAgent } from './connecting-agent'
import type { Connection, ProviderRow } from './provider-row'
import { meaningOf } from './tencent-codes'
import { readFound } from './tencent-invoice'
import { tencentRequest } from './tencent-request'
import { WireResponse } from './tencent-wire'
import { isNotConnected } from './wire-failure'

type Secret = 'secret-id' | 'secret-key'

const TRAITS: ProviderTraits = {
  name: 'tencent',
  // Sent to the tax side alone: a fiscal bill (16) goes to the finance ministry's own site, a general one (102) to its province.
  kinds: new Set(INVOICE_KINDS.filter(kind => kindOf(kind).checkedBy === 'tax')),
  order: 1,
  timeoutMs: 12_000,
  callsPerSecond: 20,
  // Up to 10,000 calls a month [upstreams reference § 5].
  priceFen: 30,
  sameDay: true,
}

/** A socket that stood idle longer (a frozen function, a closed keep-alive) is not trusted with a paid call. */
const MAX_IDLE_MS = 5000
/** Within the deadline of a call, so that a connection that never stands is told from a lost answer. */
const CONNECT_MS = 4000

/** What a response without an error says. Found but unreadable is no answer about the invoice. */
export function readResponse(raw: unknown, asked: AskedInvoice, compared: readonly AskedField[]): ProviderAnswer {
  const parsed = WireResponse.safeParse(raw)
  if (!parsed.success) return unknownAnswer('unreadable', compared)
  const { RequestId } = parsed.data
  const found = readFound(parsed.data, asked)
  if (found === null) return unknownAnswer('empty', compared, RequestId)
  return foundAnswer(found, 'OK', compared, RequestId)
}

function readCode(code: string, requestId: unknown, compared: readonly AskedField[]): ProviderAnswer {
  const meaning = meaningOf(code)
  const id = typeof requestId === 'string' ? requestId : ''
  return meaning === null ? unknownAnswer(code, compared, id) : answerOf(meaning, code, compared, id)
}

/** The SDK throws for everything else: business errors with `code`, other HTTP statuses with `httpCode`, the rest bare. */
function readFailure(error: unknown, isTimeout: boolean, compared: readonly AskedField[]): ProviderAnswer {
  const thrown = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>
  if ('traceId' in thrown && typeof thrown.code === 'string' && thrown.code !== '') {
    return readCode(thrown.code, thrown.requestId, compared)
  }
  if (isTimeout) return answerOf(ANSWER_LOST, 'timeout', compared)
  if (typeof thrown.httpCode === 'number') {
    return answerOf(thrown.httpCode === 503 ? NOT_SENT : BROKEN, `HTTP ${thrown.httpCode}`, compared)
  }
  if (isNotConnected(error)) return answerOf(NOT_SENT, 'not connected', compared)
  const isUnreadable = error instanceof TypeError || error instanceof SyntaxError || thrown.type === 'invalid-json'
  return isUnreadable ? unknownAnswer('malformed', compared) : answerOf(ANSWER_LOST, 'connection lost', compared)
}

function connect({ baseUrl, secrets }: Connection<Secret>): InvoiceProvider['verify'] {
  const { protocol, host, pathname } = new URL(baseUrl)
  // An agent of our own: without one the SDK sends everything through `http_proxy` of the environment.
  const agent = connectingAgent(protocol, CONNECT_MS)
  let credential = { secretId: '', secretKey: '' }
  const client = new Client({
    credential: { getCredential: async () => credential } as never,
    // Outside the mainland calls are billed at international rates [upstreams reference § 1.7].
    region: 'ap-guangzhou',
    profile: {
      language: 'zh-CN',
      httpProfile: {
        endpoint: pathname === '/' ? host : `${host}${pathname}`,
        protocol: `${protocol}//`,
        reqTimeout: TRAITS.timeoutMs / 1000,
        agent,
      },
    },
  })
  let inFlight = 0
  let idleSince = performance.now()
  return async (asked, timeoutMs) => {
    const { request, compared } = tencentRequest(asked)
    // Of a fault inside the SDK nobody could tell whether it came before the call was sent.
    const values = await secrets().catch(() => null)
    if (!values?.['secret-id'] || !values['secret-key']) return answerOf(ACCOUNT, 'no secrets', compared)
    credential = { secretId: values['secret-id'], secretKey: values['secret-key'] }
    if (inFlight === 0 && performance.now() - idleSince > MAX_IDLE_MS) agent.destroy()
    // One deadline over connect, headers and a body that drips.
    const signal = AbortSignal.timeout(Math.min(timeoutMs, TRAITS.timeoutMs))
    inFlight++
    try {
      return readResponse(await client.request('VatInvoiceVerifyNew', request, { signal }), asked, compared)
    } catch (error) {
      return readFailure(error, signal.aborted, compared)
    } finally {
      inFlight--
      idleSince = performance.now()
    }
  }
}

/**
 * Tencent Cloud OCR, action VatInvoiceVerifyNew [cloud.tencent.com/document/product/866/73674, billing 866/45470].
 * Mismatch and not-found are billed like a hit. Business errors are HTTP 200 with `Response.Error`.
 */
export const TENCENT: ProviderRow<Secret> = {
  traits: TRAITS,
  secrets: ['secret-id', 'secret-key'],
  baseUrl: 'https://ocr.tencentcloudapi.com',
  connect,
}
