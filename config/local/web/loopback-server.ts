import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

export interface LoopbackServer {
  port: number
  /** Stops at once: open connections are broken. */
  close(): Promise<void>
}

/** A start that cannot go on, with the one sentence to print. */
export class StartRefused extends Error {}

type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Listens on 127.0.0.1 alone; port 0 takes a free one. Throws `StartRefused` when the port is in use. */
export async function listenOnLoopback(port: number, setting: string, listener: Listener): Promise<LoopbackServer> {
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    listener(request, response).catch((error: unknown) => {
      // The client went away: nobody is left to answer.
      if (request.destroyed && !request.complete) return
      process.stderr.write(`${JSON.stringify({ level: 'error', at: 'local-server', error: String(error) })}\n`)
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' })
      response.end('{"message":"Internal Server Error"}')
    })
  })
  server.on('connection', socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE'
      reject(taken ? new StartRefused(`Port ${port} is in use; set ${setting} to a free port.`) : error)
    })
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
