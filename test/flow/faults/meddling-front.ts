import { createServer, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { aliyun } from '../../../config/local/simulator/aliyun'
import { answerCheck, type CheckDesk } from '../../../config/local/simulator/answer-check'
import { baidu } from '../../../config/local/simulator/baidu'
import { SIMULATED_ALIYUN, SIMULATED_BAIDU, SIMULATED_TENCENT } from '../../../config/local/simulator/simulator'
import { tencent } from '../../../config/local/simulator/tencent'

type Desk = Pick<CheckDesk, 'state' | 'now'>

export interface MeddlingFront {
  /** Base address of a provider behind this front. */
  baseUrl(name: string, desk: Desk): string
  /** What becomes of the true answer to a check; `drip` sends it so many ms a byte. */
  meddle(change: ((body: string) => string | { status: number; body: string }) | { drip: number } | null): void
  close(): Promise<void>
}

async function drip(response: ServerResponse, body: string, ms: number): Promise<void> {
  for (const byte of Buffer.from(body)) {
    if (response.destroyed) return
    response.write(Buffer.of(byte))
    await sleep(ms)
  }
  response.end()
}

/** The simulator's providers behind a front that spoils their answers to checks on the way back. */
export async function openMeddlingFront(): Promise<MeddlingFront> {
  const providers = [tencent(SIMULATED_TENCENT), baidu(SIMULATED_BAIDU), aliyun(SIMULATED_ALIYUN)]
  let desk: CheckDesk | null = null
  let change: Parameters<MeddlingFront['meddle']>[0] = null
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => {
      const { url = '/', method = 'GET', headers } = request
      const provider = providers.find(({ prefix }) => url.startsWith(prefix))
      if (desk === null || provider === undefined) return response.writeHead(404).end()
      const single = Object.entries(headers).map(([name, value]) => [name, String(value)])
      const body = Buffer.concat(chunks)
      const wire = {
        method,
        url,
        headers: Object.fromEntries(single),
        body,
        receivedAt: Date.now(),
        productNow: desk.now(),
      }
      const isBeside = (provider.beside?.(wire) ?? null) !== null
      const served = await answerCheck(desk, provider, wire)
      if (typeof served === 'string') return response.socket?.destroy()
      const { status, contentType } = served
      if (isBeside || change === null || typeof change === 'function') {
        const told = isBeside || change === null ? served.body : change(served.body)
        const spoilt = typeof told === 'string' ? { status, body: told } : told
        return response.writeHead(spoilt.status, { 'content-type': contentType }).end(spoilt.body)
      }
      response.writeHead(status, { 'content-type': contentType })
      return drip(response, served.body, change.drip)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    baseUrl(name, { state, now }) {
      desk ??= { state, now, random: Math.random, wait: async ms => void (await sleep(ms)), recent: new Map() }
      return `http://127.0.0.1:${port}/${name}`
    },
    meddle(next) {
      change = next
    },
    async close() {
      server.closeAllConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}
