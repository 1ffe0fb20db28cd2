import { randomBytes } from 'node:crypto'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { ClientRequest } from 'node:http'

const REQUEST_START = 'http.client.request.start'

/**
 * One request of the SDK, watched from outside. The SDK hides the status of an answer that is no JSON, and lets nobody bring
 * an agent or a signal of his own; Node names every request on its diagnostics channel, and the nonce tells which is ours.
 */
export class AliyunExchange {
  /** `x-acs-signature-nonce` of the request: 64 characters of hex, as the SDK's own. */
  readonly nonce = randomBytes(32).toString('hex')
  #request: ClientRequest | null = null
  #status: number | null = null

  constructor() {
    subscribe(REQUEST_START, this.#onStart)
  }

  /** HTTP status, as soon as the head of an answer came. */
  get status(): number | null {
    return this.#status
  }

  /** The connection is known not to stand yet, so nobody can have read the request. False when there is any doubt. */
  get isConnecting(): boolean {
    return this.#request?.socket?.connecting === true
  }

  /** Ends the request and its connection, whatever state they are in. */
  close(): void {
    unsubscribe(REQUEST_START, this.#onStart)
    this.#request?.destroy()
  }

  readonly #onStart = (message: unknown): void => {
    const { request } = message as { request: ClientRequest }
    if (request.getHeader('x-acs-signature-nonce') !== this.nonce) return
    this.#request = request
    request.once('response', ({ statusCode = null }) => {
      this.#status = statusCode
    })
  }
}
