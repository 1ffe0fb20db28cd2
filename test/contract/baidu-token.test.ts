import type { AskedInvoice } from '@shared/invoice/invoice'
import { BAIDU } from '../../functions/providers/baidu'
import { isNotConnected } from '../../functions/providers/wire-failure'
import { type BaiduServer, baiduServer, freshAdapter, freshToken, json } from './baidu-server'
import { replayServer, samples } from './wire-samples'

const WAIT_MS = 5000
const success = new Map(samples('baidu.verify.')).get('success')?.response.body
const asked: AskedInvoice = {
  kind: 'DIGITAL_SPECIAL',
  invoiceCode: null,
  invoiceNumber: '25332000000000000001',
  issueDate: '2025-11-20',
  amount: '106.00',
  checkCode: null,
  sellerTaxId: null,
}
const twenty = <T>(make: () => T): T[] => Array.from({ length: 20 }, make)

let server: BaiduServer
beforeAll(async () => {
  server = await baiduServer()
})
afterAll(() => server.close())

const usedTokens = () => server.checks.map(({ url }) => url.searchParams.get('access_token'))

describe('the token', () => {
  test('is fetched once with the keys in the body, and used again', async () => {
    server.play(json(success))
    const verify = freshAdapter(server.origin)
    for (let call = 0; call < 3; call++) expect((await verify(asked, WAIT_MS)).outcome).toBe('consistent')
    expect(server.tokenCalls).toHaveLength(1)
    expect(server.tokenCalls[0]?.url.search).toBe('')
    expect(usedTokens()).toEqual(['24.token-1', '24.token-1', '24.token-1'])
  })

  test('is fetched once for twenty calls at once', async () => {
    server.play(json(success), (response, nth) => void setTimeout(() => freshToken(response, nth), 100))
    const verify = freshAdapter(server.origin)
    const answers = await Promise.all(twenty(() => verify(asked, WAIT_MS)))
    expect(answers.map(({ outcome }) => outcome)).toEqual(twenty(() => 'consistent'))
    expect(server.tokenCalls).toHaveLength(1)
    expect(server.checks).toHaveLength(20)
  })

  test('that names no life is used on', async () => {
    server.play(json(success), json({ access_token: '24.token-1', expires_in: 'long' }))
    const verify = freshAdapter(server.origin)
    await verify(asked, WAIT_MS)
    expect((await verify(asked, WAIT_MS)).outcome).toBe('consistent')
    expect(server.tokenCalls).toHaveLength(1)
  })

  test.each([110, 111])('that is refused with %d is replaced once, and the call made once more', async code => {
    server.play((response, nth) => json(nth === 1 ? { log_id: 1, error_code: code } : success)(response, nth))
    const verify = freshAdapter(server.origin)
    expect((await verify(asked, WAIT_MS)).outcome).toBe('consistent')
    expect((await verify(asked, WAIT_MS)).outcome).toBe('consistent')
    expect(usedTokens()).toEqual(['24.token-1', '24.token-2', '24.token-2'])
    expect(server.tokenCalls).toHaveLength(2)
  })

  test('that is refused twice is ours to mend: nothing is tried a third time', async () => {
    server.play(json({ log_id: 1, error_code: 110, error_msg: '24.token-2' }))
    const answer = await freshAdapter(server.origin)(asked, WAIT_MS)
    expect(answer).toMatchObject({ cause: 'provider_account', charged: 'no', rawCode: 'error_code 110' })
    expect([server.checks.length, server.tokenCalls.length]).toEqual([2, 2])
  })

  test('that is refused to twenty calls at once is replaced once for all', async () => {
    server.play((response, nth) =>
      json(
        server.checks[nth - 1]?.url.searchParams.get('access_token') === '24.token-1' ? { error_code: 111 } : success,
      )(response, nth),
    )
    const verify = freshAdapter(server.origin)
    const answers = await Promise.all(twenty(() => verify(asked, WAIT_MS)))
    expect(answers.map(({ outcome }) => outcome)).toEqual(twenty(() => 'consistent'))
    expect([server.checks.length, server.tokenCalls.length]).toEqual([40, 2])
  })

  test.each([
    [
      'a refusal of the keys',
      json({ error: 'invalid_client', error_description: 'the-secret-key' }, 401),
      'token invalid_client',
    ],
    ['a refusal in odd words', json({ error: 'bad the-api-key' }), 'token odd error'],
  ])('that does not come for %s is ours to mend, and no check is sent', async (_, play, rawCode) => {
    server.play(json(success), play)
    expect(await freshAdapter(server.origin)(asked, WAIT_MS)).toMatchObject({
      cause: 'provider_account',
      charged: 'no',
      retry: 'elsewhere',
      rawCode,
    })
    expect(server.checks).toHaveLength(0)
  })

  test.each([
    ['a broken front door', json('<html>', 502), true],
    ['a redirect', json('', 302), true],
    ['another shape', json({ token: 'x' }), false],
    ['no JSON', json('<html>'), false],
    ['a list', json('[]'), false],
  ])('that does not come for %s leaves the invoice unasked, and the next call tries again', async (_, play, known) => {
    server.play(json(success), (response, nth) => (nth === 1 ? play : freshToken)(response, nth))
    const verify = freshAdapter(server.origin)
    expect(await verify(asked, WAIT_MS)).toMatchObject({
      cause: 'network',
      charged: 'no',
      counted: 'no',
      retry: 'elsewhere',
      codeKnown: known,
    })
    expect(server.checks).toHaveLength(0)
    expect((await verify(asked, WAIT_MS)).outcome).toBe('consistent')
  })

  test('keys that cannot be read are ours to mend', async () => {
    const verify = BAIDU.connect({
      baseUrl: server.origin,
      secrets: async () => {
        throw new Error('the-secret-key')
      },
    })
    expect(await verify(asked, WAIT_MS)).toMatchObject({
      cause: 'provider_account',
      charged: 'no',
      rawCode: 'no secrets',
    })
  })
})

describe('one deadline', () => {
  const timed = async (timeoutMs: number, verify = freshAdapter(server.origin)) => {
    const began = performance.now()
    const answer = await verify(asked, timeoutMs)
    return { answer, ms: performance.now() - began }
  }
  const never = () => undefined

  test('ends the waiting for a token, and nothing was sent', async () => {
    server.play(json(success), never)
    const { answer, ms } = await timed(200)
    expect(answer).toMatchObject({ cause: 'network', charged: 'no', retry: 'elsewhere', rawCode: 'token timeout' })
    expect(ms).toBeLessThan(2000)
    expect(server.checks).toHaveLength(0)
  })

  test('of a call that gave up leaves no renewal behind for the next one', async () => {
    server.play(json(success), (response, nth) => (nth === 1 ? never : freshToken)(response, nth))
    const verify = freshAdapter(server.origin)
    await timed(200, verify)
    expect((await verify(asked, WAIT_MS)).outcome).toBe('consistent')
  })

  test('of one call does not end the renewal that others wait for', async () => {
    server.play(json(success), (response, nth) => void setTimeout(() => freshToken(response, nth), 400))
    const verify = freshAdapter(server.origin)
    const [hurried, patient] = await Promise.all([verify(asked, 100), verify(asked, WAIT_MS)])
    expect([hurried.rawCode, patient.outcome]).toEqual(['token timeout', 'consistent'])
    expect(server.tokenCalls).toHaveLength(1)
  })

  test('ends keys that are never read', async () => {
    const verify = BAIDU.connect({ baseUrl: server.origin, secrets: () => new Promise(never) })
    expect((await timed(200, verify)).answer).toMatchObject({ rawCode: 'token timeout', charged: 'no' })
  })

  test('ends the waiting for an answer, and it may have been charged', async () => {
    server.play(never)
    const { answer, ms } = await timed(200)
    expect(answer).toMatchObject({ cause: 'network', charged: 'unknown', retry: 'delayed', rawCode: 'timeout' })
    expect(ms).toBeLessThan(2000)
    expect(server.checks).toHaveLength(1)
  })

  test('counts what the token took', async () => {
    server.play(never, (response, nth) => void setTimeout(() => freshToken(response, nth), 600))
    const { answer, ms } = await timed(1000)
    expect(answer.rawCode).toBe('timeout')
    expect(ms).toBeGreaterThan(950)
    expect(ms).toBeLessThan(1500)
  })

  test('ends a body that drips', async () => {
    server.play(response => {
      response.writeHead(200)
      const bytes = JSON.stringify(success)
      let at = 0
      const drip = setInterval(() => response.write(bytes.charAt(at++)), 20)
      response.on('close', () => clearInterval(drip))
    })
    const { answer, ms } = await timed(500)
    expect(answer).toMatchObject({ cause: 'network', charged: 'unknown', rawCode: 'timeout', invoice: null })
    expect(ms).toBeLessThan(2000)
  })
})

describe('on the wire', () => {
  test('a connection that never stood means that nobody was asked', async () => {
    const silent = await replayServer()
    await silent.close()
    expect(await freshAdapter(silent.origin)(asked, WAIT_MS)).toMatchObject({ charged: 'no', retry: 'elsewhere' })
    // With a token in hand, from a server that goes away in between.
    const leaving = await baiduServer()
    leaving.play(json(success))
    const verify = freshAdapter(leaving.origin)
    await verify(asked, WAIT_MS)
    await leaving.close()
    expect(await verify(asked, WAIT_MS)).toMatchObject({
      cause: 'network',
      charged: 'no',
      retry: 'elsewhere',
      rawCode: 'not connected',
    })
  })

  test.each([
    ['ENOTFOUND', true],
    ['UND_ERR_CONNECT_TIMEOUT', true],
    ['CERT_HAS_EXPIRED', true],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', true],
    ['ECONNRESET', false],
    ['UND_ERR_SOCKET', false],
    ['UND_ERR_HEADERS_TIMEOUT', false],
    [undefined, false],
  ])('a failure with %s was before anything was sent: %p', (code, before) => {
    expect(isNotConnected(new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) }))).toBe(
      before,
    )
  })

  test('a connection that is cut after sending is an answer that was lost', async () => {
    server.play(response => response.destroy())
    const verify = freshAdapter(server.origin)
    expect(await verify(asked, WAIT_MS)).toMatchObject({ charged: 'unknown', rawCode: 'connection lost' })
    server.play(response => {
      response.writeHead(200, { 'content-length': '5000' })
      response.write('{"VerifyResult":"0001"}', () => response.destroy())
    })
    expect(await verify(asked, WAIT_MS)).toMatchObject({
      charged: 'unknown',
      rawCode: 'connection lost',
      invoice: null,
    })
    expect(server.checks).toHaveLength(1)
  })

  test('a redirect is not followed', async () => {
    server.play(response => {
      response.writeHead(307, { location: `${server.origin}/elsewhere` })
      response.end()
    })
    expect(await freshAdapter(server.origin)(asked, WAIT_MS)).toMatchObject({ charged: 'unknown', rawCode: 'HTTP 307' })
    expect(server.checks).toHaveLength(1)
  })

  test('503 reached nobody', async () => {
    server.play(json('later', 503))
    expect(await freshAdapter(server.origin)(asked, WAIT_MS)).toMatchObject({ charged: 'no', rawCode: 'HTTP 503' })
  })

  test('a body without end is given up, whatever it says', async () => {
    server.play(response => {
      response.writeHead(200)
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
        if (!response.destroyed) response.once('drain', more)
      }
      more()
    })
    expect(await freshAdapter(server.origin)(asked, WAIT_MS)).toMatchObject({
      cause: 'unknown_answer',
      charged: 'unknown',
      rawCode: 'too long',
    })
  })

  test('text of many bytes that arrives in pieces is read whole', async () => {
    const bytes = Buffer.from(JSON.stringify(success))
    server.play(response => {
      response.writeHead(200)
      const send = (at: number) => {
        if (at >= bytes.length) return void response.end()
        response.write(bytes.subarray(at, at + 7))
        setImmediate(send, at + 7)
      }
      send(0)
    })
    const { invoice } = await freshAdapter(server.origin)(asked, WAIT_MS)
    expect(invoice?.seller?.name).toBe('合成销方有限公司')
  })
})
