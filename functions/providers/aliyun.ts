import type { AskedField } from '@shared/invoice/hint'
import type { AskedInvoice } from '@shared/invoice/invoice'
import type { InvoiceKind } from '@shared/invoice/invoice-kind'
import type { InvoiceProvider, ProviderAnswer, ProviderTraits } from '../verification/ports'
import { loadAliyun } from './aliyun-client'
import { isFound, meaningOf } from './aliyun-codes'
import { AliyunExchange } from './aliyun-exchange'
import { readFailure } from './aliyun-failure'
import { readFound } from './aliyun-invoice'
import { aliyunRequest } from './aliyun-request'
import { readEnvelopes } from './aliyun-wire'
import { answerOf, foundAnswer, unknownAnswer } from './code-meaning'
import type { Connection, ProviderRow } from './provider-row'

type Secret = 'access-key-id' | 'access-key-secret'

/** Those that its page names, by code: 01 03 04 10 11 14 15 20 31 32 51 61 83 84 85 and blockchain [help.aliyun.com 465205]. */
const KINDS: readonly InvoiceKind[] = [
  'VAT_SPECIAL_PAPER',
  'MOTOR_VEHICLE',
  'VAT_NORMAL_ROLL',
  'VAT_NORMAL_ELECTRONIC',
  'VAT_NORMAL_PAPER',
  'TOLL_ELECTRONIC',
  'USED_VEHICLE',
  'VAT_SPECIAL_ELECTRONIC',
  'DIGITAL_SPECIAL',
  'DIGITAL_NORMAL',
  'DIGITAL_RAILWAY',
  'DIGITAL_AIR',
  'DIGITAL_MOTOR_VEHICLE',
  'DIGITAL_USED_VEHICLE',
  'DIGITAL_PAPER_SPECIAL',
  'BLOCKCHAIN',
  'UNKNOWN',
]

const TRAITS: ProviderTraits = {
  name: 'aliyun',
  kinds: new Set(KINDS),
  order: 3,
  timeoutMs: 12_000,
  // The limit exists (code 152000), its value is not published: a planning figure [upstreams reference § 5].
  callsPerSecond: 10,
  // Not published either: a planning figure between the others' package prices.
  priceFen: 25,
  // T+0, with a lag of hours.
  sameDay: true,
}

/** What an answer without a gateway error says. Found but unreadable, or contradicting itself, is no answer. */
export function readResponse(body: unknown, asked: AskedInvoice, compared: readonly AskedField[]): ProviderAnswer {
  const answer = readEnvelopes(body)
  if (answer === null) return unknownAnswer('malformed', compared)
  const { code, requestId } = answer
  if (!isFound(code)) {
    const meaning = meaningOf(code)
    return meaning === null ? unknownAnswer(code, compared, requestId) : answerOf(meaning, code, compared, requestId)
  }
  const found = readFound(answer.invoice, asked)
  if (found === null) return unknownAnswer('empty', compared, requestId)
  return foundAnswer(found, code, compared, requestId)
}

/** Rejects when the signal is raised, so that nothing slower is waited for. */
const raised = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })

function connect({ baseUrl, secrets }: Connection<Secret>): InvoiceProvider['verify'] {
  return async (asked, timeoutMs) => {
    const { request, compared } = aliyunRequest(asked)
    const wait = Math.min(timeoutMs, TRAITS.timeoutMs)
    // One deadline over the keys, connecting, headers and a body that drips.
    const signal = AbortSignal.timeout(wait)
    const exchange = new AliyunExchange()
    let isHandedOver = false
    const ask = async () => {
      const [call, keys] = await Promise.all([loadAliyun(), secrets()])
      // Late keys must not start a paid call that nobody waits for any more.
      signal.throwIfAborted()
      if (!keys['access-key-id'] || !keys['access-key-secret']) throw new RangeError('no access key')
      isHandedOver = true
      return call({ baseUrl, keys, request, timeoutMs: wait, exchange })
    }
    try {
      return readResponse(await Promise.race([ask(), raised(signal)]), asked, compared)
    } catch (error) {
      const { status, isConnecting } = exchange
      return readFailure(error, { isHandedOver, isConnecting, isLate: signal.aborted, status }, compared)
    } finally {
      exchange.close()
    }
  }
}

/**
 * Alibaba Cloud OCR, action VerifyVATInvoice of 2021-07-07 [help.aliyun.com/document_detail/465205.html]. Business answers are
 * HTTP 200 with a code inside `Data`, which is JSON in a string; mismatch, not-found and "not to the norm" (1005) are billed
 * like a hit. HTTP errors are the gateway's.
 */
export const ALIYUN: ProviderRow<Secret> = {
  traits: TRAITS,
  secrets: ['access-key-id', 'access-key-secret'],
  baseUrl: 'https://ocr-api.cn-hangzhou.aliyuncs.com',
  connect,
}
