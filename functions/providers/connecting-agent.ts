import { type ClientRequestArgs, Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent, type RequestOptions } from 'node:https'
import type { Duplex } from 'node:stream'

/** Name of the fault in `fetch` of Node, so that `isNotConnected` knows it. */
const CODE = 'UND_ERR_CONNECT_TIMEOUT'

type Opened = (error: Error | null, stream: Duplex) => void

/** Ends a connection that does not stand in time: nothing was sent on it. */
function limited<S extends Duplex | null | undefined>(socket: S, standing: 'connect' | 'secureConnect', ms: number): S {
  if (!socket) return socket
  const timer = setTimeout(() => {
    // The code stands in the text as well: the SDK of Tencent hands on no more than that.
    socket.destroy(Object.assign(new Error(`${CODE} after ${ms} ms`), { code: CODE }))
  }, ms)
  const stop = () => clearTimeout(timer)
  socket.once(standing, stop).once('close', stop)
  return socket
}

class LimitedHttpAgent extends HttpAgent {
  constructor(private readonly connectMs: number) {
    super({ keepAlive: true })
  }

  override createConnection(options: ClientRequestArgs, opened?: Opened) {
    return limited(super.createConnection(options, opened), 'connect', this.connectMs)
  }
}

class LimitedHttpsAgent extends HttpsAgent {
  constructor(private readonly connectMs: number) {
    super({ keepAlive: true })
  }

  override createConnection(options: RequestOptions, opened?: Opened) {
    return limited(super.createConnection(options, opened), 'secureConnect', this.connectMs)
  }
}

/**
 * A keep-alive agent whose connections stand within `connectMs` or fail as not connected, be the packets dropped on the way or
 * the handshake never answered. Node itself waits for the kernel, minutes.
 */
export const connectingAgent = (protocol: string, connectMs: number): HttpAgent =>
  protocol === 'http:' ? new LimitedHttpAgent(connectMs) : new LimitedHttpsAgent(connectMs)
