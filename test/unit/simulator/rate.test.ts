import { answerCheck, type CheckDesk } from '../../../config/local/simulator/answer-check'
import type { CheckProvider, WireRequest } from '../../../config/local/simulator/check-provider'
import { tencent } from '../../../config/local/simulator/tencent'
import { aliyunQuery, askToken, baiduForm, saidByAliyun, saidByBaidu } from './provider-calls'
import { call, invoice, startSimulator, stopAll } from './simulator-bench'

afterEach(stopAll)

const numbered = (at: number) => invoice({ invoiceNumber: String(26112000000000001000n + BigInt(at)) })

test('the eleventh call within a second is refused by Baidu and by Alibaba, each with its own limit', async () => {
  const { url } = await startSimulator()
  const token = (await askToken(url)).body.access_token
  const ten = Array.from({ length: 15 }, (_, at) => numbered(at))
  const [byBaidu, byAliyun] = await Promise.all([
    Promise.all(ten.map(of => saidByBaidu(url, baiduForm(of), token))),
    Promise.all(ten.map(of => saidByAliyun(url, aliyunQuery(of)))),
  ])
  expect(byBaidu.filter(code => code === 'error 18')).toHaveLength(5)
  expect(byAliyun.filter(code => code === '152000')).toHaveLength(5)
})

/** A provider whose requests are always read, and the results of calls that arrive at given real times. */
async function resultsAt(times: readonly number[]): Promise<string[]> {
  const { simulator } = await startSimulator()
  const desk: CheckDesk = {
    state: simulator.state,
    now: simulator.now,
    random: () => 0,
    wait: async () => {},
    recent: new Map(),
  }
  const question = { invoiceCode: '', invoiceNumber: '26112000000000000777', issueDate: '2026-01-01', amount: '1.00' }
  const asked = { ...question, checkCode: '', sellerTaxId: null, sameDay: true, kinds: null }
  const provider: CheckProvider = {
    ...tencent({ secretId: '', secretKey: '' }),
    callsPerSecond: 10,
    read: () => ({ ok: true, question: asked }),
  }
  const request: WireRequest = {
    method: 'POST',
    url: '/',
    headers: {},
    body: Buffer.alloc(0),
    receivedAt: 0,
    productNow: 0,
  }
  for (const receivedAt of times) await answerCheck(desk, provider, { ...request, receivedAt })
  return simulator.state.ledger.map(({ result }) => result)
}

test('in no second are more calls let through than the limit, and never fewer', async () => {
  const times = Array.from({ length: 400 }, (_, at) => 1_000_000 + at * 10)
  const results = await resultsAt(times)
  const passed = times.filter((_, at) => results[at] !== 'rate_limited')
  for (const start of times) {
    const inSecond = passed.filter(at => at >= start && at < start + 1000)
    if (start <= 1_003_000) expect(inSecond).toHaveLength(10)
    else expect(inSecond.length).toBeLessThanOrEqual(10)
  }
})

test('calls at exactly the limit are never refused', async () => {
  const results = await resultsAt(Array.from({ length: 50 }, (_, at) => 1_000_000 + at * 100))
  expect(results).not.toContain('rate_limited')
})

test('a thousand invoices put at once and a thousand calls do not slow the simulator down', async () => {
  const { url, simulator } = await startSimulator()
  const invoices = Array.from({ length: 1000 }, (_, at) => numbered(at))
  await call(url, 'PUT', '/control/invoices', invoices)
  const token = (await askToken(url)).body.access_token
  const hundreds: number[] = []
  for (let first = 0; first < 1000; first += 100) {
    const start = performance.now()
    await Promise.all(invoices.slice(first, first + 100).map(of => saidByBaidu(url, baiduForm(of), token)))
    hundreds.push(performance.now() - start)
  }
  expect(simulator.state.ledger).toHaveLength(1000)
  // Wide bounds: other work shares the machine, and growth with the ledger or the invoices would go far beyond.
  expect(Math.min(...hundreds.slice(5))).toBeLessThan(5 * Math.min(...hundreds.slice(0, 5)))
  expect(hundreds.reduce((sum, ms) => sum + ms)).toBeLessThan(10_000)
})
