import { digitalInvoice, electronicInvoice, openWorld, type World } from './given'
import { check, type Person, problemOf, type Request, send, signIn } from './when'

let world: World
let person: Person
beforeAll(async () => {
  world = await openWorld()
  person = await signIn(world)
})
afterAll(() => world.close())
afterEach(() => expect(world.tencent.questions).toHaveLength(0))

const post = (request: Request) =>
  send(world, 'POST /v1/verifications', { ...request, headers: { ...person.headers, ...request.headers } })

const d = (changes: Record<string, unknown>) => digitalInvoice(changes)
const e = (changes: Record<string, unknown>) => electronicInvoice(changes)
const fields: [string, unknown, string][] = [
  ['a number of a wrong length', d({ invoiceNumber: '123' }), 'invoiceNumber'],
  ['a number with letters', d({ invoiceNumber: '2633200000000000001X' }), 'invoiceNumber'],
  ['a number of the wrong type', d({ invoiceNumber: 12345678 }), 'invoiceNumber'],
  ['a number that is a list', d({ invoiceNumber: ['26332000000000000001'] }), 'invoiceNumber'],
  ['a number that is too long to be any', d({ invoiceNumber: '1'.repeat(100) }), 'invoiceNumber'],
  ['no number', { issueDate: '2026-11-20', amount: '1.00' }, 'invoiceNumber'],
  ['a code of a wrong length', e({ invoiceCode: '03300210011' }), 'invoiceCode'],
  ['a code with letters', e({ invoiceCode: '03300210011X' }), 'invoiceCode'],
  ['no code for an eight-digit number', e({ invoiceCode: '' }), 'invoiceCode'],
  ['a date that is none', d({ issueDate: '2026-02-30' }), 'issueDate'],
  ['a date in words', d({ issueDate: 'yesterday' }), 'issueDate'],
  ['a date in the future', d({ issueDate: '2026-11-23' }), 'issueDate'],
  ['no date', d({ issueDate: undefined }), 'issueDate'],
  ['an amount with three decimals', d({ amount: '1.005' }), 'amount'],
  ['a negative amount', d({ amount: '-1.00' }), 'amount'],
  ['an amount in exponents', d({ amount: '1e400' }), 'amount'],
  ['an amount as a number', d({ amount: 106 }), 'amount'],
  ['no amount', d({ amount: null }), 'amount'],
  ['a check code of a wrong length', e({ checkCode: '1234' }), 'checkCode'],
  ['a kind that is none', d({ kind: 'GOLDEN' }), 'kind'],
  ['a kind of the prototype', d({ kind: 'constructor' }), 'kind'],
  ['a source that is none', d({ source: 'telepathy' }), 'source'],
  ['a QR that is no invoice', { qr: 'https://example.com/x' }, 'qr'],
  ['a QR with control characters', { qr: '01,10,\u0000\u0001\u001b' }, 'qr'],
  ['a QR of more than 4 KB', { qr: '0'.repeat(4097) }, 'qr'],
  ['a tax id with symbols', d({ sellerTaxId: '!!!!!!!!!!!!!!!!!!' }), 'sellerTaxId'],
]

test.each(fields)('%s is named, explained and never asked about', async (_, body, field) => {
  const reply = await post({ body })
  const problem = problemOf(reply)
  expect([reply.status, problem.code]).toEqual([422, 'INVALID_FIELDS'])
  expect(reply.headers['content-type']).toBe('application/problem+json')
  const named = problem.fields?.find(one => one.field === field)
  expect(named).toMatchObject({ field, code: expect.any(String), reason: expect.stringMatching(/[\u4e00-\u9fff]/) })
  const english = problemOf(await post({ body, headers: { 'accept-language': 'en-GB,en;q=0.9' } }))
  expect(english.fields?.find(one => one.field === field)?.reason).not.toMatch(/[\u4e00-\u9fff]/)
})

test('several bad fields are all named at once', async () => {
  const reply = await post({ body: d({ invoiceNumber: '1', issueDate: 'x', amount: 'x' }) })
  expect(
    problemOf(reply)
      .fields?.map(({ field }) => field)
      .sort(),
  ).toEqual(['amount', 'invoiceNumber', 'issueDate'])
})

test('what the contract refuses and what the pre-check refuses are named in one answer, each field once', async () => {
  const reply = await post({
    body: { invoiceNumber: 12345678, issueDate: 'x', amount: '1.005', kind: 'GOLDEN', source: 'x' },
  })
  expect(
    problemOf(reply)
      .fields?.map(({ field, code }) => [field, code])
      .sort(),
  ).toEqual([
    ['amount', 'amount_decimals'],
    ['invoiceNumber', 'not_text'],
    ['issueDate', 'date_not_real'],
    ['kind', 'kind_unknown'],
    ['source', 'source_unknown'],
  ])
  const unreadable = await post({ body: { qr: 7, invoiceNumber: ['1'], checkCode: 'x'.repeat(99), kind: {} } })
  expect(unreadable.status).toBe(422)
})

test('a fault outside the invoice is explained without the paper', async () => {
  const listed = (query: Record<string, string>) =>
    send(world, 'GET /v1/verifications', { query, headers: person.headers })
  const replies = [
    [await post({}), 'body', 'body_missing'],
    [await post({ rawBody: '{oops' }), 'body', 'body_not_json'],
    [await post({ body: [] }), 'body', 'body_not_object'],
    [await post({ rawBody: '['.repeat(40) }), 'body', 'body_too_deep'],
    [await listed({ limit: '0' }), 'limit', 'limit_range'],
    [await listed({ from: '2026-11-20', to: '2026-11-19' }), 'to', 'days_reversed'],
    [await post({ body: d({ source: 'telepathy' }) }), 'source', 'source_unknown'],
    [await check(world, person, d({}), 'with space'), 'Idempotency-Key', 'idempotency_key'],
  ] as const
  for (const [reply, field, code] of replies) {
    const [named] = problemOf(reply).fields ?? []
    expect(named).toMatchObject({ field, code })
    expect(named?.reason).not.toContain('票面')
  }
})

const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`
const bodies: [string, Request, number, string, string][] = [
  ['no body', {}, 400, 'MALFORMED_JSON', 'body'],
  ['text that is no JSON', { rawBody: '{oops' }, 400, 'MALFORMED_JSON', 'body'],
  ['nesting 10,000 deep', { rawBody: deep }, 400, 'MALFORMED_JSON', 'body'],
  ['lists 10,000 deep', { rawBody: '['.repeat(10_000) }, 400, 'MALFORMED_JSON', 'body'],
  ['a key that reaches the prototype', { rawBody: '{"__proto__":{"x":1}}' }, 400, 'MALFORMED_JSON', '__proto__'],
  ['such a key deep inside', { rawBody: '{"a":[{"constructor":1}]}' }, 400, 'MALFORMED_JSON', 'constructor'],
  ['such a key in escapes', { rawBody: '{"\\u005f_proto__":1}' }, 400, 'MALFORMED_JSON', '__proto__'],
  ['a list', { body: [] }, 422, 'INVALID_FIELDS', 'body'],
  ['a text', { body: 'x' }, 422, 'INVALID_FIELDS', 'body'],
  ['null', { rawBody: 'null' }, 422, 'INVALID_FIELDS', 'body'],
]

test.each(bodies)('a body of %s is refused', async (_, request, status, code, field) => {
  for (const base64 of [false, true]) {
    const reply = await post({ ...request, base64 })
    expect([reply.status, problemOf(reply).code, problemOf(reply).fields?.[0]?.field]).toEqual([status, code, field])
  }
  expect(Object.keys(Object.prototype)).toEqual([])
})

test('a body above 64 KB is too large, whatever its encoding; brackets inside texts are no nesting', async () => {
  const text = (bytes: number) => JSON.stringify({ text: '['.repeat(bytes - 11) })
  for (const base64 of [false, true]) {
    const over = await send(world, 'POST /v1/parse', { rawBody: text(65_537), base64 })
    expect([over.status, problemOf(over).code]).toEqual([413, 'BODY_TOO_LARGE'])
    const exact = await send(world, 'POST /v1/parse', { rawBody: text(65_536), base64 })
    expect(exact.status).toBe(422)
  }
})

test('a key that is no key is named', async () => {
  for (const key of ['', 'ключ', 'with space', 'x'.repeat(256), 'line\nbreak']) {
    const reply = await check(world, person, d({}), key)
    expect([reply.status, problemOf(reply).fields?.[0]?.field]).toEqual([422, 'Idempotency-Key'])
  }
})

test('an unknown route is 404, a wrong method 405 with the right ones', async () => {
  for (const route of ['GET /', 'GET /v1/nothing', 'POST /v1/verifications/x/y/z', 'GET /v1/verifications/']) {
    const reply = await send(world, route)
    expect([route, reply.status, problemOf(reply).code]).toEqual([route, 404, 'NOT_FOUND'])
  }
  const allowed = {
    'PUT /v1/verifications': 'POST, GET',
    'PATCH /v1/verifications/vrf_1': 'GET, DELETE',
    'GET /v1/me': 'DELETE',
  }
  for (const [route, allow] of Object.entries(allowed)) {
    const reply = await send(world, route)
    expect([route, reply.status, problemOf(reply).code]).toEqual([route, 405, 'METHOD_NOT_ALLOWED'])
    expect(reply.headers.allow).toBe(allow)
  }
})

test('papers that another place checks are answered without a call and spend nothing', async () => {
  const { status, body } = await check(
    world,
    person,
    d({ issueDate: '2021-11-20', invoiceNumber: '21332000000000000099' }),
  )
  expect(status).toBe(200)
  expect(body).toMatchObject({ state: 'done', outcome: 'not_checkable', provider: null, triesLeftToday: 5 })
  expect(body.reasons.map(reason => reason.code)).toEqual(['OVER_FIVE_YEARS'])
  expect(body.proofNumber).not.toBeNull()
})

test('text that is no invoice is refused by name, and parsing spends nothing', async () => {
  const reply = await send(world, 'POST /v1/parse', { body: { text: 'hello' } })
  expect([reply.status, problemOf(reply).code]).toEqual([422, 'NOT_AN_INVOICE'])
  expect(problemOf(reply).detail).not.toBe('')
  const empty = await send(world, 'POST /v1/parse', { body: { text: '' } })
  expect(problemOf(empty).fields?.[0]?.field).toBe('text')
})
