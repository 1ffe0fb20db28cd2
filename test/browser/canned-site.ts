import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { CannedApi } from '../page/canned-api'

const FOLDER = path.join(process.cwd(), 'dist/h5')
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
}

export interface CannedSite {
  origin: string
  close(): Promise<void>
}

/** The H5 pages as built in dist/h5 on a free loopback port, with canned answers below `/v1`. */
export async function serveCannedSite(api: () => CannedApi): Promise<CannedSite> {
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://loopback')
    if (pathname.startsWith('/v1/')) return void answer(api(), request, response)
    const file = path.join(FOLDER, pathname === '/' ? 'index.html' : path.normalize(pathname))
    if (!file.startsWith(FOLDER) || !fs.existsSync(file)) return void response.writeHead(404).end()
    response.setHeader('content-type', TYPES[path.extname(file)] ?? 'application/octet-stream')
    return void fs.createReadStream(file).pipe(response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

async function answer(api: CannedApi, request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const text = Buffer.concat(parts).toString()
  const url = request.url ?? '/'
  const header = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
  const body: unknown = text === '' ? null : JSON.parse(text)
  const answered = api.respond({ url, path: url, method: request.method ?? 'GET', header, body })
  response.writeHead(answered.statusCode, answered.header ?? {})
  response.end(answered.data === '' ? '' : JSON.stringify(answered.data))
}
