import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import path from 'node:path'

const FOLDER = path.join(__dirname, '../vectors/wire')

interface Sample {
  _meta: { note: string; billed_by_vendor?: boolean }
  request: {
    method: string
    path: string
    query?: Record<string, string>
    headers: Record<string, string>
    body?: unknown
  }
  response: { status: number; headers: Record<string, string>; body: unknown }
}

/** Recorded exchanges whose names begin with `prefix`, such as `tencent.verify.`. */
export function samples(prefix: string): [string, Sample][] {
  return readdirSync(FOLDER)
    .filter(name => name.startsWith(prefix) && name.endsWith('.json'))
    .map(name => [
      name.slice(prefix.length, -'.json'.length),
      JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8')),
    ])
}

export interface Received {
  method: string
  url: URL
  headers: Record<string, string | string[] | undefined>
  body: string
}

export interface ReplayServer {
  origin: string
  host: string
  received: Received[]
  answer(status: number, headers: Record<string, string>, body: string): void
  close(): Promise<void>
}

/** Real HTTP on loopback that gives one prepared answer to whatever comes. */
export async function replayServer(): Promise<ReplayServer> {
  const received: Received[] = []
  let next = { status: 500, headers: {} as Record<string, string>, body: '' }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '/', headers } = request
      received.push({ method, url: new URL(url, 'http://loopback'), headers, body: Buffer.concat(chunks).toString() })
      response.writeHead(next.status, next.headers)
      response.end(next.body)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  return {
    origin: `http://${host}`,
    host,
    received,
    answer(status, headers, body) {
      next = { status, headers, body }
    },
    async close() {
      server.closeAllConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}
