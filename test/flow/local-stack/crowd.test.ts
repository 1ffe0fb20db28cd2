import { call, digitalInvoice, killAll, type RunningStack, signIn, startFresh } from './running-stack'
import { advance, fault, historyOf, ledgerOf, until } from './stack-reads'

jest.setTimeout(60_000)

const CROWD = 50
const NUMBER = '26112000000000000501'
const { invoice, question } = digitalInvoice(NUMBER)
let stack: RunningStack
let people: Record<string, string>[]

beforeAll(async () => {
  stack = await startFresh()
  await call(stack.simulatorUrl, 'PUT', '/control/invoices', [invoice])
  people = await Promise.all(Array.from({ length: CROWD }, (_, at) => signIn(stack.url, `person-${at}`)))
})
afterAll(killAll)

/** Everybody asks at once; the records once all have ended, and how long that took, ms. */
async function askTogether(questionOf: (at: number) => object) {
  const start = performance.now()
  const records = await Promise.all(
    people.map(async (person, at) => {
      const sent = await call(stack.url, 'POST', '/v1/verifications', questionOf(at), person)
      expect([200, 202]).toContain(sent.status)
      return until(async () => {
        const { body } = await call(stack.url, 'GET', `/v1/verifications/${String(sent.body.id)}`, undefined, person)
        return body.state === 'done' && body
      }, 20_000)
    }),
  )
  return { records, ms: performance.now() - start }
}

const charged = async () => (await ledgerOf(stack)).filter(row => row.charged)

test('fifty people ask about the same invoice in the same second: one call is paid, and each has a record', async () => {
  const { records, ms } = await askTogether(() => question)
  expect(await charged()).toHaveLength(1)
  expect(records.map(({ outcome }) => outcome)).toEqual(Array(CROWD).fill('consistent'))
  expect(records.filter(({ fromCache }) => fromCache === false)).toHaveLength(1)
  expect(new Set(records.map(({ proofNumber }) => proofNumber)).size).toBe(CROWD)
  for (const person of people) expect(await historyOf(stack, person)).toHaveLength(1)
  // Three seconds by design; the machine may be busy with other tests.
  expect(ms).toBeLessThan(12_000)
})

test('half of them with a wrong amount: a second call is paid for the other question, and no more', async () => {
  const { records } = await askTogether(at => ({ ...question, amount: at % 2 === 0 ? '106.00' : '160.00' }))
  expect(records.map(({ outcome }) => outcome)).toEqual(
    records.map((_, at) => (at % 2 === 0 ? 'consistent' : 'mismatch')),
  )
  expect(await charged()).toHaveLength(2)
})

test('the clock moves only between calls: what is on its way is not asked a second time', async () => {
  await fault(stack, 'slow', { latencyMs: 1500 })
  const paidBefore = (await charged()).length
  const asked = call(stack.url, 'POST', '/v1/verifications', { ...question, amount: '5.00' }, people[0])
  await until(async () => (await charged()).length > paidBefore)
  await advance(stack, 600)
  expect((await asked).body).toMatchObject({ state: 'done', outcome: 'mismatch' })
  expect(await charged()).toHaveLength(paidBefore + 1)
})
