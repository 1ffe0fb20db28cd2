import type { IncomingMessage } from 'node:http'

/** Names under which a server on this machine may be addressed; anything else is a rebound DNS name. */
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

/** Of two Host headers nobody can say which one is meant. */
export function isOwnHost({ headersDistinct }: IncomingMessage, port: number): boolean {
  const [host, second] = headersDistinct.host ?? []
  return host !== undefined && second === undefined && LOOPBACK.some(name => host.toLowerCase() === `${name}:${port}`)
}

/** Whether a page that sent this Origin header is one of ours. Requests without one come from no page. */
export function isOwnOrigin(origin: string | undefined, ports: readonly number[]): boolean {
  if (origin === undefined) return true
  return ports.some(port => LOOPBACK.some(name => origin === `http://${name}:${port}`))
}
