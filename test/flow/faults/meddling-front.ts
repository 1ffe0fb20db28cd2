import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { aliyun } from '../../../config/local/simulator/aliyun'
import { answerCheck, type CheckDesk, type Served } from '../../../config/local/simulator/answer-check'
import { baidu } from '../../../config/local/simulator/baidu'
import type { WireAnswer } from '../../../config/local/simulator/check-provider'
import { SIMULATED_ALIYUN, SIMULATED_BAIDU, SIMULATED_TENCENT } from '../../../config/local/simulator/simulator'
import { tencent } from '../../../config/local/simulator/tencent'

/** What becomes of the true answer to a check: another body, or the same one a byte at a time, so many ms apart. */
export type Meddling = { body(told: string): string } | { drip: number }

export interface MeddlingFront {
  /** Base address of a provider behind this front. */
  baseUrl(name: string, desk: Pick<CheckDesk, 'state' | 'now'>): string
  meddle(next: Meddling | null): void
  close(): Promise<void>
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

async function tell(response: ServerResponse, { status, contentType, body }: WireAnswer, how: Meddling | null) {
  response.writeHead(status, { 'content-type': contentType })
  if (how === null) return response.end(body)
  if ('body' in how) return response.end(how.body(body))
  for (const byte of Buffer.from(body)) {
    if (response.destroyed) return
    response.write(Buffer.of(byte))
    await sleep(how.drip)
  }
  response.end()
}

/** The simulator's providers behind a front that spoils their answers to checks on the way back. */
export async function openMeddlingFront(): Promise<MeddlingFront> {
  const providers = [tencent(SIMULATED_TENCENT), baidu(SIMULATED_BAIDU), aliyun(SIMULATED_ALIYUN)]
  let desk: CheckDesk | null = null
  let meddling: Meddling | null = null

  async function serve(request: IncomingMessage): Promise<{ served: Served; isCheck: boolean } | null> {
    const { url = '/', method = 'GET', headers } = request
    const body = await readAll(request)
    const provider = providers.find(({ prefix }) => url.startsWith(prefix))
    if (desk === null || provider === undefined) return null
    const single = Object.entries(headers).map(([name, value]) => [name, String(value)])
    const at = { receivedAt: Date.now(), productNow: desk.now() }
    const wire = { method, url, headers: Object.fromEntries(single), body, ...at }
    const isCheck = (provider.beside?.(wire) ?? null) === null
    return { served: await answerCheck(desk, provider, wire), isCheck }
  }

  const server = createServer(async (request, response) => {
    const answer = await serve(request)
    if (answer === null || typeof answer.served === 'string') response.socket?.destroy()
    else await tell(response, answer.served, answer.isCheck ? meddling : null)
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
      meddling = next
    },
    async close() {
      server.closeAllConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}
