import { call, digitalInvoice, killAll, signIn, startFresh } from './running-stack'
import { ledgerOf, until } from './stack-reads'

jest.setTimeout(60_000)
afterAll(killAll)

test('sixty quick checks of different invoices meet the limit of the providers without noticing, and each is charged once', async () => {
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
  // Who finds no place within three seconds stands in the line.
  for (const { status, body } of replies) {
    expect([status, body.waiting]).toEqual(status === 200 ? [200, null] : [202, 'slot'])
  }
  for (const { body } of replies) {
    const ended = await until(async () => {
      const read = await call(stack.url, 'GET', `/v1/verifications/${String(body.id)}`, undefined, user)
      return read.body.state === 'done' && read.body
    }, 20_000)
    expect(ended.cause ?? ended.outcome).toBe('consistent')
  }
  const ledger = await ledgerOf(stack)
  const charged = ledger.filter(row => row.charged)
  expect(charged.map(({ invoiceNumber }) => invoiceNumber).sort()).toEqual(
    invoices.map(({ invoice }) => invoice.invoiceNumber),
  )
  const refused = ledger.filter(row => !row.charged)
  expect(refused.every(({ result }) => result === 'rate_limited')).toBe(true)
  // None on an idle machine; a busy one begins its calls late, and so several at once.
  expect(refused.length).toBeLessThan(20)
})
