import { call, digitalInvoice, killAll, signIn, startFresh } from './running-stack'

jest.setTimeout(60_000)
afterAll(killAll)

test('sixty quick checks of different invoices meet the limit of the provider without noticing, and it charges each once', async () => {
  const stack = await startFresh()
  const invoices = Array.from({ length: 60 }, (_, at) => digitalInvoice(`2611200000000000${1000 + at}`))
  await call(
    stack.simulatorUrl,
    'PUT',
    '/control/invoices',
    invoices.map(({ invoice }) => invoice),
  )
  const user = await signIn(stack.url)
  const replies = await Promise.all(
    invoices.map(({ question }) => call(stack.url, 'POST', '/v1/verifications', question, user)),
  )
  expect(replies.map(({ body }) => body.cause ?? body.outcome)).toEqual(Array(60).fill('consistent'))
  const ledger = (await call(stack.simulatorUrl, 'GET', '/control/ledger')).body as unknown as {
    charged: boolean
    result: string
  }[]
  expect(ledger.filter(({ charged }) => charged)).toHaveLength(60)
  expect(ledger.filter(({ charged }) => !charged).every(({ result }) => result === 'rate_limited')).toBe(true)
})
