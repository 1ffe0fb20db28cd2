import { mkdtempSync } from 'node:fs'
import { createServer, request as forward } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSimulator, SIMULATED_WECHAT } from '../../../config/local/simulator/simulator'
import type { MessageRow } from '../../../config/local/simulator/wechat-book'
import type { SignedPush } from '../../../config/local/simulator/wechat-push'
import { call } from './simulator-bench'

export interface RunningWechat {
  /** Stands before the simulator and notes what passes. */
  url: string
  dataDir: string
  calls: { path: string; body: string }[]
  pushes: SignedPush[]
  /** Whether the product takes events. */
  takes: { events: boolean }
  messages(): readonly MessageRow[]
  token(): { token: string }
  /** As if two hours had passed for WeChat alone. */
  expireTokens(): Promise<void>
  /** Somebody else forces a new token. */
  forceToken(): Promise<void>
  fault(fault: object): Promise<void>
  get(path: string): Promise<{ status: number; body: Record<string, unknown> }>
  post(path: string, body: unknown): Promise<{ status: number; body: Record<string, unknown> }>
  settle(): Promise<void>
  stop(): Promise<void>
}

/** WeChat alone, with events taken by the test. */
export async function startWechat(
  clock: { now(): number },
  dataDir = mkdtempSync(join(tmpdir(), 'yanpiao-wx-')),
): Promise<RunningWechat> {
  const simulator = openSimulator({ dataDir, realNow: clock.now, random: Math.random, wait: async () => {} })
  const [calls, pushes, takes]: [RunningWechat['calls'], SignedPush[], { events: boolean }] = [[], [], { events: true }]
  const inner = await simulator.listen({
    port: 0,
    productPort: null,
    pushToken: 'token-of-the-test',
    takePush: async push => {
      pushes.push(push)
      return takes.events
    },
  })
  const own = `http://127.0.0.1:${inner.port}`
  const front = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      calls.push({ path: (request.url ?? '').split('?')[0] ?? '', body: body.toString() })
      const headers = { ...request.headers, host: `127.0.0.1:${inner.port}` }
      const passed = forward(`${own}${request.url}`, { method: request.method, headers }, answer => {
        response.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(response)
      })
      passed.on('error', () => response.socket?.destroy())
      passed.end(body)
    })
  })
  await new Promise<void>(resolve => front.listen(0, '127.0.0.1', resolve))
  const address = front.address()
  const { wechat } = simulator.state
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    dataDir,
    calls,
    pushes,
    takes,
    messages: () => simulator.state.messages,
    token: () => ({ token: wechat.newestToken?.token ?? '' }),
    async expireTokens() {
      await call(own, 'DELETE', '/control/tokens')
    },
    async forceToken() {
      const { appId, secret } = SIMULATED_WECHAT
      const body = { grant_type: 'client_credential', appid: appId, secret, force_refresh: true }
      await call(own, 'POST', '/cgi-bin/stable_token', body)
      calls.push({ path: '/cgi-bin/stable_token', body: JSON.stringify(body) })
    },
    async fault(fault) {
      await call(own, 'PUT', '/control/faults', fault)
    },
    get: path => call(own, 'GET', path),
    post: (path, body) => call(own, 'POST', path, body),
    settle: simulator.settleEvents,
    async stop() {
      front.closeAllConnections()
      await new Promise<void>(resolve => front.close(() => resolve()))
      await inner.close()
      simulator.close()
    },
  }
}
