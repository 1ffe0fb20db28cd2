import type { FaultMode } from '../../../config/local/simulator/faults'
import { PROVIDERS } from '../../../functions/providers/registry'
import { check, newInvoice, type Question, signIn } from '../faults/asking'
import { type GateWorld, openGateWorld } from '../faults/gate-world'

let world: GateWorld
beforeAll(async () => {
  world = await openGateWorld()
  // Alibaba's SDK is loaded with the first call: not within a short deadline.
  world.fault('tencent', 'maintenance')
  world.fault('baidu', 'maintenance')
  await check(world.container, await signIn(world), newInvoice(world))
})
afterAll(() => world.close())
beforeEach(() => {
  world.fault('*', 'none')
  world.patience.timeoutMs = 5000
  // Failures of one test pause a provider for the next one otherwise.
  world.clock.advance(10 * 60_000)
})

const names = PROVIDERS.map(({ traits }) => traits.name as 'tencent' | 'baidu' | 'aliyun')
const calls = ({ invoiceNumber }: Question) =>
  world.ledger(invoiceNumber).map(({ provider, result }) => [provider, result])

/** The question when only the providers from this one on can be asked: those before it say, uncharged, to go elsewhere. */
function from(name: (typeof names)[number]): Question {
  const question = newInvoice(world)
  const { invoiceNumber } = question
  for (const earlier of names.slice(0, names.indexOf(name))) world.fault(earlier, 'maintenance', { invoiceNumber })
  return question
}
const each = (modes: readonly FaultMode[]) => names.flatMap(name => modes.map(mode => ({ name, mode })))

test.each(each(['down', 'maintenance', 'rate_limited']))(
  '$name that is proved not to have charged ($mode) gives way to the next one',
  async ({ name, mode }) => {
    const question = from(name)
    world.fault(name, mode, { invoiceNumber: question.invoiceNumber })
    const { status, body } = await check(world.container, await signIn(world), question)
    const next = names[names.indexOf(name) + 1]
    if (next === undefined) {
      // The last one: nobody is left, and nothing was spent.
      expect([body.outcome, body.triesLeftToday]).toEqual([mode === 'rate_limited' ? null : 'could_not_check', 5])
      expect(status).toBe(mode === 'rate_limited' ? 202 : 200)
    } else {
      expect([status, body.outcome, body.provider?.name]).toEqual([200, 'consistent', next])
      expect(body.triesLeftToday).toBe(4)
    }
    const rows = world.ledger(question.invoiceNumber)
    expect(rows.filter(({ charged }) => charged)).toHaveLength(next === undefined ? 0 : 1)
  },
)

test.each(each(['hang_before_charge', 'hang_after_charge', 'malformed', 'unknown_code']))(
  '$name that may have charged ($mode) is followed by nobody',
  async ({ name, mode }) => {
    const question = from(name)
    world.patience.timeoutMs = 1000
    world.fault(name, mode, { invoiceNumber: question.invoiceNumber })
    const { status, body } = await check(world.container, await signIn(world), question)
    const isLost = mode.startsWith('hang')
    expect([status, body.outcome]).toEqual(isLost ? [202, null] : [200, 'could_not_check'])
    expect(body.triesLeftToday).toBe(4)
    expect(calls(question)).toHaveLength(names.indexOf(name) + 1)
    expect(calls(question).at(-1)?.[0]).toBe(name)
  },
)

test.each(names)('%s that is only slow is waited for', async name => {
  const question = from(name)
  world.fault(name, 'slow', { invoiceNumber: question.invoiceNumber, latencyMs: 400 })
  const { body } = await check(world.container, await signIn(world), question)
  expect([body.outcome, body.provider?.name]).toEqual(['consistent', name])
})

test.each(['mismatch', 'not_found'])('an answer about the invoice (%s) asks nobody else', async outcome => {
  const question = newInvoice(world, { isUnknown: outcome === 'not_found' })
  const { body } = await check(world.container, await signIn(world), { ...question, amount: '5.00' })
  expect([body.outcome, calls(question).length]).toEqual([outcome, 1])
})

test('who cannot be asked about a kind is passed over without a call', async () => {
  const question = from('aliyun')
  // Baidu has to be told the kind.
  const { body } = await check(world.container, await signIn(world), { ...question, kind: 'UNKNOWN' })
  expect(body.outcome).toBe('consistent')
  expect(calls(question).map(([provider]) => provider)).not.toContain('baidu')
})

test('an invoice of today goes to those that have it on its day, first and only', async () => {
  const question = newInvoice(world, { issueDate: world.clock.day() })
  const { invoiceNumber } = question
  world.fault('tencent', 'down', { invoiceNumber })
  const { body } = await check(world.container, await signIn(world), question)
  expect([body.outcome, body.provider?.name]).toEqual(['consistent', 'aliyun'])
  expect(calls(question).map(([provider]) => provider)).toEqual(['tencent', 'aliyun'])
})

test('while those that have the day’s invoices are down, one that has not is no stand-in', async () => {
  const question = newInvoice(world, { issueDate: world.clock.day() })
  world.fault('tencent', 'down')
  world.fault('aliyun', 'down')
  const { body } = await check(world.container, await signIn(world), question)
  expect([body.outcome, body.cause, body.triesLeftToday]).toEqual(['could_not_check', 'network', 5])
  expect(world.ledger(question.invoiceNumber).some(({ charged }) => charged)).toBe(false)
})

test('"too early" of one that has the day’s invoices speaks for the tax side: nobody is paid for not finding it', async () => {
  const visibleFrom = `${world.clock.day(1)}T00:00:00+08:00`
  const question = newInvoice(world, { issueDate: world.clock.day(), visibleFrom })
  const { body } = await check(world.container, await signIn(world), question)
  expect([body.outcome, body.cause, body.triesLeftToday]).toEqual(['could_not_check', 'too_early', 5])
  expect(calls(question)).toEqual([['tencent', 'too_early']])
})

test('"too early" of one without the day’s invoices gives way to one that has them', async () => {
  const question = newInvoice(world)
  world.fault('tencent', 'maintenance', { invoiceNumber: question.invoiceNumber })
  world.fault('baidu', 'code', { code: '1014', invoiceNumber: question.invoiceNumber })
  const { body } = await check(world.container, await signIn(world), question)
  expect([body.outcome, body.provider?.name]).toEqual(['consistent', 'aliyun'])
})
