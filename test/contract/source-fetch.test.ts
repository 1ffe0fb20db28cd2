import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { addressKind } from '../../functions/platform/source-address'
import { sourceFetch } from '../../functions/platform/source-fetch'
import { decodedText } from '../../functions/platform/source-text'

/** 停机维护 in GB 18030. */
const CHINESE = Buffer.from([0xcd, 0xa3, 0xbb, 0xfa, 0xce, 0xac, 0xbb, 0xa4])

let server: http.Server
let base = ''
let asked: string[] = []

const ANSWERS: Record<string, (answer: http.ServerResponse) => void> = {
  '/ok': answer => answer.setHeader('content-type', 'text/html; charset=utf-8').end('停机'),
  '/gbk': answer => answer.setHeader('content-type', 'text/html; charset=GBK').end(CHINESE),
  '/here': answer => answer.writeHead(302, { location: 'ok' }).end(),
  '/round': answer => answer.writeHead(301, { location: '/round' }).end(),
  '/inside': answer => answer.writeHead(302, { location: 'https://10.0.0.1/' }).end(),
  '/file': answer => answer.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/missing': answer => answer.writeHead(404).end(),
  '/picture': answer => answer.setHeader('content-type', 'image/png').end('x'),
  '/zipped': answer => answer.setHeader('content-encoding', 'gzip').end('x'),
  '/huge': answer => answer.end('x'.repeat(10_000_000)),
  '/endless': answer => {
    const more = () => answer.write('x'.repeat(100_000), error => error || setImmediate(more))
    more()
  },
  '/silent': () => {},
  '/cut': answer => {
    answer.writeHead(200, { 'content-length': '100' })
    answer.write('x', () => answer.destroy())
  },
}

beforeAll(async () => {
  server = http.createServer((request, answer) => {
    asked.push(request.url ?? '')
    ANSWERS[request.url ?? '']?.(answer)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
beforeEach(() => {
  asked = []
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const local = sourceFetch({ loopback: true, timeoutMs: 1500 })

describe('a source', () => {
  it('is read with its type', async () => {
    expect(await local.fetch(`${base}/ok`)).toEqual({ ok: true, contentType: 'text/html; charset=utf-8', text: '停机' })
  })

  it('is decoded by the charset that it names', async () => {
    expect(await local.fetch(`${base}/gbk`)).toMatchObject({ ok: true, text: '停机维护' })
  })

  it('is followed where it has moved, three times at most', async () => {
    expect(await local.fetch(`${base}/here`)).toMatchObject({ ok: true, text: '停机' })
    expect(await local.fetch(`${base}/round`)).toEqual({ ok: false, why: 'redirects' })
    expect(asked.filter(path => path === '/round')).toHaveLength(4)
  })

  it.each([
    ['/missing', 'status_404'],
    ['/picture', 'no_text'],
    ['/zipped', 'compressed'],
    ['/huge', 'too_large'],
    ['/endless', 'too_large'],
    ['/silent', 'timeout'],
    ['/cut', 'network'],
    ['/inside', 'private_address'],
    ['/file', 'not_https'],
  ])('at %s is an answer of its own: %s', async (path, why) => {
    expect(await local.fetch(base + path)).toEqual({ ok: false, why })
  })
})

describe('the cloud', () => {
  const cloud = sourceFetch({ loopback: false, timeoutMs: 1500 })

  it('asks over HTTPS alone', async () => {
    expect(await cloud.fetch(`${base}/ok`)).toEqual({ ok: false, why: 'not_https' })
    expect(await cloud.fetch('ftp://notices.example/')).toEqual({ ok: false, why: 'not_https' })
    expect(await cloud.fetch('https://name:word@notices.example/')).toEqual({ ok: false, why: 'not_https' })
    expect(await cloud.fetch('no address')).toEqual({ ok: false, why: 'bad_address' })
    expect(asked).toEqual([])
  })

  it.each([
    ['https://127.0.0.1/'],
    ['https://[::1]/'],
    ['https://169.254.169.254/latest/meta-data/'],
    ['https://2130706433/'],
    ['https://0x7f.1/'],
    ['https://[::ffff:10.0.0.1]/'],
    ['https://0.0.0.0/'],
  ])('asks nobody inside: %s', async url => {
    expect(await cloud.fetch(url)).toEqual({ ok: false, why: 'private_address' })
  })

  it('looks at every address of a name before it asks one', async () => {
    const named = (...addresses: string[]) => sourceFetch({ loopback: false, resolve: async () => addresses })
    const inside = { ok: false, why: 'private_address' }
    expect(await named('192.168.1.7').fetch('https://notices.example/')).toEqual(inside)
    expect(await named('8.8.8.8', '10.0.0.1').fetch('https://notices.example/')).toEqual(inside)
    expect(await named().fetch('https://notices.example/')).toEqual({ ok: false, why: 'no_such_host' })
  })

  it('waits for no resolver', async () => {
    const hanging = sourceFetch({ loopback: false, timeoutMs: 50, resolve: () => new Promise(() => {}) })
    expect(await hanging.fetch('https://notices.example/')).toEqual({ ok: false, why: 'timeout' })
    const failing = sourceFetch({ loopback: false, resolve: () => Promise.reject(new Error('ENOTFOUND')) })
    expect(await failing.fetch('https://notices.example/')).toEqual({ ok: false, why: 'no_such_host' })
  })

  it('of the local stack lets a name lead to this machine only when it leads nowhere else', async () => {
    const split = sourceFetch({ loopback: true, resolve: async () => ['127.0.0.1', '10.0.0.1'] })
    expect(await split.fetch('http://notices.example/')).toEqual({ ok: false, why: 'private_address' })
    const open = sourceFetch({ loopback: true, resolve: async () => ['8.8.8.8'] })
    expect(await open.fetch('http://notices.example/')).toEqual({ ok: false, why: 'not_https' })
  })
})

describe('an address', () => {
  it.each([
    ['8.8.8.8', 'public'],
    ['2400:3200::1', 'public'],
    ['127.8.9.1', 'loopback'],
    ['::1', 'loopback'],
    ['100.64.0.1', 'closed'],
    ['172.31.255.255', 'closed'],
    ['172.32.0.1', 'public'],
    ['255.255.255.255', 'closed'],
    ['fe80::1', 'closed'],
    ['fd00::1', 'closed'],
    ['64:ff9b::a00:1', 'closed'],
    ['2002:a00:1::', 'closed'],
    ['::ffff:10.0.0.1', 'closed'],
    ['nonsense', 'closed'],
  ])('%s is %s', (address, kind) => {
    expect(addressKind(address)).toBe(kind)
  })
})

describe('the text of an answer', () => {
  it('is decoded by what the page declares when the header says nothing', () => {
    const page = Buffer.concat([Buffer.from('<html><head><meta charset="gb2312"></head>'), CHINESE])
    expect(decodedText('text/html', page)).toContain('停机维护')
    const feed = Buffer.concat([Buffer.from('<?xml version="1.0" encoding="GB18030"?>'), CHINESE])
    expect(decodedText('', feed)).toContain('停机维护')
  })

  it('is UTF-8 when nobody says or knows better', () => {
    expect(decodedText('text/plain', Buffer.from('停机'))).toBe('停机')
    expect(decodedText('text/plain; charset=klingon', Buffer.from('停机'))).toBe('停机')
    expect(decodedText('text/plain; charset=gbk', Buffer.from('\ufeff停机'))).toBe('停机')
  })
})
