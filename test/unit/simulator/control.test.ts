import { appendFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { ask, call, invoice, questionOf, startSimulator, stopAll } from './simulator-bench'

afterEach(stopAll)

test.each([
  ['PUT', '/control/invoices', '{', 400],
  ['PUT', '/control/invoices', {}, 422],
  ['PUT', '/control/invoices', [1], 422],
  ['PUT', '/control/invoices', [{ kind: 'UNKNOWN' }], 422],
  ['PUT', '/control/faults', { provider: 'tencent', mode: 'odd' }, 422],
  ['PUT', '/control/faults', { provider: 'odd', mode: 'down' }, 422],
  ['PUT', '/control/faults', { provider: '*', mode: 'down', rate: 2 }, 422],
  ['PUT', '/control/faults', { provider: '*', mode: 'slow', latencyMs: '1' }, 422],
  ['PUT', '/control/faults', { provider: 'baidu', mode: 'code' }, 422],
  ['PUT', '/control/faults', { provider: 'baidu', mode: 'code', code: '' }, 422],
  ['PUT', '/control/faults', { provider: 'baidu', mode: 'code', code: 110 }, 422],
  ['PUT', '/control/faults', { provider: 'baidu', mode: 'code', code: 'constructor' }, 422],
  ['PUT', '/control/faults', { provider: 'baidu', mode: 'code', code: 'Throttling.User' }, 422],
  ['PUT', '/control/faults', { provider: 'tencent', mode: 'code', code: '0006' }, 422],
  ['PUT', '/control/faults', { provider: 'wechat', mode: 'code', code: '49999' }, 422],
  ['PUT', '/control/faults', { provider: '*', mode: 'code', code: '1005' }, 422],
  ['PUT', '/control/faults', { provider: 'aliyun', mode: 'down', code: '1005' }, 422],
  ['POST', '/control/clock', { advanceSeconds: -1 }, 422],
  ['POST', '/control/clock', { advanceSeconds: '60' }, 422],
  ['POST', '/control/clock', {}, 422],
  ['POST', '/control/ledger', {}, 405],
  ['GET', '/control/odd', undefined, 404],
  ['GET', '/control/constructor', undefined, 404],
  ['GET', '/odd', undefined, 404],
])('%s %s with %j answers %s', async (method, path, body, status) => {
  const { url } = await startSimulator()
  const answer = await call(url, method as string, path as string, body)
  expect(answer.status).toBe(status)
  expect(answer.body).toMatchObject({ status })
})

test('invoices are kept by code and number, whatever else they say', async () => {
  const { url } = await startSimulator()
  const count = (await call(url, 'GET', '/control/invoices')).body.length
  const odd = {
    invoiceNumber: '26112000000000000777',
    invoiceCode: '',
    amountWithTax: 12,
    lifecycle: 'odd',
    extra: { a: [] },
  }
  await call(url, 'PUT', '/control/invoices', [invoice(), odd])
  const { body } = await call(url, 'GET', '/control/invoices')
  expect(body).toHaveLength(count + 1)
  expect(body.at(-1)).toEqual(odd)
})

test('everything is still there after a restart, a line torn by a kill aside', async () => {
  const first = await startSimulator()
  const stored = invoice()
  await call(first.url, 'PUT', '/control/invoices', [stored])
  await call(first.url, 'POST', '/control/clock', { advanceSeconds: 3600 })
  await call(first.url, 'PUT', '/control/faults', { provider: 'wechat', mode: 'maintenance' })
  await ask(first.url, questionOf(stored))
  const before = await Promise.all(
    ['invoices', 'ledger', 'faults'].map(async name => (await call(first.url, 'GET', `/control/${name}`)).body),
  )
  await first.stop()
  appendFileSync(join(first.dataDir, 'journal.jsonl'), '{"type":"ledger","row":{"prov')

  const second = await startSimulator(first.dataDir)
  const after = await Promise.all(
    ['invoices', 'ledger', 'faults'].map(async name => (await call(second.url, 'GET', `/control/${name}`)).body),
  )
  expect(after).toEqual(before)
  expect((await call(second.url, 'GET', '/control/clock')).body.offsetSeconds).toBe(3600)
  await ask(second.url, questionOf(stored))
  await second.stop()
  const third = await startSimulator(first.dataDir)
  expect((await call(third.url, 'GET', '/control/ledger')).body).toHaveLength(2)
})

test('the refusal of a code names the field and what may stand there', async () => {
  const { url } = await startSimulator()
  const wrong = await call(url, 'PUT', '/control/faults', { provider: 'baidu', mode: 'code', code: 'odd' })
  expect(wrong.body.detail).toMatch(/^code must be one that baidu documents: .* 282000 .*0006/)
  const every = await call(url, 'PUT', '/control/faults', { provider: '*', mode: 'code', code: '1005' })
  expect(every.body.detail).toMatch(/^code needs one provider of tencent baidu aliyun/)
  expect((await call(url, 'PUT', '/control/faults', { provider: '*', mode: 'none', code: null })).status).toBe(200)
})

test('a demanded code is still demanded after a restart', async () => {
  const first = await startSimulator()
  const fault = { provider: 'tencent', mode: 'code', code: 'FailedOperation.UnKnowError' }
  await call(first.url, 'PUT', '/control/faults', fault)
  await first.stop()
  // An entry of a later version says nothing to this one.
  appendFileSync(join(first.dataDir, 'journal.jsonl'), '{"type":"later","value":1}\n')
  const { url } = await startSimulator(first.dataDir)
  expect((await call(url, 'GET', '/control/faults')).body).toContainEqual(expect.objectContaining(fault))
  expect(await ask(url, questionOf(invoice()))).toBe('FailedOperation.UnKnowError')
})

test('reset clears ledger and faults, puts back the samples and keeps other invoices and the clock', async () => {
  const { url } = await startSimulator()
  const samples = (await call(url, 'GET', '/control/invoices')).body
  const stored = invoice()
  await call(url, 'PUT', '/control/invoices', [stored, { ...samples[0], lifecycle: 'voided' }])
  await call(url, 'PUT', '/control/faults', { provider: '*', mode: 'down' })
  await call(url, 'POST', '/control/clock', { advanceSeconds: 60 })
  await ask(url, questionOf(stored))
  await call(url, 'POST', '/control/reset')
  const left = (await call(url, 'GET', '/control/invoices')).body
  expect(left).toContainEqual(samples[0])
  expect(left).toContainEqual(stored)
  expect((await call(url, 'GET', '/control/ledger')).body).toEqual([])
  expect((await call(url, 'GET', '/control/faults')).body).toMatchObject([
    { mode: 'down', invoiceNumber: expect.any(String) },
  ])
  expect((await call(url, 'GET', '/control/clock')).body.offsetSeconds).toBe(60)
  expect(await ask(url, questionOf(stored))).toBe('found N')
})

function rawStatus(url: string, headers: Record<string, string>, method = 'GET', path = '/control/ledger') {
  return new Promise<number | undefined>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: new URL(url).port, path, method, headers }, answer =>
      resolve(answer.resume().statusCode),
    )
    sent.on('error', reject)
    sent.end()
  })
}

test('a rebound host name and pages of other sites are refused', async () => {
  const { url } = await startSimulator()
  const port = new URL(url).port
  expect(await rawStatus(url, { host: `evil.example:${port}` })).toBe(421)
  expect(await rawStatus(url, { host: '127.0.0.1' })).toBe(421)
  expect(await rawStatus(url, { host: `localhost:${port}` })).toBe(200)
  expect(await rawStatus(url, { host: `[::1]:${port}` })).toBe(200)
  expect(await rawStatus(url, { origin: 'https://evil.example' }, 'POST', '/control/reset')).toBe(403)
  expect(await rawStatus(url, { origin: 'null' }, 'POST', '/control/reset')).toBe(403)
  expect(await rawStatus(url, { origin: `http://127.0.0.1:${port}` }, 'POST', '/control/reset')).toBe(200)
})

test('each day of the product has its own sample that was issued today', async () => {
  const { url } = await startSimulator()
  await call(url, 'POST', '/control/clock', { advanceSeconds: 86_400 })
  const today = new Date(Date.now() + 8 * 3_600_000 + 86_400_000).toISOString().slice(0, 10)
  const { body } = await call(url, 'GET', '/control/invoices')
  expect(body.at(-1)).toMatchObject({ issueDate: today })
})

test.each(['//', '//?x', '/sns/jscode2session?%zz'])('the odd address %s harms nobody', async path => {
  const { url } = await startSimulator()
  expect(await rawStatus(url, {}, 'GET', path)).toBeLessThan(500)
})
