import type { AskedField } from '@shared/invoice/hint'
import { INVOICE_KINDS } from '@shared/invoice/invoice-kind'
import { baiduRequestType } from '@shared/invoice/kind-codes'
import type { InvoiceProvider, ProviderAnswer, ProviderTraits } from '../verification/ports'
import { readPosted } from './baidu-answer'
import { TOKEN_REFUSED } from './baidu-codes'
import { parseJson, postForm } from './baidu-post'
import { baiduRequest } from './baidu-request'
import { type FetchedToken, type NoToken, tokenSource } from './baidu-token'
import { WireToken } from './baidu-wire'
import { ACCOUNT, ANSWER_LOST, answerOf, type CodeMeaning, NOT_SENT, REFUSED } from './code-meaning'
import type { Connection, ProviderRow } from './provider-row'
import { isNotConnected } from './wire-failure'

type Secret = 'api-key' | 'secret-key'

const TRAITS: ProviderTraits = {
  name: 'baidu',
  // It has to be told the kind: a question of unknown kind cannot be asked.
  kinds: new Set(INVOICE_KINDS.filter(kind => baiduRequestType(kind) !== undefined)),
  order: 2,
  timeoutMs: 12_000,
  // Paid; 2 without a package.
  callsPerSecond: 10,
  // The smallest package, 1,000 calls for 240 yuan [upstreams reference § 5].
  priceFen: 24,
  // Result 1014.
  sameDay: false,
}

/** Not asked at all: the question lacks what Baidu wants of its kind. Somebody else may want less. */
const CANNOT_ASK: CodeMeaning = { ...REFUSED, retry: 'elsewhere' }

/** When the answer names no life: short enough to be right, and 110 and 111 are answered anyway. */
const UNNAMED_LIFE_S = 3600

const noToken = (refused: CodeMeaning, rawCode: string, codeKnown = true): NoToken => ({ refused, rawCode, codeKnown })

/** Names of the OAuth standard; anything else may be a secret that came back. */
const loggable = (error: string) => (/^[a-z_]{1,40}$/.test(error) ? error : 'odd error')

/** Whatever fails here, nobody was asked about an invoice. Never throws. */
async function fetchToken(url: URL, { secrets }: Connection<Secret>, signal: AbortSignal): Promise<FetchedToken> {
  let keys: Readonly<Record<Secret, string>> | null = null
  try {
    keys = await secrets()
    const form = { grant_type: 'client_credentials', client_id: keys['api-key'], client_secret: keys['secret-key'] }
    const { status, text } = await postForm(url, form, signal)
    const parsed = WireToken.safeParse(parseJson(text))
    const { access_token: token, expires_in: life, error } = parsed.success ? parsed.data : {}
    if (error !== undefined) return noToken(ACCOUNT, `token ${loggable(error)}`)
    if (status !== 200) return noToken(NOT_SENT, `token HTTP ${status}`)
    if (token === undefined || token === '') return noToken(NOT_SENT, 'token malformed', false)
    return { token, livesMs: (life ?? UNNAMED_LIFE_S) * 1000 }
  } catch {
    return keys === null ? noToken(ACCOUNT, 'no secrets') : noToken(NOT_SENT, 'token not fetched')
  }
}

/** The check was on its way when this was thrown. */
function readThrown(error: unknown, isTimeout: boolean, compared: readonly AskedField[]): ProviderAnswer {
  if (isTimeout) return answerOf(ANSWER_LOST, 'timeout', compared)
  return isNotConnected(error)
    ? answerOf(NOT_SENT, 'not connected', compared)
    : answerOf(ANSWER_LOST, 'connection lost', compared)
}

function connect(connection: Connection<Secret>): InvoiceProvider['verify'] {
  const below = (path: string) => new URL(`${connection.baseUrl.replace(/\/+$/, '')}${path}`)
  const tokenUrl = below('/oauth/2.0/token')
  const checkUrl = below('/rest/2.0/ocr/v1/vat_invoice_verification')
  const tokens = tokenSource(
    signal => fetchToken(tokenUrl, connection, signal),
    noToken(NOT_SENT, 'token timeout'),
    () => performance.now(),
  )
  return async (asked, timeoutMs) => {
    const request = baiduRequest(asked)
    if (request === null) return answerOf(CANNOT_ASK, 'not asked', [])
    const { form, compared } = request
    // One deadline over token, call and a body that drips.
    const signal = AbortSignal.timeout(Math.max(0, Math.floor(Math.min(timeoutMs, TRAITS.timeoutMs))))

    const ask = async (): Promise<{ answer: ProviderAnswer; refusedToken: string | null }> => {
      const got = await tokens.get(signal)
      if ('refused' in got) {
        return {
          answer: { ...answerOf(got.refused, got.rawCode, compared), codeKnown: got.codeKnown },
          refusedToken: null,
        }
      }
      if (signal.aborted) return { answer: answerOf(NOT_SENT, 'timeout', compared), refusedToken: null }
      const url = new URL(checkUrl)
      url.searchParams.set('access_token', got.token)
      try {
        const answer = readPosted(await postForm(url, form, signal), asked, compared)
        return { answer, refusedToken: TOKEN_REFUSED.includes(answer.rawCode) ? got.token : null }
      } catch (error) {
        return { answer: readThrown(error, signal.aborted, compared), refusedToken: null }
      }
    }

    const first = await ask()
    if (first.refusedToken === null) return first.answer
    // The refused call asked nobody and cost nothing: one more, with a new token.
    tokens.forget(first.refusedToken)
    return (await ask()).answer
  }
}

/**
 * Baidu AI Cloud OCR, vat_invoice_verification [cloud.baidu.com/doc/OCR/s/cklbnrnwe]. Results and errors are HTTP 200. Which
 * results are billed it does not say: all that the tax data answered are taken for billed.
 */
export const BAIDU: ProviderRow<Secret> = {
  traits: TRAITS,
  secrets: ['api-key', 'secret-key'],
  baseUrl: 'https://aip.baidubce.com',
  connect,
}
