import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { sendProblem } from './send-problem'

export interface LoopbackServer {
  port: number
  /**
   * Takes no more connections and refuses further requests. Resolves when those in hand are answered, at once when there
   * are none; a handler counts until it ends, whether or not its client is still there.
   */
  drain(): Promise<void>
  /** Stops at once: open connections are broken. */
  close(): Promise<void>
}

/** A start that cannot go on, with the one sentence to print. */
export class StartRefused extends Error {}

type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Listens on 127.0.0.1 alone; port 0 takes a free one. Throws `StartRefused` when the port is in use. */
export async function listenOnLoopback(port: number, setting: string, listener: Listener): Promise<LoopbackServer> {
  const sockets = new Set<Socket>()
  const inHand = new Set<Promise<void>>()
  let draining = false
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      await listener(request, response)
    } catch (error) {
      // The client went away: nobody is left to answer.
      if (request.destroyed && !request.complete) return
      const requestId = response.headersSent ? undefined : sendProblem(request, response, 'INTERNAL')
      const report = { level: 'error', at: 'local-server', requestId, error: String(error) }
      process.stderr.write(`${JSON.stringify(report)}\n`)
      if (requestId === undefined) response.destroy()
    }
    // An answer that is not yet with the operating system would be lost with its connection.
    if (response.writableEnded && !response.writableFinished && !response.destroyed) {
      await new Promise(resolve => response.once('finish', resolve).once('close', resolve))
    }
  }
  const server = createServer((request, response) => {
    if (draining) {
      response.setHeader('connection', 'close')
      sendProblem(request, response, 'UNAVAILABLE')
      return
    }
    const answered = answer(request, response).finally(() => inHand.delete(answered))
    inHand.add(answered)
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
    async drain() {
      draining = true
      server.close()
      server.closeIdleConnections()
      await Promise.all(inHand)
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
