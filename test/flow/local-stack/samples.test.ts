import { qrTextOf } from '../../../config/local/demo/demo-page'
import { demoSamples } from '../../../config/local/demo/demo-samples'
import { shanghaiDay } from '../../../config/local/simulator/shanghai-day'
import { call, killAll, type RunningStack, signIn, startFresh } from './running-stack'
import { historyOf, ledgerOf } from './stack-reads'

jest.setTimeout(60_000)

const today = shanghaiDay(Date.now())
const samples = demoSamples(today, today)
let stack: RunningStack
let user: Record<string, string>

beforeAll(async () => {
  stack = await startFresh()
  user = await signIn(stack.url)
})
afterAll(killAll)

const PROMISED: Record<string, object> = {
  mismatch: { outcome: 'mismatch', lifecycle: null },
  not_found: { outcome: 'not_found', lifecycle: null },
  too_early: { outcome: 'could_not_check', cause: 'too_early' },
  network: { outcome: 'could_not_check', cause: 'network' },
}

test.each(samples.map(sample => [sample.id, sample] as const))(
  'the QR code of sample %s is answered as its card promises',
  async (id, sample) => {
    const key = { 'idempotency-key': `sample-${id}` }
    const answer = await call(stack.url, 'POST', '/v1/verifications', { qr: qrTextOf(sample) }, { ...user, ...key })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      state: 'done',
      simulated: true,
      invoice: { kind: sample.face.kind },
      ...(PROMISED[sample.expected] ?? { outcome: 'consistent', lifecycle: sample.expected }),
    })
    const picture = await fetch(`${stack.url}/demo/qr/${id}.png`)
    expect(picture.headers.get('content-type')).toBe('image/png')
    expect(
      Buffer.from(await picture.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG')
  },
)

test("one call was charged for each sample; of the one whose providers are down and of today's none was", async () => {
  const charged = (await ledgerOf(stack)).filter(row => row.charged).map(({ invoiceNumber }) => invoiceNumber)
  const paid = samples.filter(({ expected }) => expected !== 'network' && expected !== 'too_early')
  expect(charged.sort()).toEqual(paid.map(({ face }) => face.invoiceNumber).sort())
})

test('a request under another host name is refused on both ports', async () => {
  for (const url of [stack.url, stack.simulatorUrl]) {
    const rebound = url.replace('127.0.0.1', '127.0.0.2')
    await expect(fetch(`${rebound}/v1/health`)).rejects.toThrow()
  }
})

test('ninety days pass in seconds, and what was to be repeated on the way was repeated', async () => {
  const before = await historyOf(stack, user)
  const open = before.filter(({ followUpAt }) => followUpAt !== null)
  expect(open.map(({ cause }) => cause).sort()).toEqual(['network', 'too_early'])
  const start = performance.now()
  const { status } = await call(stack.simulatorUrl, 'POST', '/control/clock', { advanceSeconds: 90 * 86_400 })
  expect(status).toBe(200)
  expect(performance.now() - start).toBeLessThan(3000)
  const later = await historyOf(stack, await signIn(stack.url))
  const repeated = open.map(({ id }) => later.find(({ follows }) => follows === id))
  expect(repeated.map(record => record?.state)).toEqual(['done', 'done'])
  expect(repeated.map(record => record?.outcome).sort()).toEqual(['consistent', 'could_not_check'])
})

test('unknown routes, wrong methods and malformed paths are problems of the API', async () => {
  for (const [method, path, status, code] of [
    ['GET', '/v1/odd', 404, 'NOT_FOUND'],
    ['PUT', '/v1/health', 405, 'METHOD_NOT_ALLOWED'],
    ['GET', '/v1/verifications/%zz', 404, 'NOT_FOUND'],
    ['GET', '/v1', 404, 'NOT_FOUND'],
  ] as const) {
    const answer = await call(stack.url, method, path, undefined, user)
    expect([path, answer.status, answer.body.code]).toEqual([path, status, code])
  }
})
