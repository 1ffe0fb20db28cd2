import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { AskedField } from '@shared/invoice/hint'
import type { AskedInvoice } from '@shared/invoice/invoice'
import { Client } from 'tencentcloud-sdk-nodejs-ocr/tencentcloud/services/ocr/v20181119/ocr_client'
import type { InvoiceProvider, ProviderAnswer } from '../verification/ports'
import { ANSWER_LOST, type CodeMeaning, HTTP_FAILED, meaningOf, NOT_SENT, UNKNOWN_ANSWER } from './tencent-codes'
import { readFound } from './tencent-invoice'
import { tencentRequest } from './tencent-request'
import { WireResponse } from './tencent-wire'

/**
 * Tencent Cloud OCR, action VatInvoiceVerifyNew [cloud.tencent.com/document/product/866/73674, billing 866/45470].
 * 20 calls a second; one invoice five times a day; mismatch and not-found are billed like a hit. Business errors are HTTP
 * 200 with `Response.Error`. No sandbox: the simulator of the local stack speaks the same wire format.
 */
export interface TencentConfig {
  /** Read at every call; the cloud keeps them in Parameter Store. */
  credentials(): Promise<{ secretId: string; secretKey: string }>
  /** Host with an optional port and path, without protocol. */
  endpoint: string
  protocol: 'https://' | 'http://'
  region: string
  timeoutMs: number
  simulated: boolean
}

/** A socket that stood idle longer (a frozen function, a closed keep-alive) is not trusted with a paid call. */
const MAX_IDLE_MS = 5000

const NOT_CONNECTED = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|certificate|self-signed|CERT_/i

function answer(
  meaning: CodeMeaning,
  rawCode: string,
  compared: readonly AskedField[],
  requestId = '',
): ProviderAnswer {
  const { reason, ...rest } = meaning
  return {
    ...rest,
    lifecycle: null,
    reasons: reason === null ? [] : [{ code: reason, likelihood: 'likely' }],
    invoice: null,
    compared,
    requestId,
    rawCode: rawCode.slice(0, 100),
    codeKnown: true,
  }
}

/** What a response without an error says. Found but unreadable is no answer about the invoice. */
export function readResponse(raw: unknown, asked: AskedInvoice, compared: readonly AskedField[]): ProviderAnswer {
  const parsed = WireResponse.safeParse(raw)
  if (!parsed.success) return { ...answer(UNKNOWN_ANSWER, 'unreadable', compared), codeKnown: false }
  const { RequestId } = parsed.data
  const found = readFound(parsed.data, asked)
  if (found === null) return { ...answer(UNKNOWN_ANSWER, 'empty', compared, RequestId), codeKnown: false }
  return {
    outcome: 'consistent',
    lifecycle: found.lifecycle,
    cause: null,
    reasons: [],
    invoice: found.invoice,
    compared,
    requestId: RequestId,
    charged: 'yes',
    counted: 'yes',
    rawCode: found.oddCode ?? 'OK',
    codeKnown: found.oddCode === null,
  }
}

function readCode(code: string, requestId: unknown, compared: readonly AskedField[]): ProviderAnswer {
  const meaning = meaningOf(code)
  const read = answer(meaning ?? UNKNOWN_ANSWER, code, compared, typeof requestId === 'string' ? requestId : '')
  return { ...read, codeKnown: meaning !== null }
}

/** The SDK throws for everything else: business errors with `code`, other HTTP statuses with `httpCode`, the rest bare. */
function readFailure(error: unknown, isTimeout: boolean, compared: readonly AskedField[]): ProviderAnswer {
  const thrown = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>
  const message = String(thrown.message ?? error)
  if ('traceId' in thrown && typeof thrown.code === 'string' && thrown.code !== '') {
    return readCode(thrown.code, thrown.requestId, compared)
  }
  if (isTimeout) return answer(ANSWER_LOST, 'timeout', compared)
  if (typeof thrown.httpCode === 'number') {
    return answer(thrown.httpCode === 503 ? NOT_SENT : HTTP_FAILED, `HTTP ${thrown.httpCode}`, compared)
  }
  if (NOT_CONNECTED.test(message)) return answer(NOT_SENT, 'not connected', compared)
  const isUnreadable = error instanceof TypeError || error instanceof SyntaxError || thrown.type === 'invalid-json'
  if (isUnreadable) return { ...answer(UNKNOWN_ANSWER, 'malformed', compared), codeKnown: false }
  return answer(ANSWER_LOST, 'connection lost', compared)
}

export function tencentProvider(config: TencentConfig): InvoiceProvider {
  // An agent of our own: without one the SDK sends everything through `http_proxy` of the environment.
  const agent = config.protocol === 'http://' ? new HttpAgent({ keepAlive: true }) : new HttpsAgent({ keepAlive: true })
  const client = new Client({
    credential: { getCredential: config.credentials } as never,
    region: config.region,
    profile: {
      language: 'zh-CN',
      httpProfile: {
        endpoint: config.endpoint,
        protocol: config.protocol,
        reqTimeout: config.timeoutMs / 1000,
        agent,
      },
    },
  })
  let inFlight = 0
  let idleSince = performance.now()
  return {
    name: 'tencent',
    simulated: config.simulated,
    async verify(asked) {
      const { request, compared } = tencentRequest(asked)
      if (inFlight === 0 && performance.now() - idleSince > MAX_IDLE_MS) agent.destroy()
      // One deadline over connect, headers and a body that drips.
      const signal = AbortSignal.timeout(config.timeoutMs)
      inFlight++
      try {
        return readResponse(await client.request('VatInvoiceVerifyNew', request, { signal }), asked, compared)
      } catch (error) {
        return readFailure(error, signal.aborted, compared)
      } finally {
        inFlight--
        idleSince = performance.now()
      }
    },
  }
}
