import type { IncomingMessage, ServerResponse } from 'node:http'
import { isOwnHost } from './own-hosts'
import { setPageSecurity } from './page-security'
import { sendProblem } from './send-problem'

type Page = (request: IncomingMessage, response: ServerResponse, path: string) => Promise<boolean>

interface ProductSite {
  port(): number
  api(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** Asked in order; the first that knows the path answers. */
  pages: readonly Page[]
}

const PLACEHOLDER = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>验票</title><body><h1>验票</h1><p>网页版还没有构建：请运行 npm run build:h5。</p><p><a href="/demo">演示发票</a></p>`

/** A QR text in the address opens the check page with it; pages are routed behind the `#`. */
function redirectOf(request: IncomingMessage): string | null {
  const [path, query = ''] = (request.url ?? '/').split(/\?(.*)/s)
  const text = new URLSearchParams(query).get('text')
  return path === '/' && text !== null ? `/#/pages/check/index?text=${encodeURIComponent(text)}` : null
}

/** One origin for the pages and the API under `/v1`, for loopback host names alone. */
export function productSite(site: ProductSite) {
  async function page(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const location = redirectOf(request)
    if (location !== null) {
      response.writeHead(302, { location, 'cache-control': 'no-store' }).end()
      return
    }
    for (const answer of site.pages) if (await answer(request, response, path)) return
    if (path !== '/') return void sendProblem(request, response, 'NOT_FOUND')
    setPageSecurity(response)
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
    response.end(PLACEHOLDER)
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isOwnHost(request, site.port())) return void sendProblem(request, response, 'WRONG_HOST')
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    if (path === '/v1' || path.startsWith('/v1/')) return site.api(request, response)
    if (request.method === 'GET' || request.method === 'HEAD') return page(request, response, path)
    response.setHeader('allow', 'GET, HEAD')
    sendProblem(request, response, 'METHOD_NOT_ALLOWED')
  }
}
