import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readText } from '@shared/invoice/read-text'
import { qrTextOf } from '../../../config/local/demo/demo-page'
import { demoRoutes } from '../../../config/local/demo/demo-routes'
import { demoSamples, keepAnchor } from '../../../config/local/demo/demo-samples'
import { type LoopbackServer, listenOnLoopback } from '../../../config/local/web/loopback-server'
import { productSite } from '../../../config/local/web/product-site'
import { staticFiles } from '../../../config/local/web/static-files'

const TODAY = '2026-11-22'
const samples = demoSamples(TODAY, TODAY)
let server: LoopbackServer | null = null
afterEach(() => server?.close())

async function site() {
  const outside = mkdtempSync(join(tmpdir(), 'yanpiao-site-'))
  const folder = join(outside, 'h5')
  mkdirSync(join(folder, 'js'), { recursive: true })
  writeFileSync(join(outside, 'secret.txt'), 'secret')
  writeFileSync(join(folder, 'index.html'), '<!doctype html><script>boot()</script><script src="/js/a.js"></script>')
  writeFileSync(join(folder, 'js/app.0a1b2c3d.js'), `// ${'x'.repeat(2000)}`)
  writeFileSync(join(folder, 'js/reader.wasm'), 'wasm')
  writeFileSync(join(folder, '.hidden'), 'hidden')
  symlinkSync(join(outside, 'secret.txt'), join(folder, 'link.txt'))
  let port = 0
  const handle = productSite({
    port: () => port,
    api: async (_, response) => {
      response.end('api')
    },
    pages: [demoRoutes(() => samples), staticFiles(folder)],
  })
  server = await listenOnLoopback(0, 'PORT', handle)
  port = server.port
  return (path: string, headers: Record<string, string> | string[] = {}, method = 'GET') =>
    new Promise<{ status: number; headers: Record<string, unknown>; bytes: Buffer; text: string }>(
      (resolve, reject) => {
        const sent = request({ port, host: '127.0.0.1', method, path, headers }, answer => {
          const chunks: Buffer[] = []
          answer.on('data', chunk => chunks.push(chunk))
          answer.on('end', () => {
            const bytes = Buffer.concat(chunks)
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes, text: bytes.toString('utf8') })
          })
        })
        sent.on('error', reject)
        sent.end()
      },
    )
}

test.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/js/..%5c..%5csecret.txt',
  '/.hidden',
  '/link.txt',
  '/%00',
  '/%zz',
  '//evil.example/%2e%2e',
  'http://evil.example/',
  '/js',
  '/js/',
  '/odd',
])('%s is not served', async path => {
  const { status, text } = await (await site())(path)
  expect(status).toBe(404)
  expect(JSON.parse(text)).toMatchObject({ code: 'NOT_FOUND' })
})

test('files have their type, and only names with a hash are kept for long', async () => {
  const get = await site()
  const page = await get('/')
  expect(page.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' })
  const script = await get('/js/app.0a1b2c3d.js', { 'accept-encoding': 'gzip' })
  expect(script.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    'content-encoding': 'gzip',
    'x-content-type-options': 'nosniff',
  })
  expect(script.bytes.length).toBeLessThan(200)
  expect((await get('/js/reader.wasm')).headers['content-type']).toBe('application/wasm')
})

test('pages run their own scripts and no others', async () => {
  const { headers } = await (await site())('/')
  const policy = String(headers['content-security-policy'])
  expect(policy).toContain("default-src 'none'")
  expect(policy).toMatch(/script-src 'self' 'wasm-unsafe-eval' 'sha256-[\w+/=]+';/)
  expect(policy).not.toMatch(/script-src[^;]*unsafe-inline/)
})

test.each([
  ['evil.example', 421],
  ['evil.example:PORT', 421],
  ['127.0.0.1.evil.example:PORT', 421],
  ['127.0.0.1', 421],
  ['127.0.0.1:1', 421],
  ['127.0.0.1:PORT', 200],
  ['LOCALHOST:PORT', 200],
  ['[::1]:PORT', 200],
])('a request for host "%s" answers %i, on pages and on the API', async (host, status) => {
  const get = await site()
  const header = { host: host.replace('PORT', String(server?.port)) }
  for (const path of ['/', '/v1/health', '/demo']) {
    const answer = await get(path, header)
    expect(answer.status).toBe(status)
    if (status === 421) expect(JSON.parse(answer.text)).toMatchObject({ code: 'WRONG_HOST' })
  }
})

test('of two Host headers none is believed', async () => {
  const get = await site()
  const own = `127.0.0.1:${server?.port}`
  for (const second of [own, 'evil.example']) {
    const answer = await get('/v1/health', ['Host', own, 'Host', second])
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([421, 'WRONG_HOST'])
  }
})

test('a QR text in the address opens the check page, and pages take no writes', async () => {
  const get = await site()
  const text = encodeURIComponent('01,32,,26332000000080000002,412.00,20261117,,ABCD')
  const answer = await get(`/?text=${text}`)
  expect([answer.status, answer.headers.location]).toEqual([302, `/#/pages/check/index?text=${text}`])
  expect((await get('/', {}, 'POST')).status).toBe(405)
})

test('the demo page shows every kind and outcome, in both languages', async () => {
  const get = await site()
  for (const [path, words] of [
    ['/demo', ['演示数据', '已全额红冲', '暂未查到', '铁路电子客票']],
    ['/demo/?lang=en', ['Demo data', 'Sample invoices']],
  ] as const) {
    const page = await get(path)
    expect(page.status).toBe(200)
    for (const word of words) expect(page.text).toContain(word)
    expect(page.text.match(/<article /g)).toHaveLength(samples.length)
    expect(page.text).not.toMatch(/官方|征信|信用|风险评级|src="http|undefined|\[object/)
  }
  expect((await get('/demo/qr/odd.png')).status).toBe(404)
})

test('the samples are one of each kind and outcome, and the product reads their QR texts as intact', () => {
  expect(samples.length).toBeGreaterThanOrEqual(14)
  const kinds = new Set(samples.map(({ face }) => face.kind))
  expect(kinds.size).toBe(11)
  const outcomes = new Set(samples.map(({ expected }) => expected))
  for (const outcome of [
    'normal',
    'voided',
    'red_full',
    'red_partial',
    'mismatch',
    'not_found',
    'too_early',
    'network',
  ]) {
    expect(outcomes).toContain(outcome)
  }
  for (const sample of samples) {
    const { face } = sample
    const read = readText(qrTextOf(sample), TODAY)
    expect(read).toMatchObject({
      ok: true,
      value: { kind: face.kind, invoiceNumber: face.invoiceNumber, issueDate: face.issueDate, qrChecksum: 'intact' },
    })
  }
})

test('the day of the samples is kept until it would be too old', () => {
  expect(keepAnchor(null, TODAY)).toBe(TODAY)
  expect(keepAnchor('2026-01-01', TODAY)).toBe('2026-01-01')
  expect(keepAnchor('2023-01-01', TODAY)).toBe(TODAY)
})
