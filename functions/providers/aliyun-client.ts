import type Sdk from '@alicloud/ocr-api20210707'
import type { AliyunExchange } from './aliyun-exchange'
import type { AliyunRequest } from './aliyun-request'

type Config = ConstructorParameters<typeof Sdk>[0]
type Runtime = Parameters<Sdk['verifyVATInvoiceWithOptions']>[1]

export interface AliyunCall {
  /** Origin with an optional path. */
  baseUrl: string
  keys: Readonly<Record<'access-key-id' | 'access-key-secret', string>>
  request: AliyunRequest
  timeoutMs: number
  exchange: AliyunExchange
}

/** The SDK's timers stand behind ours: of several deadlines one has to be the first. */
const BEHIND_MS = 500

/**
 * Loads the SDK: a tenth of a second and 19 MB, so not before it is asked for. Answers the one call that is used; it throws
 * the SDK's errors and repeats nothing.
 */
export async function loadAliyun(): Promise<(call: AliyunCall) => Promise<unknown>> {
  const loaded = await import('@alicloud/ocr-api20210707')
  // CommonJS: its names arrive beside `default`, or below it when a bundler has put it into a file of its own.
  const whole: unknown = 'VerifyVATInvoiceRequest' in loaded ? loaded : (loaded as { default: unknown }).default
  const { default: OcrClient, VerifyVATInvoiceRequest } = whole as typeof loaded

  /** The SDK's endpoint is a host alone; a path before the action's is set here, where it is still signed. */
  class PathClient extends OcrClient {
    readonly #path: string

    constructor(config: Config, path: string) {
      super(config)
      this.#path = path
    }

    override callApi(...[params, ...rest]: Parameters<Sdk['callApi']>): ReturnType<Sdk['callApi']> {
      params.pathname = this.#path
      return super.callApi(params, ...rest)
    }
  }

  return async ({ baseUrl, keys, request, timeoutMs, exchange }) => {
    const { protocol, host, pathname } = new URL(baseUrl)
    const credential = {
      getCredential: async () => ({
        accessKeyId: keys['access-key-id'],
        accessKeySecret: keys['access-key-secret'],
        type: 'access_key',
        providerName: 'static_ak',
      }),
    }
    const config = {
      credential,
      endpoint: host,
      protocol: protocol.slice(0, -1),
      // Else the SDK takes one from the environment.
      userAgent: 'yanpiao',
      // One connection for each call. The SDK's pool keeps sockets without end, and a kept one carries the read timer of its
      // last call: when that fires it takes away the next call's, and a slow answer is never ended (measured with 3.1.3).
      globalParameters: { headers: { connection: 'close', 'x-acs-signature-nonce': exchange.nonce } },
    }
    const wait = timeoutMs + BEHIND_MS
    const client = new PathClient(config as unknown as Config, pathname.endsWith('/') ? pathname : `${pathname}/`)
    const runtime = { readTimeout: wait, connectTimeout: wait } as Runtime
    const { body } = await client.verifyVATInvoiceWithOptions(new VerifyVATInvoiceRequest(request), runtime)
    return body
  }
}
