import { digitalInvoice, openWorld, type World } from './given'
import { foundInvoice } from './tencent-server'
import { check, list, problemOf, read, recheck, send, signIn } from './when'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(() => {
  world.logs.length = 0
})

test.each([
  ['POST /v1/parse', 600],
  ['POST /v1/sessions', 120],
])('%s answers %i calls a minute per address, then 429 until the minute is over', async (route, limit) => {
  const call = (sourceIp: string) =>
    send(world, route, { body: {}, sourceIp, headers: { 'x-forwarded-for': `${Math.random()}` } })
  for (let calls = 0; calls < limit; calls++) expect((await call('198.51.100.1')).status).toBe(422)
  world.clock.advance(59_000)
  const over = await call('198.51.100.1')
  expect([over.status, problemOf(over).code, over.headers['retry-after']]).toEqual([429, 'RATE_LIMITED', '1'])
  expect((await call('198.51.100.2')).status).toBe(422)
  world.clock.advance(1000)
  expect((await call('198.51.100.1')).status).toBe(422)
})

test('reads are limited per user, not per address', async () => {
  const [a, b] = [await signIn(world), await signIn(world)]
  const call = (headers: Record<string, string>, at: number) =>
    send(world, 'GET /v1/verifications', { headers, query: { limit: '0' }, sourceIp: `198.51.100.${at % 200}` })
  for (let calls = 0; calls < 1200; calls++) expect((await call(a.headers, calls)).status).toBe(422)
  expect((await call(a.headers, 0)).status).toBe(429)
  expect((await call(b.headers, 0)).status).toBe(422)
})

test('an exempt address is never limited', async () => {
  for (let calls = 0; calls < 700; calls++) {
    expect((await send(world, 'POST /v1/parse', { body: {}, sourceIp: '192.0.2.1' })).status).toBe(422)
  }
})

test('each request writes exactly one line, which names nobody and no invoice', async () => {
  const person = await signIn(world, 'canary-openid')
  world.tencent.play(question => foundInvoice(question, { SellerTaxCode: '91310000YANPA0002C' }))
  const invoice = digitalInvoice({ sellerTaxId: '91310000YANPA0002C' })
  const { body } = await check(world, person, invoice, 'canary-key')
  await recheck(world, person, body.id)
  await read(world, person, body.id)
  await list(world, person, { q: 'canary-query' })
  await send(world, 'POST /v1/parse', { body: { text: 'canary-text' } })
  await send(world, 'GET /v1/canary-path')
  await check(world, person, digitalInvoice({ invoiceNumber: 'canary-number' }))
  world.tencent.play(() => ({ code: 'FailedOperation.NewCode' }))
  await check(world, person, digitalInvoice())
  await send(world, 'DELETE /v1/me', { headers: person.headers })
  expect(world.logs).toHaveLength(10)
  const text = JSON.stringify(world.logs)
  const secrets = [String(invoice.invoiceNumber), '91310000YANPA0002C', person.userId, person.token, body.id]
  for (const canary of [...secrets, 'canary', '卖方乙', '买方甲', '192.0.2.1']) expect(text).not.toContain(canary)
  for (const line of world.logs) {
    expect(line).toMatchObject({ level: expect.any(String), route: expect.any(String), status: expect.any(Number) })
    expect(line).toMatchObject({ ms: expect.any(Number), requestId: expect.stringMatching(/^req-/) })
  }
  expect(world.logs[1]).toMatchObject({
    outcome: 'consistent',
    provider: 'tencent',
    calls: ['tencent:OK'],
    costFen: 30,
    CostFen: 30,
    user: expect.any(String),
  })
  expect(world.logs[8]).toMatchObject({
    calls: ['tencent:FailedOperation.NewCode'],
    UnknownProviderCode: 1,
    costFen: 30,
    CostFen: 30,
    _aws: {
      CloudWatchMetrics: [
        { Namespace: 'Yanpiao', Metrics: [{ Name: 'CostFen' }] },
        { Namespace: 'Yanpiao', Metrics: [{ Name: 'UnknownProviderCode', Unit: 'Count' }] },
      ],
    },
  })
})

test('the request id of the answer is the one in the log', async () => {
  const reply = await send(world, 'GET /v1/health')
  expect(reply.headers['x-request-id']).toBe(world.logs[0]?.requestId)
  const failed = await send(world, 'GET /v1/none')
  expect(problemOf(failed).requestId).toBe(failed.headers['x-request-id'])
})

test('health tells version, product time and whether the data is simulated', async () => {
  const { body } = await send<Record<string, unknown>>(world, 'GET /v1/health')
  expect(body).toEqual({
    ok: true,
    version: '0.0.0-test',
    simulated: true,
    now: new Date(world.clock.now()).toISOString(),
  })
})
