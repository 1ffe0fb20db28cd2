const NOT_CONNECTED =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|certificate|self.signed|CERT_|UNABLE_TO_/i

/**
 * The connection never stood, so the provider was not asked. Judged by shape, since errors of Node's own may come from
 * another realm; of `fetch` the reason stands in the cause.
 */
export function isNotConnected(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { code, message, cause } = error as { code?: unknown; message?: unknown; cause?: unknown }
  return NOT_CONNECTED.test(`${String(code)} ${String(message)}`) || isNotConnected(cause)
}
