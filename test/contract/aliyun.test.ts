import { createHash, createHmac } from 'node:crypto'
import type { AskedInvoice } from '@shared/invoice/invoice'
import { ALIYUN } from '../../functions/providers/aliyun'
import type { InvoiceProvider } from '../../functions/verification/ports'
import { type Received, type ReplayServer, replayServer, samples } from './wire-samples'

const KEYS = { 'access-key-id': 'LTAIsynthetic', 'access-key-secret': 'synthetic-key-secret' }

let server: ReplayServer
let verify: InvoiceProvider['verify']
beforeAll(async () => {
  server = await replayServer()
  // A proxy in the environment must not be used: nothing listens there.
  for (const name of ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY'])
    process.env[name] = 'http://127.0.0.1:9'
  verify = ALIYUN.connect({ baseUrl: server.origin, secrets: async () => KEYS })
})
afterAll(() => {
  for (const name of ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY']) delete process.env[name]
  return server.close()
})
beforeEach(() => {
  server.received.length = 0
})

type Query = Record<string, string | undefined>

/** The question that a sample's request asks. */
function askedBy({ InvoiceNo = '', InvoiceDate = '', InvoiceCode, InvoiceSum, VerifyCode }: Query): AskedInvoice {
  return {
    kind: 'UNKNOWN',
    invoiceCode: InvoiceCode ?? null,
    invoiceNumber: InvoiceNo,
    issueDate: InvoiceDate.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'),
    amount: InvoiceSum ?? null,
    checkCode: VerifyCode ?? null,
    sellerTaxId: null,
  }
}

/** What each sample must become: outcome, cause or lifecycle, what may follow, charged. */
const EXPECTED: Record<string, [string, string | null, string, string]> = {
  'verify.success': ['consistent', 'normal', 'none', 'yes'],
  'verify.success.red': ['consistent', 'red_full', 'none', 'yes'],
  'verify.success.voided': ['consistent', 'voided', 'none', 'yes'],
  'verify.result.mismatch': ['mismatch', null, 'none', 'yes'],
  'verify.result.not-found': ['not_found', null, 'none', 'yes'],
  'verify.result.nonstandard': ['could_not_check', 'input_refused', 'none', 'yes'],
  'verify.result.bad-amount': ['could_not_check', 'input_refused', 'none', 'no'],
  'verify.result.bad-checkcode': ['could_not_check', 'input_refused', 'none', 'no'],
  'verify.result.per-invoice-daily-limit': ['could_not_check', 'daily_limit', 'tomorrow', 'no'],
  'verify.result.today-invoice': ['could_not_check', 'too_early', 'tomorrow', 'no'],
  'verify.result.over-five-years': ['not_checkable', null, 'none', 'no'],
  'verify.result.maintenance': ['could_not_check', 'maintenance', 'elsewhere', 'no'],
  'verify.result.max-volume': ['could_not_check', 'provider_account', 'elsewhere', 'no'],
  'verify.result.quota': ['could_not_check', 'provider_account', 'elsewhere', 'no'],
  'verify.result.expired': ['could_not_check', 'provider_account', 'elsewhere', 'no'],
  'verify.result.rate': ['could_not_check', 'busy', 'paced', 'no'],
  'verify.result.qps': ['could_not_check', 'busy', 'paced', 'no'],
  'verify.result.exception': ['could_not_check', 'network', 'delayed', 'unknown'],
  'verify.result.no-data': ['could_not_check', 'network', 'delayed', 'unknown'],
  'verify.result.system': ['could_not_check', 'network', 'delayed', 'unknown'],
  'gateway-error.bad-access-key': ['could_not_check', 'provider_account', 'elsewhere', 'no'],
  'gateway-error.bad-signature': ['could_not_check', 'provider_account', 'elsewhere', 'no'],
  'gateway-error.no-permission': ['could_not_check', 'provider_account', 'elsewhere', 'no'],
  'gateway-error.throttling': ['could_not_check', 'busy', 'paced', 'no'],
  'gateway-error.unavailable': ['could_not_check', 'network', 'elsewhere', 'no'],
}

test('every recorded sample has an expectation', () => {
  expect(
    samples('aliyun.')
      .map(([name]) => name)
      .sort(),
  ).toEqual(Object.keys(EXPECTED).sort())
})

test.each(samples('aliyun.'))('%s means over real HTTP what the table says', async (name, sample) => {
  server.answer(sample.response.status, sample.response.headers, JSON.stringify(sample.response.body))
  const answer = await verify(askedBy(sample.request.query ?? {}), 5000)
  expect([answer.outcome, answer.lifecycle ?? answer.cause, answer.retry, answer.charged]).toEqual(EXPECTED[name])
  expect(answer.codeKnown).toBe(true)
  expect(answer.requestId).toBe('00000000-0000-5000-8000-00000000BBBB')
  expect(answer.invoice === null).toBe(answer.outcome !== 'consistent')
  const billed = sample._meta.billed_by_vendor
  if (billed !== undefined && answer.charged !== 'unknown') expect(answer.charged).toBe(billed ? 'yes' : 'no')
  for (const secret of Object.values(KEYS)) expect(JSON.stringify(answer)).not.toContain(secret)
  // One request, whatever came back: the SDK repeats nothing.
  expect(server.received).toHaveLength(1)
  expect(Object.fromEntries(server.received[0]?.url.searchParams ?? [])).toEqual(sample.request.query)
})

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** Authorization by the vendor's rule, from what was received [upstreams reference § 3]. */
function authorization({ method, url, headers, body }: Received): string {
  const signed = Object.keys(headers)
    .filter(name => name === 'host' || name.startsWith('x-acs-'))
    .sort()
  const query = [...url.searchParams]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value).replace(/\*/g, '%2A')}`)
    .sort()
    .join('&')
  const lines = signed.map(name => `${name}:${headers[name]}\n`).join('')
  const canonical = [method, url.pathname, query, lines, signed.join(';'), sha256(body)].join('\n')
  const signature = createHmac('sha256', KEYS['access-key-secret'])
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex')
  return `ACS3-HMAC-SHA256 Credential=${KEYS['access-key-id']},SignedHeaders=${signed.join(';')},Signature=${signature}`
}

const sample = new Map(samples('aliyun.')).get('verify.success')
const asked = askedBy(sample?.request.query ?? {})

test('a request is signed over host with port, path and query, with an empty body', async () => {
  server.answer(200, {}, '{}')
  await verify({ ...asked, amount: '-1.50' }, 5000)
  const [sent] = server.received
  if (sent === undefined) throw new Error('nothing was sent')
  expect(sent).toMatchObject({ method: 'POST', body: '', url: expect.objectContaining({ pathname: '/' }) })
  expect(sent.headers).toMatchObject({
    host: server.host,
    'x-acs-action': 'VerifyVATInvoice',
    'x-acs-version': '2021-07-07',
    'x-acs-content-sha256': sha256(''),
    'x-acs-credentials-provider': 'static_ak',
    'x-acs-signature-nonce': expect.stringMatching(/^[0-9a-f]{64}$/),
    'x-acs-date': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    authorization: authorization(sent),
  })
})

test("a path before the action's, such as the simulator's, is asked and signed", async () => {
  server.answer(200, {}, '{}')
  for (const baseUrl of [`${server.origin}/aliyun`, `${server.origin}/aliyun/`]) {
    await ALIYUN.connect({ baseUrl, secrets: async () => KEYS })(asked, 5000)
  }
  for (const sent of server.received) {
    expect(sent.url.pathname).toBe('/aliyun/')
    expect(sent.headers).toMatchObject({ host: server.host, authorization: authorization(sent) })
  }
  expect(server.received).toHaveLength(2)
})

test('every call has a nonce and a connection of its own: none is trusted after an idle time', async () => {
  server.answer(200, { 'content-type': 'application/json' }, JSON.stringify(sample?.response.body))
  const answers = [await verify(asked, 5000), await verify(asked, 5000), await verify(asked, 5000)]
  expect(answers.map(({ outcome }) => outcome)).toEqual(['consistent', 'consistent', 'consistent'])
  expect(server.received.map(({ headers }) => headers.connection)).toEqual(['close', 'close', 'close'])
  expect(new Set(server.received.map(({ headers }) => headers['x-acs-signature-nonce'])).size).toBe(3)
})
