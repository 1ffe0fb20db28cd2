import { readFile, realpath, stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, sep } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { inlineScriptHashes, setPageSecurity } from './page-security'

const compress = promisify(gzip)

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
}
const SMALLER = /^(text|application)\/|svg/
/** A content hash in the name: the file under this name never changes. */
const HASHED = /[.-][0-9a-f]{8,}\.\w+$/

interface Served {
  modified: number
  type: string
  bytes: Buffer
  packed: Buffer | null
  scripts: string[]
}

/** The path below the folder that a URL path names; null for what is malformed, hidden or points outside. */
export function relativePath(urlPath: string): string | null {
  let path: string
  try {
    path = decodeURIComponent(urlPath)
  } catch {
    return null
  }
  const parts = path.split('/').slice(1)
  if (/[\0\\:]/.test(path) || parts.some(part => part.startsWith('.'))) return null
  return path.endsWith('/') ? `${path}index.html` : path
}

/** Serves the files of one folder. Answers false when there is no such file. */
export function staticFiles(folder: string) {
  const cache = new Map<string, Served>()

  async function load(file: string): Promise<Served | null> {
    try {
      const [real, root] = await Promise.all([realpath(file), realpath(folder)])
      const info = await stat(real)
      if (!real.startsWith(root + sep) || !info.isFile()) return null
      const known = cache.get(file)
      if (known?.modified === info.mtimeMs) return known
      const bytes = await readFile(real)
      const type = TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream'
      const packed = bytes.length > 1024 && SMALLER.test(type) ? await compress(bytes) : null
      const scripts = type.startsWith('text/html') ? inlineScriptHashes(bytes.toString('utf8')) : []
      const served = { modified: info.mtimeMs, type, bytes, packed, scripts }
      cache.set(file, served)
      return served
    } catch {
      return null
    }
  }

  return async (request: IncomingMessage, response: ServerResponse, urlPath: string): Promise<boolean> => {
    const path = relativePath(urlPath)
    const served = path === null ? null : await load(join(folder, path))
    if (path === null || served === null) return false
    const packed = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? '')) ? served.packed : null
    const body = packed ?? served.bytes
    setPageSecurity(response, served.scripts)
    response.writeHead(200, {
      'content-type': served.type,
      'content-length': body.length,
      'cache-control': HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
      ...(served.packed && { vary: 'accept-encoding' }),
      ...(packed && { 'content-encoding': 'gzip' }),
    })
    response.end(request.method === 'HEAD' ? undefined : body)
    return true
  }
}
