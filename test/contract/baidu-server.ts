import { createServer, type ServerResponse } from 'node:http'
import { BAIDU } from '../../functions/providers/baidu'
import type { InvoiceProvider } from '../../functions/verification/ports'
import type { Received } from './wire-samples'

/** Plays one answer; `nth` counts the calls of this path from 1. */
type Play = (response: ServerResponse, nth: number) => void

export interface BaiduServer {
  origin: string
  tokenCalls: Received[]
  checks: Received[]
  /** How the two paths answer from now on; both counts begin anew. */
  play(check: Play, token?: Play): void
  close(): Promise<void>
}

export const json =
  (body: unknown, status = 200): Play =>
  response => {
    response.writeHead(status, { 'Content-Type': 'application/json;charset=UTF-8' })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }

/** Tokens `24.token-1`, `24.token-2` … */
export const freshToken: Play = (response, nth) =>
  json({ access_token: `24.token-${nth}`, expires_in: 2_592_000 })(response, nth)

/** Baidu's two paths on loopback, below a path of their own, over real HTTP. */
export async function baiduServer(): Promise<BaiduServer> {
  const tokenCalls: Received[] = []
  const checks: Received[] = []
  let plays: { token: Play; check: Play } = { token: freshToken, check: json({}, 500) }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '/', headers } = request
      const received = { method, url: new URL(url, 'http://loopback'), headers, body: Buffer.concat(chunks).toString() }
      const isToken = received.url.pathname === '/baidu/oauth/2.0/token'
      const nth = (isToken ? tokenCalls : checks).push(received)
      ;(isToken ? plays.token : plays.check)(response, nth)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/baidu`,
    tokenCalls,
    checks,
    play(check, token = freshToken) {
      plays = { check, token }
      tokenCalls.length = 0
      checks.length = 0
    },
    async close() {
      server.closeAllConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

/** An adapter that has no token yet. */
export const freshAdapter = (baseUrl: string): InvoiceProvider['verify'] =>
  BAIDU.connect({ baseUrl, secrets: async () => ({ 'api-key': 'the-api-key', 'secret-key': 'the-secret-key' }) })
