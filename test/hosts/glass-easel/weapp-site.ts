import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
}

export interface Site {
  origin: string
  close(): Promise<void>
}

/** Serves the folder of `buildWeappSite` on a free loopback port; what is below `/v1` goes to the API. */
export async function serveWeappSite(folder: string, apiOrigin: string): Promise<Site> {
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://loopback')
    if (pathname.startsWith('/v1/')) return forward(request, response, apiOrigin)
    const file = path.join(folder, pathname === '/' ? 'index.html' : path.normalize(pathname))
    if (!file.startsWith(folder) || !fs.existsSync(file)) return response.writeHead(404).end()
    response.setHeader('content-type', TYPES[path.extname(file)] ?? 'application/octet-stream')
    return fs.createReadStream(file).pipe(response)
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

function forward(request: http.IncomingMessage, response: http.ServerResponse, apiOrigin: string): void {
  const to = new URL(request.url ?? '/', apiOrigin)
  const passed = http.request(to, {
    method: request.method,
    headers: { ...request.headers, host: to.host, origin: to.origin },
  })
  passed.on('response', answer => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  passed.on('error', () => response.destroy())
  request.pipe(passed)
}
