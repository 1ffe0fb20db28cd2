import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Locale, localeOf } from '@shared/copy/copy'
import { inlineScriptHashes, setPageSecurity } from '../web/page-security'
import { demoPage, qrPicture } from './demo-page'
import type { DemoSample } from './demo-sample'

function localeFor(request: IncomingMessage): Locale {
  const chosen = new URLSearchParams((request.url ?? '').split('?')[1] ?? '').get('lang')
  if (chosen === 'en') return 'en'
  return chosen === 'zh' ? 'zh-CN' : localeOf(request.headers['accept-language'])
}

/** The demo page and its QR pictures. Answers false for a path that is none of them. */
export function demoRoutes(samples: () => readonly DemoSample[]) {
  return async (request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> => {
    const send = (type: string, body: string | Buffer) => {
      response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' })
      response.end(request.method === 'HEAD' ? undefined : body)
      return true
    }
    if (path === '/demo' || path === '/demo/') {
      const page = await demoPage(samples(), localeFor(request))
      setPageSecurity(response, inlineScriptHashes(page))
      return send('text/html; charset=utf-8', page)
    }
    const id = /^\/demo\/qr\/([a-z-]+)\.png$/.exec(path)?.[1]
    const sample = samples().find(candidate => candidate.id === id)
    if (id === undefined || sample === undefined) return false
    setPageSecurity(response)
    return send('image/png', await qrPicture(sample))
  }
}
