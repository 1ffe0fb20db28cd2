const NOT_CONNECTED = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|certificate|self-signed|CERT_/i

/** The connection never stood, so the provider was not asked. Of `fetch` the reason stands in the cause. */
export function isNotConnected(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { code?: unknown }
  return NOT_CONNECTED.test(`${String(code)} ${error.message}`) || isNotConnected(error.cause)
}
