/** Names under which a server on this machine may be addressed; anything else is a rebound DNS name. */
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

export function isOwnHost(host: string | undefined, port: number): boolean {
  return host !== undefined && LOOPBACK.some(name => host.toLowerCase() === `${name}:${port}`)
}

/** Whether a page that sent this Origin header is one of ours. Requests without one come from no page. */
export function isOwnOrigin(origin: string | undefined, ports: readonly number[]): boolean {
  if (origin === undefined) return true
  return ports.some(port => LOOPBACK.some(name => origin === `http://${name}:${port}`))
}
