import type { IncomingMessage } from 'node:http'

/** The whole body, or `too_large` as soon as it passes the limit (bytes). Throws when the client goes away. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | 'too_large'> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return 'too_large'
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const part: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
    size += part.length
    if (size > limit) return 'too_large'
    chunks.push(part)
  }
  return Buffer.concat(chunks)
}
